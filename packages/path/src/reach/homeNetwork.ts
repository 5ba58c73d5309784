import type { Container, Snapshot } from '@vethscope/model';
import { worldOf } from '../world.ts';

/** The name of the network by which a container is grouped: the first of its own by name, or of the one whose sandbox it shares. */
export function homeNetwork(snapshot: Snapshot, container: Container): string | null {
  const owner = container.mode === 'container' ? (container.shares ?? container.id) : container.id;
  const { network } = snapshot.records;
  const names = (worldOf(snapshot).endpointsOf.get(owner) ?? []).flatMap((one) => network[one.network]?.name ?? []);
  return names.sort()[0] ?? null;
}
