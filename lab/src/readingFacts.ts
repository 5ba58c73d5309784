import type Docker from 'dockerode';
import { Facts } from './facts.ts';
import { endpointText, holdersText, linkText, listenerText, proxyText, routeText } from './factText.ts';
import type { IndependentReading, NamespaceCommand, NamespaceText } from './independentReading.ts';
import {
  jsonList,
  parseListeners,
  parseProxyLines,
  type ToolAddresses,
  type ToolLink,
  type ToolNeighbor,
  type ToolPort,
  type ToolRoute,
  wholePrefix,
} from './toolOutput.ts';

interface Namespace {
  label: string;
  text: NamespaceText;
  links: ToolLink[];
}

/** Names for namespaces, for both sides of the comparison: "host", the names of its containers, or the inode. */
export function namespaceLabels(reading: IndependentReading): (netns: number) => string {
  const names = new Map<number, string[]>();
  for (const { Id, Name } of reading.inspected) {
    const netns = reading.netnsOf.get(Id);
    if (netns !== undefined) names.set(netns, [...(names.get(netns) ?? []), Name.slice(1)].sort());
  }
  return (netns) => (netns === reading.host.netns ? 'host' : (names.get(netns)?.join('+') ?? `netns ${netns}`));
}

/** The independent reading as facts. */
export function readingFacts(reading: IndependentReading): Facts {
  const facts = new Facts();
  const labelOf = namespaceLabels(reading);
  const all = [reading.host, ...reading.containers].map(
    (text): Namespace => ({
      label: labelOf(text.netns),
      text,
      links: listOf<ToolLink>(text, 'ip -j -d link show'),
    }),
  );
  const host = all[0];
  if (host === undefined) throw new Error('The independent reading has no host namespace.');
  for (const namespace of all) {
    facts.add('namespace', namespace.label, `inode ${namespace.text.netns}`);
    addLinks(facts, namespace);
    addPeers(facts, namespace, { host, all });
    addAddresses(facts, namespace);
    addRoutes(facts, namespace);
    addNeighbors(facts, namespace);
    addListeners(facts, namespace);
  }
  for (const proxy of parseProxyLines(reading.proxies)) {
    const words = {
      pid: proxy.pid,
      protocol: proxy.option('proto'),
      hostAddress: proxy.option('host-ip'),
      hostPort: Number(proxy.option('host-port')),
      containerAddress: proxy.option('container-ip'),
      containerPort: Number(proxy.option('container-port')),
    };
    facts.add('docker-proxy', `pid ${proxy.pid}`, proxyText(words));
  }
  addEngineFacts(facts, reading, all);
  return facts;
}

function listOf<T>(text: NamespaceText, command: NamespaceCommand): T[] {
  return jsonList<T>(text.outputs.get(command), command);
}

const wordsOf = ({ label }: Namespace, link: ToolLink) => ({
  namespace: label,
  ifindex: link.ifindex,
  name: link.ifname,
});

function addLinks(facts: Facts, namespace: Namespace): void {
  for (const link of namespace.links) {
    const kind = link.linkinfo?.info_kind ?? (link.flags.includes('LOOPBACK') ? 'loopback' : 'device');
    facts.add(
      'link',
      linkText(wordsOf(namespace, link)),
      `${kind} ${link.address ?? '-'} mtu ${link.mtu} master ${link.master ?? '-'} ${[...link.flags].sort().join(',')}`,
    );
  }
  for (const port of listOf<ToolPort>(namespace.text, 'bridge -j -d link show')) {
    const switches = (['hairpin', 'isolated', 'learning', 'flood'] as const).map(
      (key) => `${key}:${port[key] === true}`,
    );
    facts.add(
      'bridge port',
      `${namespace.label}/${port.ifname}`,
      `of ${port.master ?? '-'} ${port.state ?? '-'} ${switches.join(' ')}`,
    );
  }
}

/**
 * Who is at the other end. A container's veth names its peer's index, and the peer is on the host, where an index is one link only; it
 * must name the container's link in turn. From the host's side an index alone says little: every container may have a link 2.
 */
function addPeers(facts: Facts, namespace: Namespace, { host, all }: { host: Namespace; all: Namespace[] }): void {
  for (const link of namespace.links) {
    const kind = link.linkinfo?.info_kind;
    if (kind !== 'veth' && kind !== 'macvlan') continue;
    const subject = linkText(wordsOf(namespace, link));
    const other = namespace === host && kind === 'veth' ? peerInside(link, all) : peerOnHost(link, { host, kind });
    facts.add(kind === 'veth' ? 'veth pair' : 'link below', subject, other ?? `elsewhere/${link.link_index ?? '-'}`);
  }
}

function peerOnHost(link: ToolLink, { host, kind }: { host: Namespace; kind: string }): string | null {
  const peer = host.links.find((each) => each.ifindex === link.link_index);
  if (peer === undefined || (kind === 'veth' && peer.link_index !== link.ifindex)) return null;
  return linkText(wordsOf(host, peer));
}

