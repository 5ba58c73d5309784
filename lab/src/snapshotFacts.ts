import type { Link, Snapshot } from '@vethscope/model';
import { Facts } from './facts.ts';
import { endpointText, holdersText, linkText, listenerText, proxyText, routeText } from './factText.ts';

/** A Snapshot as facts. `labelOf` names a namespace by its inode, as the independent reading does. */
export function snapshotFacts(snapshot: Snapshot, labelOf: (netns: number) => string): Facts {
  const { records } = snapshot;
  const facts = new Facts();
  const labels = new Map(Object.values(records.sandbox).map(({ id, netns }) => [id, labelOf(netns)]));
  const label = (sandbox: string) => labels.get(sandbox) ?? sandbox;
  const words = (link: Link) => linkText({ namespace: label(link.sandbox), ifindex: link.ifindex, name: link.name });
  const linkWords = (id: string | null) => {
    const link = id === null ? undefined : records.link[id];
    return link === undefined ? null : words(link);
  };
  const nameOf = (id: string | null) => (id === null ? null : (records.link[id]?.name ?? id));

  for (const sandbox of Object.values(records.sandbox)) {
    facts.add('namespace', label(sandbox.id), `inode ${sandbox.netns}`);
  }
  for (const link of Object.values(records.link)) {
    const kind = link.kind === 'other' ? link.infoKind : link.kind;
    facts.add(
      'link',
      words(link),
      `${kind} ${link.mac ?? '-'} mtu ${link.mtu} master ${nameOf(link.master) ?? '-'} ${[...link.flags].sort().join(',')}`,
    );
    if (link.kind === 'veth')
      facts.add('veth pair', words(link), linkWords(link.peer.link) ?? `elsewhere/${link.peer.ifindex}`);
    if (link.kind === 'macvlan')
      facts.add('link below', words(link), linkWords(link.parent.link) ?? `elsewhere/${link.parent.ifindex}`);
    if (link.port !== null) {
      const switches = (['hairpin', 'isolated', 'learning', 'flood'] as const).map(
        (key) => `${key}:${link.port?.[key]}`,
      );
      facts.add(
        'bridge port',
        `${label(link.sandbox)}/${link.name}`,
        `of ${nameOf(link.master) ?? '-'} ${link.port.state} ${switches.join(' ')}`,
      );
    }
  }
  for (const each of Object.values(records.address)) {
    facts.add(
      'address',
      `${label(each.sandbox)}/${nameOf(each.link)} ${each.address}/${each.prefix}`,
      `scope ${each.scope}`,
    );
  }
  for (const route of Object.values(records.route)) {
    facts.add('route', `${label(route.sandbox)} ${routeText({ ...route, dev: nameOf(route.link) })}`, '');
  }
  for (const each of Object.values(records.neighbor)) {
    const permanent = each.state === 'permanent' ? ' permanent' : '';
    facts.add(
      'neighbour',
      `${label(each.sandbox)}/${nameOf(each.link)} ${each.address}`,
      `${each.mac ?? '-'}${permanent}`,
    );
  }
  for (const socket of Object.values(records.socket)) {
    // `ss` was asked for TCP and UDP; a raw socket has no port to be reached at.
    if (socket.protocol !== 'tcp' && socket.protocol !== 'udp') continue;
    facts.add(
      'listener',
      `${label(socket.sandbox)} ${listenerText({ ...socket, device: nameOf(socket.boundTo) })}`,
      `inode ${socket.inode} ${socket.processes === null ? 'held by ?' : holdersText(socket.processes)}`,
    );
  }
  for (const proxy of Object.values(records.proxy)) facts.add('docker-proxy', `pid ${proxy.pid}`, proxyText(proxy));
  addEngineFacts(facts, snapshot, { linkWords });
  return facts;
}

function addEngineFacts(
  facts: Facts,
  { records }: Snapshot,
  links: { linkWords: (id: string | null) => string | null },
): void {
  const containerName = (id: string) => records.container[id]?.name ?? id;
  for (const network of Object.values(records.network)) {
    const subnets = network.subnets.map(({ subnet }) => subnet).sort();
    facts.add('network', network.name, `${network.driver} ${subnets.join(',')} internal:${network.internal}`);
  }
  for (const container of Object.values(records.container)) {
    const netns = container.sandbox === null ? '-' : (records.sandbox[container.sandbox]?.netns ?? container.sandbox);
    facts.add('container', container.name, `${container.state} pid ${container.pid ?? '-'} netns ${netns}`);
  }
  for (const endpoint of Object.values(records.endpoint)) {
    const network = records.network[endpoint.network]?.name ?? endpoint.network;
    facts.add(
      'endpoint',
      `${containerName(endpoint.container)} on ${network}`,
      endpointText({
        ...endpoint,
        inside: links.linkWords(endpoint.inside),
        outside: links.linkWords(endpoint.outside),
      }),
    );
  }
  for (const port of Object.values(records.publishedPort)) {
    if (!port.active) continue;
    facts.add(
      'published port',
      `${containerName(port.container)} ${port.containerPort}/${port.protocol} at ${port.hostAddress} port ${port.hostPort ?? '-'}`,
      '',
    );
  }
}
