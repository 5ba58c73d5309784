import type { PublishedPort } from '@vethscope/model';
import type { GraphEdge, GraphNode } from '../graph.ts';
import { isAny, isLoopback, socketAddress } from './addressWords.ts';
import type { HostLinks } from './hostLinks.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** Published ports that are one to a person: the v4 and v6 twins, and consecutive ports of a range. */
interface PortGroup {
  network: string | null;
  container: string;
  scope: string;
  protocol: string;
  host: { from: number; to: number };
  target: { from: number; to: number };
  ports: PublishedPort[];
}

function scopeOf(address: string): string {
  if (isAny(address)) return 'any';
  return isLoopback(address) ? 'loopback' : address;
}

function groupPorts(index: SnapshotIndex): PortGroup[] {
  const groups: PortGroup[] = [];
  for (const container of index.containers) {
    const twins = new Map<string, PortGroup>();
    for (const port of index.portsOf(container.id)) {
      // Inactive ports are said on the card in the tray: nothing listens for them, so the host's edge has none.
      if (port.hostPort === null || !port.active) continue;
      const scope = scopeOf(port.hostAddress);
      const key = [scope, port.protocol, port.hostPort, port.containerPort].join('|');
      const twin = twins.get(key);
      if (twin) {
        twin.ports.push(port);
        continue;
      }
      const endpoint = port.endpoint === null ? undefined : index.snapshot.records.endpoint[port.endpoint];
      twins.set(key, {
        network: endpoint && index.hue(endpoint.network) !== null ? endpoint.network : null,
        container: container.id,
        scope,
        protocol: port.protocol,
        host: { from: port.hostPort, to: port.hostPort },
        target: { from: port.containerPort, to: port.containerPort },
        ports: [port],
      });
    }
    groups.push(...foldRanges([...twins.values()]));
  }
  return groups;
}

function foldRanges(groups: PortGroup[]): PortGroup[] {
  const sorted = groups.sort((a, b) =>
    a.protocol === b.protocol ? a.host.from - b.host.from : a.protocol < b.protocol ? -1 : 1,
  );
  const folded: PortGroup[] = [];
  for (const group of sorted) {
    const last = folded.at(-1);
    const follows =
      last !== undefined &&
      last.scope === group.scope &&
      last.protocol === group.protocol &&
      last.network === group.network &&
      last.host.to + 1 === group.host.from &&
      last.target.to + 1 === group.target.from;
    if (follows) {
      last.host.to = group.host.to;
      last.target.to = group.target.to;
      last.ports.push(...group.ports);
    } else folded.push(group);
  }
  return folded;
}

function range({ from, to }: { from: number; to: number }): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** The published ports with their line to the bar of the network that they lead to, and the word that the line carries. */
export function publishedPortGraph(index: SnapshotIndex, links: HostLinks): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const { shown, folded } = foldCrowds(groupPorts(index));
  for (const group of shown) {
    const id = `port:${group.container.slice('container:'.length)}/${group.scope}/${group.protocol}/${group.host.from}`;
    const [first] = group.ports;
    if (!first) continue;
    const container = index.container(group.container);
    const rules = [...new Set(group.ports.flatMap((port) => port.rules))];
    const proxies = [...new Set(group.ports.flatMap((port) => (port.proxy === null ? [] : [port.proxy])))];
    const sockets = group.ports
      .flatMap((port) => [port.socket, port.target])
      .filter((socket): socket is string => socket !== null);
    const records = [...group.ports.map((port) => port.id), ...rules, ...proxies, ...sockets];
    const target = targetOf(index, group);
    const notes = [
      group.protocol === 'tcp' ? null : group.protocol,
      group.scope === 'any' && group.ports.every((port) => port.hostAddress.includes(':')) ? 'IPv6 only' : null,
      group.scope === 'any' ? null : group.scope === 'loopback' ? 'this host only' : group.scope,
    ].filter((note) => note !== null);
    const hue = index.hue(group.network);
    const bound = [
      ...new Set(group.ports.map((port) => socketAddress(port.hostAddress || '0.0.0.0', range(group.host)))),
    ];
    nodes.push({
      id,
      kind: 'port',
      parent: 'host',
      records,
      hue,
      title: range(group.host),
      note: notes.length > 0 ? notes.join(' · ') : null,
      full: `${bound.join(' and ')}, ${group.protocol}, to ${container?.name ?? 'a container'}${target ? ` ${target}` : ''}`,
      active: true,
    });
    if (group.network !== null)
      edges.push(...lineToNetwork({ id, group, rules, proxies, hue, records, target }, nodes));
    edges.push(...linesFromLinks(index, links, group, id));
  }
  for (const [network, groups] of folded) {
    const rest = foldedPorts(index, network, groups);
    nodes.push(rest.node);
    edges.push(rest.edge);
    const reached = groups.find(({ scope }) => scope === 'any') ?? groups[0];
    if (reached) edges.push(...linesFromLinks(index, links, reached, rest.node.id));
  }
  return { nodes, edges };
}

