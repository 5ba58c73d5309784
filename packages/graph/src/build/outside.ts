import type { GraphEdge, GraphNode, Lens } from '../graph.ts';
import { isLinkLocal } from './addressWords.ts';
import type { HostLinks } from './hostLinks.ts';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

/** What is beyond the host: the internet where there is a default route, and a LAN per link from its on-link routes. */
export function outsideGraph(
  index: SnapshotIndex,
  lens: Lens,
  links: HostLinks,
): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const routes = index.routesOf(hostId).filter((route) => route.table === 'main' && route.kind === 'unicast');
  const uplink = (from: string, to: string, records: string[], counters: string | null) =>
    edges.push({
      id: `uplink:${from}/${to}`,
      kind: 'uplink',
      from,
      to,
      records,
      hue: null,
      label: null,
      dashed: false,
      counters,
    });
  const shown = new Map(links.shown.map((link) => [link.id, link]));
  const defaults = routes
    .filter((route) => route.destination === '0.0.0.0/0' || route.destination === '::/0')
    .sort((a, b) => a.family - b.family || (a.metric ?? 0) - (b.metric ?? 0));
  const ways = new Map<string, string[]>();
  for (const route of defaults) {
    for (const link of [route.link, ...route.nextHops.map((hop) => hop.link)]) {
      if (link !== null && shown.has(link)) ways.set(link, [...(ways.get(link) ?? []), route.id]);
    }
  }
  if (ways.size > 0) {
    nodes.push({
      id: 'internet',
      kind: 'outside',
      zone: 'internet',
      parent: null,
      records: defaults.map((route) => route.id),
      hue: null,
      title: 'Internet',
      detail: lens === 'linux' ? '0.0.0.0/0' : 'anyone',
    });
    for (const [link, via] of ways) uplink(link, 'internet', [link, ...via], link);
  }
  const lans = links.shown
    .map((link) => ({
      link,
      onLink: routes
        .filter((route) => route.link === link.id && route.gateway === null && !isLinkLocal(route.destination))
        .filter((route) => route.destination !== 'ff00::/8')
        .sort((a, b) => a.family - b.family),
    }))
    .filter(({ onLink }) => onLink.length > 0);
  for (const { link, onLink } of lans) {
    const id = `lan:${link.ifindex}`;
    nodes.push({
      id,
      kind: 'outside',
      zone: 'lan',
      parent: null,
      records: onLink.map((route) => route.id),
      hue: null,
      title: lans.length > 1 ? `LAN on ${link.name}` : 'LAN',
      detail: onLink[0]?.destination ?? '',
    });
    uplink(link.id, id, [link.id, ...onLink.map((route) => route.id)], link.id);
  }
  return { nodes, edges };
}