function peerInside(link: ToolLink, all: Namespace[]): string | null {
  for (const namespace of all.slice(1)) {
    const peer = namespace.links.find(
      (each) =>
        each.linkinfo?.info_kind === 'veth' && each.link_index === link.ifindex && each.ifindex === link.link_index,
    );
    if (peer !== undefined) return linkText(wordsOf(namespace, peer));
  }
  return null;
}

function addAddresses(facts: Facts, namespace: Namespace): void {
  for (const { ifname, addr_info } of listOf<ToolAddresses>(namespace.text, 'ip -j addr show')) {
    for (const { local, prefixlen, scope } of addr_info ?? []) {
      facts.add('address', `${namespace.label}/${ifname} ${local}/${prefixlen}`, `scope ${scope}`);
    }
  }
}

function addRoutes(facts: Facts, namespace: Namespace): void {
  for (const family of [4, 6] as const) {
    for (const route of listOf<ToolRoute>(namespace.text, `ip -j -${family} route show table all`)) {
      const text = routeText({
        kind: route.type ?? 'unicast',
        destination: wholePrefix(route.dst, family),
        gateway: route.gateway ?? route.via?.host ?? null,
        dev: route.dev ?? null,
        table: String(route.table ?? 'main'),
        protocol: route.protocol ?? null,
        scope: route.scope ?? null,
        source: route.prefsrc ?? null,
        metric: route.metric ?? null,
        flags: route.flags,
      });
      facts.add('route', `${namespace.label} ${text}`, '');
    }
  }
}

function addNeighbors(facts: Facts, namespace: Namespace): void {
  // Its state (reachable, stale, …) moves by itself within seconds, and is not compared but for "permanent".
  for (const neighbor of listOf<ToolNeighbor>(namespace.text, 'ip -j neigh show')) {
    const permanent = neighbor.state?.includes('PERMANENT') ? ' permanent' : '';
    facts.add(
      'neighbour',
      `${namespace.label}/${neighbor.dev} ${neighbor.dst}`,
      `${neighbor.lladdr ?? '-'}${permanent}`,
    );
  }
  for (const { dev, dst } of listOf<ToolNeighbor>(namespace.text, 'ip -j neigh show proxy')) {
    facts.add('neighbour', `${namespace.label}/${dev} ${dst}`, '-');
  }
}

function addListeners(facts: Facts, namespace: Namespace): void {
  for (const family of [4, 6] as const) {
    for (const listener of parseListeners(namespace.text.outputs.get(`ss -H -${family} -tulnpe`) ?? '')) {
      facts.add(
        'listener',
        `${namespace.label} ${listenerText({ ...listener, family })}`,
        `inode ${listener.inode} ${holdersText(listener.processes)}`,
      );
    }
  }
}

function addEngineFacts(facts: Facts, reading: IndependentReading, all: Namespace[]): void {
  for (const network of reading.networks) {
    const subnets = (network.IPAM?.Config ?? []).map(({ Subnet }) => Subnet).sort();
    facts.add('network', network.Name, `${network.Driver} ${subnets.join(',')} internal:${network.Internal}`);
  }
  for (const container of reading.inspected) {
    const name = container.Name.slice(1);
    const netns = reading.netnsOf.get(container.Id);
    const inside = all.find(({ text }) => text.netns === netns);
    facts.add('container', name, `${container.State.Status} pid ${container.State.Pid || '-'} netns ${netns ?? '-'}`);
    for (const [network, endpoint] of Object.entries(container.NetworkSettings.Networks ?? {})) {
      facts.add('endpoint', `${name} on ${network}`, endpointOf(endpoint, inside, all));
    }
    if (!container.State.Running) continue;
    for (const [port, bindings] of Object.entries(container.NetworkSettings.Ports ?? {})) {
      const given = bindings as { HostIp: string; HostPort: string }[] | null;
      for (const { HostIp, HostPort } of given ?? []) {
        facts.add('published port', `${name} ${port} at ${HostIp || '0.0.0.0'} port ${Number(HostPort) || '-'}`, '');
      }
    }
  }
}

type EndpointBody = Docker.ContainerInspectInfo['NetworkSettings']['Networks'][string];

/** The endpoint by the engine, and its link by the kernel: the one in the container's namespace that has the endpoint's address. */
function endpointOf(endpoint: EndpointBody, inside: Namespace | undefined, all: Namespace[]): string {
  const ipv4 = endpoint.IPAddress || null;
  const holder =
    inside === undefined || ipv4 === null
      ? undefined
      : listOf<ToolAddresses>(inside.text, 'ip -j addr show').find(({ addr_info }) =>
          addr_info?.some(({ local }) => local === ipv4),
        );
  const link = inside?.links.find(({ ifindex }) => ifindex === holder?.ifindex);
  const [host] = all;
  const outside =
    link?.linkinfo?.info_kind === 'veth' && host !== undefined ? peerOnHost(link, { host, kind: 'veth' }) : null;
  return endpointText({
    ipv4,
    ipv6: endpoint.GlobalIPv6Address || null,
    gateway4: endpoint.Gateway || null,
    mac: endpoint.MacAddress || null,
    inside: link === undefined || inside === undefined ? null : linkText(wordsOf(inside, link)),
    outside,
  });
}
