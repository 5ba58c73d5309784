import { ids, type Link, type Snapshot } from '@vethscope/model';
import { CommandList, type RecordCommand, safeName } from './recordCommand.ts';
import { chainCommands, tableCommands } from './ruleCommands.ts';

const host = ids.hostSandbox;

/**
 * The read-only commands that show a record on the host, the most telling first: a fixed list per kind of thing, whose only variable words are
 * names and numbers from the snapshot. None for an id that the snapshot does not have.
 */
export function commandsFor(snapshot: Snapshot, recordId: string): RecordCommand[] {
  const list = new CommandList(snapshot);
  const { records } = snapshot;
  const container = records.container[recordId];
  const network = records.network[recordId];
  const endpoint = records.endpoint[recordId];
  const link = records.link[recordId];
  const address = records.address[recordId];
  const route = records.route[recordId];
  const socket = records.socket[recordId];
  const port = records.publishedPort[recordId];
  const proxy = records.proxy[recordId];
  const sandbox = records.sandbox[recordId];
  const rule = records.rule[recordId];
  const chain = records.chain[rule?.chain ?? recordId];
  const table = records.table[recordId];
  if (container) containerCommands(list, snapshot, container.id);
  else if (network) networkCommands(list, snapshot, network.id);
  else if (endpoint) endpointCommands(list, snapshot, endpoint.id);
  else if (link) linkCommands(list, link);
  else if (address) linkCommands(list, records.link[address.link]);
  else if (route)
    list.add(
      'ip-route-table',
      'The routes of this table',
      ['ip', `-${route.family}`, 'route', 'show', 'table', safeName('chain', route.table)],
      route.sandbox,
    );
  else if (socket)
    list.add(
      'ss-port',
      'What listens there',
      ['ss', '-lnp', ...socketFlags(socket.protocol), 'sport', '=', `:${socket.port}`],
      socket.sandbox,
    );
  else if (port) portCommands(list, snapshot, port.id);
  else if (proxy) proxyCommands(list, proxy.pid, proxy.hostPort, proxy.protocol);
  else if (sandbox) {
    if (sandbox.id === host) hostCommands(list);
    else sandboxCommands(list, sandbox.id);
  } else if (chain) chainCommands(list, snapshot, chain);
  else if (table) tableCommands(list, table);
  return list.commands;
}

function socketFlags(protocol: string): string[] {
  switch (protocol) {
    case 'udp':
      return ['-u'];
    case 'sctp':
      return ['-S'];
    case 'raw':
      return ['-w'];
    default:
      return ['-t'];
  }
}

function hostCommands(list: CommandList): void {
  list.add('ip-link', 'All links of the host', ['ip', '-br', 'link']);
  list.add('ip-addr', 'Their addresses', ['ip', '-br', 'address']);
  list.add('ip-route', 'Routes', ['ip', 'route']);
  list.add('ip-rule', 'Routing policy', ['ip', 'rule']);
  list.add('bridge-link', 'Ports of all bridges', ['bridge', 'link', 'show']);
  list.add('docker-network-ls', 'Docker’s networks', ['docker', 'network', 'ls']);
  list.add('docker-ps', 'Docker’s containers', ['docker', 'ps', '--all']);
  list.add('iptables-nat', 'Translations', ['iptables', '-t', 'nat', '-S']);
  list.add('iptables-filter', 'Filters', ['iptables', '-S']);
  list.add('sysctl-forward', 'Does the host forward?', [
    'sysctl',
    'net.ipv4.ip_forward',
    'net.ipv6.conf.all.forwarding',
  ]);
  list.add('ss', 'What listens', ['ss', '-ltunp']);
}

function sandboxCommands(list: CommandList, sandbox: string): void {
  list.add('sandbox-ip-addr', 'Its links and addresses', ['ip', 'address'], sandbox);
  list.add('sandbox-ip-route', 'Its routes', ['ip', 'route'], sandbox);
  list.add('sandbox-ss', 'What listens in it', ['ss', '-ltunp'], sandbox);
  list.add('sandbox-ip-neigh', 'Its neighbours', ['ip', 'neigh'], sandbox);
}

function linkCommands(list: CommandList, link: Link | undefined, away = 'inside-'): void {
  if (!link) return;
  const name = safeName('link', link.name);
  const inHost = link.sandbox === host;
  const key = inHost ? '' : away;
  list.add(`${key}ip-link`, `Link ${link.name}`, ['ip', '-d', '-s', 'link', 'show', 'dev', name], link.sandbox);
  list.add(`${key}ip-addr`, 'Its addresses', ['ip', 'address', 'show', 'dev', name], link.sandbox);
  if (link.kind === 'bridge') {
    list.add(`${key}ip-link-master`, 'Its ports', ['ip', '-d', 'link', 'show', 'master', name], link.sandbox);
    list.add(`${key}bridge-fdb`, 'The MAC addresses it knows', ['bridge', 'fdb', 'show', 'br', name], link.sandbox);
    list.add(`${key}ip-neigh`, 'The neighbours it knows', ['ip', 'neigh', 'show', 'dev', name], link.sandbox);
    list.add(`${key}ip-route-dev`, 'Routes to it', ['ip', 'route', 'show', 'dev', name], link.sandbox);
  }
  if (link.port !== null)
    list.add(
      `${key}bridge-link`,
      'As a port of its bridge',
      ['bridge', '-d', 'link', 'show', 'dev', name],
      link.sandbox,
    );
  if (link.kind === 'vxlan')
    list.add(`${key}bridge-fdb`, 'The hosts behind it', ['bridge', 'fdb', 'show', 'dev', name], link.sandbox);
  // /sys shows the links of the namespace in which it was mounted, so this is right for the host only.
  if (link.kind === 'veth' && inHost && name !== null) {
    list.add('iflink', 'Its own index and its peer’s', [
      'cat',
      `/sys/class/net/${name}/ifindex`,
      `/sys/class/net/${name}/iflink`,
    ]);
  }
}

