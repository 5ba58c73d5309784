import type { GraphEdge, GraphNode } from '../graph.ts';
import type { HostLinks } from './hostLinks.ts';
import { networkShape } from './networks.ts';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

/** What hangs on something other than a bridge: macvlan and ipvlan on their parent link, overlays on their peers. */
export function parentGraph(index: SnapshotIndex, links: HostLinks): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const shown = new Set(links.shown.map((link) => link.id));
  for (const network of index.networks) {
    const hue = index.hue(network.id);
    const common = { from: network.id, hue, label: null, dashed: false, counters: null };
    switch (networkShape(network)) {
      case 'parent': {
        const parent = network.parent !== null && !shown.has(network.parent) ? 'more-links' : network.parent;
        if (parent === null || (parent === 'more-links' && links.rest.length === 0)) break;
        edges.push({
          ...common,
          id: `parent:${network.id}`,
          kind: 'parent',
          to: parent,
          records: [network.id, ...(network.parent === null ? [] : [network.parent])],
        });
        break;
      }
      case 'tunnel':
        for (const remote of remotesOf(index, network.sandbox)) {
          const id = `remote:${remote.address}`;
          if (!nodes.some((node) => node.id === id)) {
            nodes.push({
              id,
              kind: 'outside',
              zone: 'remote',
              parent: null,
              records: remote.records,
              hue: null,
              title: remote.name,
              detail: remote.address,
            });
          }
          edges.push({
            ...common,
            id: `tunnel:${network.id}/${remote.address}`,
            kind: 'tunnel',
            to: id,
            records: [network.id, ...remote.records],
          });
        }
        break;
      case 'bus':
        break;
    }
  }
  return { nodes, edges };
}

/** The VTEPs that the VXLAN links of a namespace know: the other hosts of the overlay. */
function remotesOf(
  index: SnapshotIndex,
  sandbox: string | null,
): { address: string; name: string; records: string[] }[] {
  if (sandbox === null || sandbox === hostId) return [];
  const remotes = new Map<string, string[]>();
  for (const link of index.linksOf(sandbox)) {
    if (link.kind !== 'vxlan') continue;
    for (const entry of index.fdbOf(link.id)) {
      if (entry.remote !== null) remotes.set(entry.remote, [...(remotes.get(entry.remote) ?? []), entry.id]);
    }
  }
  const nodes = Object.values(index.snapshot.records.swarmNode);
  return [...remotes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, records]) => ({
      address,
      name: nodes.find((node) => node.address === address)?.hostname ?? 'Other host',
      records,
    }));
}
