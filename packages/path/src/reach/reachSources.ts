import type { Container, QuestionSource, Snapshot } from '@vethscope/model';
import { worldOf } from '../world.ts';
import { homeNetwork } from './homeNetwork.ts';
import { lanAddress } from './lanAddress.ts';

/** Who may want to reach something: one row of the matrix. */
export interface ReachSource {
  /** Stable from one Snapshot to the next: "internet", "lan", "host", or the Container id. */
  id: string;
  kind: 'internet' | 'lan' | 'host' | 'container';
  label: string;
  from: QuestionSource;
  /** The same sender for a target that has IPv6 addresses only; null where it is no other. */
  from6: QuestionSource | null;
  /** The Sandbox whose processes send; null for machines outside. */
  sandbox: string | null;
  /** Of a container: the name of its home network, by which rows and columns are grouped. */
  network: string | null;
  /** Ids of records. */
  touches: string[];
}

/** Everyone who may send: the internet, the LAN, the host, then every running container by its home network and name. */
export function reachSources(snapshot: Snapshot): ReachSource[] {
  const none = { from6: null, sandbox: null, network: null, touches: [] };
  const sources: ReachSource[] = [
    { ...none, id: 'internet', kind: 'internet', label: 'internet', from: { kind: 'internet' } },
  ];
  const four = lanAddress(snapshot, 4);
  const six = lanAddress(snapshot, 6);
  const lan = four ?? six;
  if (lan !== null) {
    const from6 = four === null || six === null ? null : ({ kind: 'address', address: six } as const);
    const from = { kind: 'address', address: lan } as const;
    sources.push({ ...none, id: 'lan', kind: 'lan', label: `LAN (${lan})`, from, from6 });
  }
  const host = worldOf(snapshot).host?.sandbox.id ?? null;
  if (host !== null)
    sources.push({
      ...none,
      id: 'host',
      kind: 'host',
      label: 'host',
      from: { kind: 'host' },
      sandbox: host,
      touches: [host],
    });
  for (const container of runningContainers(snapshot)) {
    const { id, name, sandbox } = container;
    sources.push({
      ...none,
      id,
      kind: 'container',
      label: name,
      from: { kind: 'container', name },
      sandbox,
      network: homeNetwork(snapshot, container),
      touches: [id],
    });
  }
  return sources;
}

/** By home network, then by name: those without one last. A paused container sends nothing, and is not among them. */
function runningContainers(snapshot: Snapshot): Container[] {
  const homes = new Map<Container, string | null>();
  for (const container of Object.values(snapshot.records.container)) {
    if (container.state === 'running' && container.sandbox !== null)
      homes.set(container, homeNetwork(snapshot, container));
  }
  const homeOf = (container: Container): string => homes.get(container) ?? '￿';
  return [...homes.keys()].sort((a, b) => compare(homeOf(a), homeOf(b)) || compare(a.name, b.name));
}

/** By code units: the same everywhere, whatever the language of the machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
