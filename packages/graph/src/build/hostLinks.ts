import type { Link } from '@vethscope/model';
import type { GraphNode, GraphRow, Lens } from '../graph.ts';
import { isLinkLocal } from './addressWords.ts';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

/** What the host has towards the world. `shown` first the link of the default route; `rest` is folded into "n more links". */
export interface HostLinks {
  shown: Link[];
  rest: Link[];
}

const shownAtMost = 4;

/**
 * A host link is worth a card when packets can leave by it: it has an address, carries a route or is the parent of a network. Docker's
 * own bridges and veth ends are drawn elsewhere; what is down and has no address is noise.
 */
export function chooseHostLinks(index: SnapshotIndex): HostLinks {
  const dockerLinks = new Set<string>();
  const parents = new Set<string>();
  for (const network of index.networks) {
    if (network.bridge !== null) dockerLinks.add(network.bridge);
    if (network.parent !== null) parents.add(network.parent);
  }
  for (const endpoint of Object.values(index.snapshot.records.endpoint)) {
    if (endpoint.outside !== null) dockerLinks.add(endpoint.outside);
  }
  const routes = index.routesOf(hostId);
  const defaults = new Set(
    routes
      .filter((route) => route.destination === '0.0.0.0/0' || route.destination === '::/0')
      .map((route) => route.link),
  );
  const score = (link: Link): number => {
    const addressed = index.addressesOf(link.id).some((address) => !isLinkLocal(address.address));
    return (
      (defaults.has(link.id) ? 8 : 0) +
      (parents.has(link.id) ? 4 : 0) +
      (addressed ? 2 : 0) +
      (link.up && link.carrier ? 1 : 0)
    );
  };
  const candidates = index
    .linksOf(hostId)
    .filter((link) => link.kind !== 'loopback' && !dockerLinks.has(link.id))
    .filter((link) => link.master === null || !dockerLinks.has(link.master))
    .map((link) => ({ link, worth: score(link) }));
  const telling = candidates.filter(({ worth }) => worth >= 2);
  telling.sort((a, b) => b.worth - a.worth || a.link.ifindex - b.link.ifindex);
  const fits = telling.length <= shownAtMost ? shownAtMost : shownAtMost - 1;
  const rest = candidates
    .filter(({ link, worth }) => worth === 1 && link.master === null && link.kind !== 'other' && link.kind !== 'dummy')
    .map(({ link }) => link);
  return {
    shown: telling.slice(0, fits).map(({ link }) => link),
    rest: [...telling.slice(fits).map(({ link }) => link), ...rest].sort((a, b) => a.ifindex - b.ifindex),
  };
}

export function hostLinkNodes(index: SnapshotIndex, lens: Lens, links: HostLinks): GraphNode[] {
  const nodes: GraphNode[] = links.shown.map((link) => {
    const addresses = index.addressesOf(link.id).filter((address) => !isLinkLocal(address.address));
    const rows: GraphRow[] =
      lens === 'linux'
        ? [
            ...addresses.slice(0, 2).map(
              (address): GraphRow => ({
                text: `${address.address}/${address.prefix}`,
                mark: null,
                records: [address.id],
                tone: 'fact',
              }),
            ),
            {
              text: `${link.up ? (link.carrier ? 'up' : 'no carrier') : 'down'} · mtu ${link.mtu}`,
              mark: null,
              records: [link.id],
              tone: link.up && link.carrier ? 'note' : 'bad',
            },
          ]
        : [];
    return {
      id: link.id,
      kind: 'hostLink',
      parent: 'host',
      records: [link.id, ...addresses.map((address) => address.id)],
      hue: null,
      title: link.name,
      mark: lens === 'linux' ? `#${link.ifindex}` : null,
      rows,
      up: link.up && link.carrier,
    };
  });
  if (links.rest.length > 0) {
    nodes.push({
      id: 'more-links',
      kind: 'hostLink',
      parent: 'host',
      records: links.rest.map((link) => link.id),
      hue: null,
      title: `${links.rest.length} more`,
      mark: null,
      rows: [],
      up: true,
    });
  }
  return nodes;
}
