import type { GraphEdge, GraphNode } from '../graph.ts';
import { endpointRecords } from './endpoints.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** Linux lens: both ends of each Endpoint's veth pair with name and ifindex, and the cable between. */
export function cableGraph(
  index: SnapshotIndex,
  cards: readonly GraphNode[],
): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const card of cards) {
    if (card.kind !== 'container' || card.home === null) continue;
    const endpoints = index.endpointsOf(card.id).filter((endpoint) => index.hue(endpoint.network) !== null);
    endpoints.sort((a, b) => Number(b.network === card.home) - Number(a.network === card.home));
    for (const endpoint of endpoints) {
      const inside = index.link(endpoint.inside);
      const outside = index.link(endpoint.outside);
      const hue = index.hue(endpoint.network);
      const plug = `plug:${endpoint.id}`;
      const records = endpointRecords(index, endpoint);
      nodes.push({
        id: plug,
        kind: 'plug',
        parent: card.id,
        records: inside ? [inside.id, ...records.filter((id) => id !== inside.id)] : records,
        hue,
        title: inside?.name ?? '–',
        full: [inside?.name, endpoint.ipv4, endpoint.ipv6, inside?.mac].filter(Boolean).join(' · '),
        mark: inside ? `#${inside.ifindex}` : null,
        up: inside ? inside.up && inside.carrier : false,
      });
      const port = `port-of:${endpoint.id}`;
      if (outside) {
        nodes.push({
          id: port,
          kind: 'plug',
          parent: endpoint.network,
          records: [outside.id, ...records.filter((id) => id !== outside.id)],
          hue,
          title: outside.name,
          full: [outside.name, outside.port?.state, outside.mac, `mtu ${outside.mtu}`].filter(Boolean).join(' · '),
          mark: `#${outside.ifindex}`,
          up: outside.up && outside.carrier,
        });
      }
      edges.push({
        id: `drop:${endpoint.id}`,
        kind: outside ? 'cable' : 'drop',
        from: plug,
        to: outside ? port : endpoint.network,
        records,
        hue,
        label: null,
        dashed: outside !== undefined && !outside.up,
        counters: endpoint.outside ?? endpoint.inside,
      });
    }
  }
  return { nodes, edges };
}