/** As many as stand beside two rows of cards: more make a column that is taller than all that they lead to. */
const mostPorts = 12;

/** Where more ports lead to one network, all but the first ones are one. */
function foldCrowds(groups: PortGroup[]): { shown: PortGroup[]; folded: Map<string, PortGroup[]> } {
  const crowds = new Map<string, PortGroup[]>();
  for (const group of groups) {
    if (group.network === null) continue;
    const crowd = crowds.get(group.network);
    if (crowd) crowd.push(group);
    else crowds.set(group.network, [group]);
  }
  const folded = new Map<string, PortGroup[]>();
  for (const [network, crowd] of crowds) if (crowd.length > mostPorts) folded.set(network, crowd.slice(mostPorts - 1));
  const gone = new Set([...folded.values()].flat());
  return { shown: groups.filter((group) => !gone.has(group)), folded };
}

/** Selects their network, whose facts list them all; each of them lights it. */
function foldedPorts(index: SnapshotIndex, network: string, groups: PortGroup[]): { node: GraphNode; edge: GraphEdge } {
  const id = `ports:${network.slice('network:'.length)}`;
  const ports = groups.flatMap((group) => group.ports);
  const records = [
    network,
    ...new Set(
      ports.flatMap((port) =>
        [port.id, ...port.rules, port.proxy, port.socket, port.target].filter((each) => each !== null),
      ),
    ),
  ];
  const hue = index.hue(network);
  const numbers = groups.map(({ host }) => range(host));
  return {
    node: {
      id,
      kind: 'port',
      parent: 'host',
      records,
      hue,
      title: `+${groups.length}`,
      note: 'more ports',
      full: `${groups.length} more published ports: ${numbers.slice(0, 20).join(', ')}${numbers.length > 20 ? ', …' : ''}`,
      active: true,
    },
    edge: {
      id: `publish:${id}`,
      kind: 'publish',
      from: id,
      to: network,
      records,
      hue,
      label: null,
      dashed: false,
      counters: null,
    },
  };
}

/** "172.17.0.4:80": what the traffic of a group goes to, in the family of its first port. */
function targetOf(index: SnapshotIndex, group: PortGroup): string | null {
  const [first] = group.ports;
  const endpoint = first?.endpoint == null ? undefined : index.snapshot.records.endpoint[first.endpoint];
  if (!first || !endpoint) return null;
  const rule = first.rules
    .map((id) => index.snapshot.records.rule[id]?.translation)
    .find((each) => each?.kind === 'dnat');
  const address = rule?.address || endpoint.ipv4 || endpoint.ipv6;
  return address ? socketAddress(address, range(group.target)) : null;
}

interface PortLine {
  id: string;
  group: PortGroup;
  rules: string[];
  proxies: string[];
  hue: number | null;
  records: string[];
  target: string | null;
}

function lineToNetwork({ id, group, rules, proxies, hue, records, target }: PortLine, nodes: GraphNode[]): GraphEdge[] {
  const onlyProxy = rules.length === 0 && proxies.length > 0;
  const edge = `publish:${id}`;
  if (rules.length > 0 && target !== null) {
    const chip = `DNAT ${target}`;
    nodes.push({
      id: `chip:${id}`,
      kind: 'chip',
      role: 'dnat',
      parent: 'host',
      records: [...rules, ...records],
      hue,
      title: chip,
      on: edge,
      full: chip,
    });
  } else if (onlyProxy) {
    const full = `Only docker-proxy serves it: ${target ?? 'no rule translates it'}`;
    nodes.push({
      id: `chip:${id}`,
      kind: 'chip',
      role: 'proxy',
      parent: 'host',
      records: [...proxies, ...records],
      hue,
      title: 'docker-proxy',
      on: edge,
      full,
    });
  }
  return [
    {
      id: edge,
      kind: onlyProxy ? 'proxy' : 'publish',
      from: id,
      to: group.network ?? '',
      records,
      hue,
      label: null,
      dashed: onlyProxy || group.scope === 'loopback',
      counters: null,
    },
  ];
}

/** From each link that lets the port be reached: any for the wildcard, the address's own otherwise, none for loopback. */
function linesFromLinks(index: SnapshotIndex, links: HostLinks, group: PortGroup, id: string): GraphEdge[] {
  if (group.scope === 'loopback') return [];
  return links.shown
    .filter(
      (link) => group.scope === 'any' || index.addressesOf(link.id).some((address) => address.address === group.scope),
    )
    .map((link) => ({
      id: `reach:${link.id}/${id}`,
      kind: 'uplink',
      from: link.id,
      to: id,
      records: [link.id, ...group.ports.map((port) => port.id)],
      hue: null,
      label: null,
      dashed: false,
      counters: null,
    }));
}
