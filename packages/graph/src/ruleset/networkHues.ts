import type { Snapshot } from '@vethscope/model';
import { indexSnapshot } from '../build/snapshotIndex.ts';

/** The hue of each network that has one, as a picture that is drawn for the first time gives them. */
export function networkHues(snapshot: Snapshot): Map<string, number> {
  const { networks, hue } = indexSnapshot(snapshot);
  return new Map(networks.flatMap(({ id }) => [[id, hue(id) ?? 0] as const]));
}
