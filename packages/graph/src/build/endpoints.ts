import type { Endpoint } from '@vethscope/model';
import type { GraphEdge, GraphNode, Lens } from '../graph.ts';
import { shortAddress } from './addressWords.ts';
import { isAlive } from './containers.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** The plug of each Endpoint at its container's card, and the line to its network. The home's line comes first. */
export function endpointGraph(
  index: SnapshotIndex,
  lens: Lens,
  cards: readonly GraphNode[],
): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const card of cards) {
    if (card.kind !== 'container' || card.home === null) continue;
    const container = index.container(card.id);
    if (!container || !isAlive(container)) continue;
    const endpoints = index.endpointsOf(container.id).filter((endpoint) => index.hue(endpoint.network) !== null);
    endpoints.sort((a, b) => Number(b.network === card.home) - Number(a.network === card.home));
    for (const endpoint of endpoints) {
      nodes.push(plug(index, endpoint, card.id));
      edges.push(
        lens === 'cnm'
          ? { ...drop(index, endpoint), label: endpoint.engineId ? `endpoint ${endpoint.engineId.slice(0, 7)}` : null }
          : drop(index, endpoint),
      );
    }
  }
  return { nodes, edges };
}

export function endpointRecords(index: SnapshotIndex, endpoint: Endpoint): string[] {
  const links = [endpoint.inside, endpoint.outside].filter((id): id is string => id !== null);
  return [endpoint.id, ...links, ...links.flatMap((link) => index.addressesOf(link).map(({ id }) => id))];
}

function plug(index: SnapshotIndex, endpoint: Endpoint, card: string): GraphNode {
  const network = index.network(endpoint.network);
  const address = endpoint.ipv4 ?? endpoint.ipv6;
  const inside = index.link(endpoint.inside);
  return {
    id: `plug:${endpoint.id}`,
    kind: 'plug',
    parent: card,
    records: endpointRecords(index, endpoint),
    hue: index.hue(endpoint.network),
    title: address === null || address === '' ? (inside?.name ?? '–') : shortAddress(address, network?.subnets ?? []),
    full: [endpoint.ipv4, endpoint.ipv6, inside?.name, endpoint.mac].filter(Boolean).join(' · '),
    mark: null,
    up: inside ? inside.up && inside.carrier : true,
  };
}

function drop(index: SnapshotIndex, endpoint: Endpoint): GraphEdge {
  const network = index.network(endpoint.network);
  const outside = index.link(endpoint.outside);
  const inside = index.link(endpoint.inside);
  const usual = Number(network?.options['com.docker.network.driver.mtu'] ?? 1500);
  const mtu = inside && inside.mtu !== usual && network?.driver === 'bridge' ? ` mtu ${inside.mtu}` : '';
  return {
    id: `drop:${endpoint.id}`,
    kind: 'drop',
    from: `plug:${endpoint.id}`,
    to: endpoint.network,
    records: endpointRecords(index, endpoint),
    hue: index.hue(endpoint.network),
    label: outside ? `${outside.name}${mtu}` : inside && mtu !== '' ? `${inside.name}${mtu}` : null,
    dashed: outside !== undefined && !outside.up,
    counters: endpoint.outside ?? endpoint.inside,
  };
}
