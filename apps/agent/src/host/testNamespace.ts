import { execFileSync, spawn } from 'node:child_process';

/*
 * Fresh namespaces for tests that hold the agent's readings against iproute2's. They need root, iproute2 and a kernel with
 * veth and bridges; kinds of links that this kernel does not have are left out, and `has` tells which it has.
 */

/** Why these tests cannot run here; null where they can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  for (const tool of ['ip', 'bridge', 'ss', 'nsenter']) {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
    } catch {
      return `no ${tool}`;
    }
  }
  return null;
}

const environment = { ...process.env, LC_ALL: 'C', PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

/** Runs a command; its standard output. Throws when it fails. */
export function command(line: string): string {
  const [program = '', ...args] = line.split(' ');
  return execFileSync(program, args, { encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

function isPossible(line: string): boolean {
  try {
    command(line);
    return true;
  } catch {
    return false;
  }
}

/** The output of an iproute2 command inside a namespace, parsed. */
export function iproute2(path: string, line: string): Record<string, unknown>[] {
  const text = command(`nsenter --net=${path} ${line}`);
  return text.trim() === '' ? [] : JSON.parse(text);
}

export type TestNamespaces = { path: string; peerPath: string; has(link: string): boolean; dispose(): void };

let count = 0;

/** Two namespaces joined by a veth: `path` with everything in it, `peerPath` with the other end. Dispose of them. */
export function makeNamespaces(): TestNamespaces {
  count++;
  const name = `kern-${process.pid}-${count}`;
  const peer = `${name}-peer`;
  command(`ip netns add ${name}`);
  command(`ip netns add ${peer}`);
  const made = new Set<string>();
  const link = (device: string, rest: string) => {
    if (isPossible(`ip -n ${name} link add ${device} ${rest}`)) made.add(device);
  };
  link('br0', 'type bridge stp_state 0 group_fwd_mask 8');
  link('port0', `type veth peer name port0p netns ${peer}`);
  link('port1', 'type veth peer name port1p');
  link('base', 'type veth peer name basep');
  link('macvlan0', 'link base type macvlan mode private');
  link('ipvlan0', 'link base type ipvlan mode l3 vepa');
  link('base.7', 'link base type vlan id 7');
  link('dummy0', 'type dummy');
  link('vxlan0', 'type vxlan id 42 local 10.9.0.1 group 239.1.1.1 dev base dstport 4789');
  link('vxlan1', 'type vxlan id 43 local 2001:db8::1 dstport 4790 nolearning proxy l2miss l3miss ttl 5');
  link('vxlan2', 'type vxlan id 44 remote 10.9.0.7 dstport 4791');
  link('bond0', 'type bond mode active-backup');
  link('wg0', 'type wireguard');
  link('ifb0', 'type ifb');
  link('vrf0', 'type vrf table 77');
  link('geneve0', 'type geneve id 5 remote 10.9.0.9');
  if (isPossible(`ip -n ${name} tuntap add tap0 mode tap`)) made.add('tap0');
  if (isPossible(`ip -n ${name} tuntap add tun0 mode tun`)) made.add('tun0');
  for (const line of script)
    isPossible(`${line.startsWith('bridge ') ? `bridge -n ${name} ${line.slice(7)}` : `ip -n ${name} ${line}`}`);
  isPossible(`ip -n ${peer} link set port0p up`);
  return {
    path: `/run/netns/${name}`,
    peerPath: `/run/netns/${peer}`,
    has: (device) => made.has(device),
    dispose: () => {
      isPossible(`ip netns del ${name}`);
      isPossible(`ip netns del ${peer}`);
    },
  };
}

/** Commands of `ip` (and `bridge`) in the namespace; one that this kernel refuses is passed over. */
const script = [
  'link set lo up',
  ...['br0', 'port0', 'port1', 'port1p', 'base', 'basep', 'macvlan0', 'vxlan0', 'base.7', 'dummy0', 'tun0'].flatMap(
    (device) => [`link set ${device} up`],
  ),
  'link set port0 master br0',
  'link set port1 master br0',
  'link set port1 type bridge_slave hairpin on isolated on learning off neigh_suppress on cost 7 priority 9',
  'link set base alias a-name',
  'link property add dev base altname other0 altname other1',
  'addr add 10.9.0.1/24 dev base',
  'addr add 10.9.0.2/24 dev base label base:x',
  'addr add 10.9.1.1 peer 10.9.1.2/32 dev base',
  'addr add 10.9.4.1/24 brd + dev base scope link metric 50',
  'addr add 2001:db8::1/64 dev base nodad',
  'addr add 2001:db8:77::1/64 dev base nodad noprefixroute valid_lft 3000 preferred_lft 1000',
  'addr add 2001:db8:78::1/64 dev base nodad preferred_lft 0',
  'route add default via 10.9.0.9',
  'route add 10.20.0.0/16 via 10.9.0.9 table 100 metric 5',
  'route add 10.21.0.0/16 nexthop via 10.9.0.9 weight 2 nexthop via 10.9.0.8 dev base onlink',
  'route add blackhole 10.22.0.0/16',
  'route add unreachable 10.23.0.0/16 table 300 proto bird',
  'route add 10.24.0.0/16 dev base src 10.9.0.2 mtu 1400 advmss 1200 hoplimit 9 proto static',
  'route add 10.25.0.0/16 via inet6 2001:db8::9 dev base',
  'route add 10.26.0.0/16 via 10.9.0.9 tos 0x10',
  'route add throw 10.27.0.0/16',
  'nexthop add id 12 via 10.9.0.9 dev base',
  'route add 10.28.0.0/16 nhid 12',
  '-6 route add default via 2001:db8::9',
  '-6 route add 2001:db8:2::/48 via 2001:db8::9 table 77 pref high',
  '-6 route add 2001:db8:3::/48 nexthop via 2001:db8::9 weight 3 nexthop via 2001:db8::8 dev base',
  '-6 route add unreachable 2001:db8:9::/48',
  '-6 route add 2001:db8:a::/48 from 2001:db8:b::/48 via 2001:db8::9',
  'rule add from 10.9.0.0/24 table 100 priority 1000',
  'rule add from 10.9.0.7 to 10.1.2.3 blackhole',
  'rule add fwmark 0x10/0xff lookup 200',
  'rule add fwmark 0x20 lookup 200',
  'rule add not iif base to 10.0.0.0/8 goto 32766',
  'rule add oif gone0 goto 40000',
  'rule add ipproto tcp dport 80-90 sport 5 uidrange 0-1000 lookup 100',
  'rule add ipproto 99 dport 53 nop',
  'rule add tos 0x10 prohibit',
  'rule add lookup main suppress_prefixlength 0',
  '-6 rule add from 2001:db8::/64 lookup 100',
  'neigh add 10.9.0.9 lladdr 02:00:00:00:00:09 dev base nud permanent',
  'neigh add 10.9.0.77 lladdr 02:00:00:00:00:19 dev base nud stale',
  'neigh add 10.9.0.78 dev base nud failed',
  'neigh add proxy 10.9.0.55 dev base',
  'neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 dev base router nud permanent',
  'bridge fdb add 02:00:00:00:00:33 dev port0 master static',
  'bridge fdb add 02:00:00:00:00:34 dev port0 master dynamic',
  'bridge fdb add 02:00:00:00:00:36 dev port0 master static sticky',
  'bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.9.0.33',
  'bridge fdb add 02:00:00:00:00:35 dev vxlan0 dst 10.9.0.34 port 4790 vni 99 via base',
  'bridge fdb add 02:00:00:00:00:37 dev vxlan1 dst 2001:db8::34 extern_learn',
];

const listeners = `
  const net = require('node:net'), dgram = require('node:dgram');
  net.createServer().listen(8001, '0.0.0.0'); net.createServer().listen(8002, '127.0.0.1');
  net.createServer().listen(8003, '::'); net.createServer().listen({ port: 8004, host: '::', ipv6Only: true });
  net.createServer().listen(8005, '::1');
  dgram.createSocket('udp4').bind(9001, '127.0.0.1'); dgram.createSocket('udp6').bind(9002);
  dgram.createSocket({ type: 'udp6', ipv6Only: true }).bind(9003);
  dgram.createSocket('udp4').connect(9004, '127.0.0.1');
  setTimeout(() => console.log('ready'), 200);
  setTimeout(() => process.exit(), 60000);
`;

/** A process in the namespace with sockets of all sorts. Resolves when they are bound; call the result to end it. */
export async function startListeners(path: string): Promise<{ pid: number; stop(): void }> {
  const child = spawn('nsenter', [`--net=${path}`, process.execPath, '-e', listeners], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
}
