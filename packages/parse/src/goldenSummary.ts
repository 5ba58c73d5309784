import type { AnyRecord, Link, PublishedPort, Snapshot, Socket } from '@vethscope/model';

/** Sorted by name, so that a golden does not depend on the order in which the engine listed things. */
function byText<T>(items: Iterable<T>, textOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0));
}

function linkText(link: Link | undefined): string {
  return link ? `${link.name} #${link.ifindex}` : '?';
}

function socketText(socket: Socket | undefined): string {
  if (!socket) return 'none';
  const address = socket.family === 6 ? `[${socket.address}]` : socket.address;
  return `${socket.protocol}${socket.family} ${address}:${socket.port} inode ${socket.inode}`;
}

/** A Snapshot as lines that a person can check against the host's own commands: one line for each join. */
export function goldenSummary({ host, engine, sources, records }: Snapshot): string {
  const lines: string[] = [];
  const section = (title: string, content: readonly string[]) => {
    lines.push('', title, ...(content.length > 0 ? content.map((line) => `  ${line}`) : ['  none']));
  };
  const linkOf = (id: string | null) => (id === null ? undefined : records.link[id]);
  const nameOfSandbox = (id: string | null) => (id === null ? 'no sandbox' : (records.sandbox[id]?.name ?? '?'));
  const nameOfContainer = (id: string) => records.container[id]?.name ?? '?';

  lines.push(`${host.hostname}, ${host.os}, ${host.kernel} ${host.architecture}`);
  lines.push(
    engine
      ? `Docker ${engine.version}, API ${engine.apiVersion}, firewall ${engine.firewall}, userland proxy ${engine.userlandProxy}, swarm ${engine.swarm}`
      : 'no engine',
  );
  section(
    'records',
    Object.entries(records).map(([type, table]) => `${type} ${Object.keys(table as Record<string, AnyRecord>).length}`),
  );
  section(
    'sandboxes',
    byText(Object.values(records.sandbox), ({ name }) => name).map(
      ({ name, kind, netns, pid, containers }) =>
        `${name}: ${kind}, netns ${netns}, pid ${pid ?? '-'}, containers ${containers.map(nameOfContainer).join(' ') || '-'}`,
    ),
  );
  section(
    'containers',
    byText(Object.values(records.container), ({ name }) => name).map(({ name, state, mode, sandbox, shares }) => {
      const share = shares === null ? '' : `, shares with ${nameOfContainer(shares)}`;
      return `${name}: ${state}, ${mode} mode, in ${nameOfSandbox(sandbox)}${share}`;
    }),
  );
  section(
    'networks',
    byText(Object.values(records.network), ({ name }) => name).map((network) => {
      const ports = Object.values(records.link).filter(({ master }) => master !== null && master === network.bridge);
      const below = network.bridge ?? network.parent;
      const place = below === null ? '-' : linkText(linkOf(below));
      const subnets = network.subnets.map(({ subnet, gateway }) => `${subnet} gw ${gateway ?? '-'}`).join(', ');
      return `${network.name}: ${network.driver} ${place}, ${subnets || 'no subnet'}, ports ${
        byText(ports, (link) => link.name)
          .map(({ name }) => name)
          .join(' ') || '-'
      }`;
    }),
  );
  section(
    'endpoints',
    byText(Object.values(records.endpoint), (one) => nameOfContainer(one.container)).map((endpoint) => {
      const network = records.network[endpoint.network];
      const inside = linkOf(endpoint.inside);
      const outside = linkOf(endpoint.outside);
      const other = inside?.kind === 'macvlan' || inside?.kind === 'ipvlan' ? linkOf(inside.parent.link) : outside;
      const master = linkOf(other?.master ?? null);
      const addresses = [
        endpoint.ipv4 && `${endpoint.ipv4}/${endpoint.ipv4Prefix}`,
        endpoint.ipv6 && `${endpoint.ipv6}/${endpoint.ipv6Prefix}`,
      ].filter(Boolean);
      const path = inside
        ? `${linkText(inside)} ${inside.kind === 'veth' ? '↔' : inside.kind} ${linkText(other)}${master ? ` → ${linkText(master)}` : ''}`
        : 'no link';
      return `${nameOfContainer(endpoint.container)} on ${network?.name}: ${addresses.join(' ') || 'no address'}, ${path}`;
    }),
  );
  section(
    'links whose other end is open',
    Object.values(records.link).flatMap((link) => {
      const other = link.kind === 'veth' ? link.peer : 'parent' in link ? link.parent : null;
      if (other === null || other.link !== null) return [];
      return [
        `${nameOfSandbox(link.sandbox)} ${linkText(link)} ${link.kind} of #${other.ifindex} in netns id ${other.netnsid}`,
      ];
    }),
  );
  const portText = (port: PublishedPort) =>
    `${nameOfContainer(port.container)} ${port.protocol} ${port.hostAddress} ${port.hostPort}`;
  section(
    'published ports',
    byText(Object.values(records.publishedPort), portText).flatMap((port) => {
      const endpoint = port.endpoint === null ? undefined : records.endpoint[port.endpoint];
      const proxy = port.proxy === null ? undefined : records.proxy[port.proxy];
      const proxySockets = proxy?.sockets.map((id) => socketText(records.socket[id])).join(', ');
      return [
        `${nameOfContainer(port.container)} ${port.protocol} ${port.hostAddress} port ${port.hostPort ?? '-'} → ${port.containerPort} on ${records.network[endpoint?.network ?? '']?.name ?? '-'}${port.active ? '' : ', not active'}`,
        ...port.rules.map((id) => `  rule ${records.rule[id]?.text}`),
        `  proxy ${proxy ? `${proxy.pid} to ${proxy.containerAddress}:${proxy.containerPort}, holds ${proxySockets || 'nothing'}` : 'none'}`,
        `  socket ${socketText(records.socket[port.socket ?? ''])}`,
        `  target ${socketText(records.socket[port.target ?? ''])}`,
      ];
    }),
  );
  const served = new Set(Object.values(records.publishedPort).map(({ proxy }) => proxy));
  section(
    'proxies of no published port',
    Object.values(records.proxy)
      .filter(({ id }) => !served.has(id))
      .map(({ argv }) => argv.join(' ')),
  );
  section(
    'rule sets',
    byText(Object.values(records.table), ({ id }) => id).flatMap((table) => {
      const chains = table.chains.flatMap((id) => records.chain[id] ?? []);
      const rules = chains.reduce((sum, chain) => sum + chain.rules.length, 0);
      return table.sandbox === 'sandbox:host'
        ? [`${table.backend} ${table.family} ${table.name}: ${chains.length} chains, ${rules} rules`]
        : [];
    }),
  );
  const notOk = new Map<string, number>();
  for (const { source, sandbox, status, fault } of sources) {
    if (status === 'ok') continue;
    const text = `${source} of ${sandbox === 'sandbox:host' ? 'host' : sandbox === null ? 'all' : 'containers'}: ${status}, ${fault}`;
    notOk.set(text, (notOk.get(text) ?? 0) + 1);
  }
  section(
    'sources that are not ok',
    [...notOk].map(([text, count]) => `${text}${count > 1 ? ` (${count} times)` : ''}`),
  );
  section(
    'warnings',
    Object.values(records.warning).map(({ id, reason }) => `${id}: ${reason}`),
  );
  return `${lines.join('\n')}\n`;
}