function containerCommands(list: CommandList, snapshot: Snapshot, id: string): void {
  const container = snapshot.records.container[id];
  if (!container) return;
  const name = safeName('name', container.name) ?? safeName('name', container.engineId);
  const endpoints = Object.values(snapshot.records.endpoint).filter((endpoint) => endpoint.container === id);
  if (container.sandbox !== null && container.sandbox !== host) {
    list.add('sandbox-ip-addr', 'Its links and addresses', ['ip', 'address'], container.sandbox);
    list.add('sandbox-ip-route', 'Its routes', ['ip', 'route'], container.sandbox);
    list.add('sandbox-ss', 'What listens in it', ['ss', '-ltunp'], container.sandbox);
  }
  for (const endpoint of endpoints) {
    const outside = endpoint.outside === null ? undefined : snapshot.records.link[endpoint.outside];
    const cable = safeName('link', outside?.name);
    if (outside?.sandbox === host)
      list.add(`cable-${cable}`, `Its cable’s end on the host`, ['ip', '-d', 'link', 'show', 'dev', cable]);
  }
  list.add('docker-inspect', 'What Docker knows', ['docker', 'container', 'inspect', name]);
  list.add('docker-port', 'Published ports', ['docker', 'container', 'port', name]);
  if (container.pid !== null) list.add('netns', 'Its network namespace', ['readlink', `/proc/${container.pid}/ns/net`]);
  const port = Object.values(snapshot.records.publishedPort).find(
    (each) => each.container === id && each.rules.length > 0,
  );
  const chain = snapshot.records.chain[snapshot.records.rule[port?.rules[0] ?? '']?.chain ?? ''];
  if (chain) chainCommands(list, snapshot, chain);
}

function networkCommands(list: CommandList, snapshot: Snapshot, id: string): void {
  const network = snapshot.records.network[id];
  if (!network) return;
  const name = safeName('name', network.name) ?? safeName('name', network.engineId);
  linkCommands(list, snapshot.records.link[network.bridge ?? network.parent ?? '']);
  list.add('docker-network-inspect', 'What Docker knows', ['docker', 'network', 'inspect', name]);
  if (network.sandbox !== null) {
    list.add('sandbox-ip-link', 'The links of its own namespace', ['ip', '-d', 'link'], network.sandbox);
    list.add('sandbox-bridge-fdb', 'The hosts behind its tunnel', ['bridge', 'fdb', 'show'], network.sandbox);
  }
  const bridge = safeName('link', network.bridgeName);
  if (bridge !== null) {
    // With slashes: a link's name may have dots.
    list.add('sysctl-bridge', 'Does it forward?', ['sysctl', `net/ipv4/conf/${bridge}/forwarding`]);
    list.add('iptables-nat', 'Translations', ['iptables', '-t', 'nat', '-S']);
  }
}

function endpointCommands(list: CommandList, snapshot: Snapshot, id: string): void {
  const endpoint = snapshot.records.endpoint[id];
  if (!endpoint) return;
  linkCommands(list, snapshot.records.link[endpoint.outside ?? ''], 'outside-');
  linkCommands(list, snapshot.records.link[endpoint.inside ?? '']);
  if (endpoint.sandbox !== null)
    list.add('sandbox-ip-route', 'The container’s routes', ['ip', 'route'], endpoint.sandbox);
  const network = snapshot.records.network[endpoint.network];
  if (network)
    list.add('docker-network-inspect', 'What Docker knows', [
      'docker',
      'network',
      'inspect',
      safeName('name', network.name) ?? safeName('name', network.engineId),
    ]);
}

function portCommands(list: CommandList, snapshot: Snapshot, id: string): void {
  const port = snapshot.records.publishedPort[id];
  if (!port) return;
  const chain = snapshot.records.chain[snapshot.records.rule[port.rules[0] ?? '']?.chain ?? ''];
  if (chain) chainCommands(list, snapshot, chain);
  const proxy = snapshot.records.proxy[port.proxy ?? ''];
  if (port.hostPort !== null)
    list.add('ss-port', 'What listens on the host', [
      'ss',
      '-lnp',
      ...socketFlags(port.protocol),
      'sport',
      '=',
      `:${port.hostPort}`,
    ]);
  if (proxy) list.add('ps-proxy', 'docker-proxy', ['ps', '-o', 'pid,args', '-p', String(proxy.pid)]);
  const container = snapshot.records.container[port.container];
  if (!container) return;
  if (container.sandbox !== null)
    list.add('sandbox-ss', 'What listens in the container', ['ss', '-ltunp'], container.sandbox);
  list.add('docker-port', 'What Docker knows', [
    'docker',
    'container',
    'port',
    safeName('name', container.name) ?? safeName('name', container.engineId),
  ]);
}

function proxyCommands(list: CommandList, pid: number, port: number, protocol: string): void {
  list.add('ps-proxy', 'The process', ['ps', '-o', 'pid,ppid,args', '-p', String(pid)]);
  list.add('ss-port', 'Its socket', ['ss', '-lnp', ...socketFlags(protocol), 'sport', '=', `:${port}`]);
}
