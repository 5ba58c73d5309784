import type { GraphNode, Lens } from '../graph.ts';
import type { HostLinks } from './hostLinks.ts';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

/** The frame: who the host is, and by which address others know it (Docker) or which namespace it is (Linux). */
export function hostFrame(index: SnapshotIndex, lens: Lens, links: HostLinks): GraphNode {
  const sandbox = index.snapshot.records.sandbox[hostId];
  const address = links.shown
    .flatMap((link) => index.addressesOf(link.id))
    .find((each) => each.family === 4 && each.scope !== 'host');
  const detail =
    lens === 'linux'
      ? sandbox
        ? `host namespace net:[${sandbox.netns}]`
        : 'host namespace'
      : lens === 'cnm'
        ? 'the host’s own sandbox'
        : (address?.address ?? '');
  return {
    id: 'host',
    kind: 'host',
    parent: null,
    records: [hostId],
    hue: null,
    title: index.snapshot.host.hostname,
    detail,
  };
}
