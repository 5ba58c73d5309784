import { enter, type NamespaceProcess, startNamespaceProcess } from './namespaceProcess.ts';
import { type CommandOptions, type CommandResult, runCommand, tryCommand } from './runCommand.ts';

export const lanRouter = { ipv4: '198.18.0.254', ipv6: '2001:db8:1::fe' } as const;
export const internetPeer = { ipv4: '203.0.113.9', ipv6: '2001:db8:9::9' } as const;
/** The router answers here by sending back what it gets. */
export const lanEchoPort = 9000;

/** Who sends: the router, which is a neighbour of every test host, or the machine behind it. */
export type LanPeer = 'lan' | 'internet';

interface LanPlug {
  ipv4: string;
  ipv6: string;
  unplug(): Promise<void>;
}

/** A LAN and an internet behind it, in namespaces of their own. */
export interface Lan extends AsyncDisposable {
  pid: number;
  internetPid: number;
  /** Gives the namespace of `pid` an eth0 with 198.18.0.N/24, 2001:db8:1::N/64 and default routes. Without N the next free one is taken. */
  plug(pid: number, address?: number): Promise<LanPlug>;
  /** Makes the router send a prefix to a test host's address, as a route on a real router would. */
  route(prefix: string, via: string): Promise<void>;
  exec(from: LanPeer, argv: readonly string[], options?: CommandOptions): Promise<string>;
  tryExec(from: LanPeer, argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  stop(): Promise<void>;
}

const holdNamespace = 'read -r pid rest < /proc/self/stat; echo "$pid"; read -r end';

const routerSetup = `
set -e
ip link set lo up
ip link add lan0 type bridge
echo 0 > /proc/sys/net/ipv6/conf/lan0/accept_dad
ip addr add ${lanRouter.ipv4}/24 dev lan0
ip -6 addr add ${lanRouter.ipv6}/64 dev lan0 nodad
ip link set lan0 up
echo 1 > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
ip link add wan0 type veth peer name eth0 netns "$1"
ip addr add 203.0.113.1/24 dev wan0
ip -6 addr add 2001:db8:9::1/64 dev wan0 nodad
ip link set wan0 up
`;

const internetSetup = `
set -e
ip link set lo up
ip addr add ${internetPeer.ipv4}/24 dev eth0
ip -6 addr add ${internetPeer.ipv6}/64 dev eth0 nodad
ip link set eth0 up
ip route add default via 203.0.113.1
ip -6 route add default via 2001:db8:9::1
`;

export async function startLan(): Promise<Lan> {
  const [router, internet] = await Promise.all([startEmptyNamespace(), startEmptyNamespace()]);
  try {
    await inNet(router.pid, ['sh', '-c', routerSetup, 'sh', String(internet.pid)]);
    await inNet(internet.pid, ['sh', '-c', internetSetup]);
  } catch (error) {
    await Promise.all([router.kill(), internet.kill()]);
    throw error;
  }
  // `nc -ll -e` of busybox is a server for many; it dies with the router's pid namespace, in which it is started.
  router.send(`busybox nc -ll -p ${lanEchoPort} -e cat`);
  const taken = new Set<number>();
  const pidOf = (from: LanPeer) => (from === 'lan' ? router.pid : internet.pid);
  const stop = async () => {
    await Promise.all([router.kill(), internet.kill()]);
  };
  return {
    pid: router.pid,
    internetPid: internet.pid,
    plug: (pid, address) => plug(router.pid, pid, taken, address),
    route: async (prefix, via) => void (await inNet(router.pid, ['ip', 'route', 'replace', prefix, 'via', via])),
    exec: (from, argv, options) => runCommand([...enter(pidOf(from), 'net'), ...argv], options),
    tryExec: (from, argv, options) => tryCommand([...enter(pidOf(from), 'net'), ...argv], options),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function startEmptyNamespace(): Promise<NamespaceProcess> {
  // After its pid is said, each line it is sent is a command to keep running in its namespaces.
  const script = `${holdNamespace.replace('read -r end', 'while read -r line; do $line & done')}`;
  return startNamespaceProcess({ namespaces: ['net'], argv: ['sh', '-c', script] });
}

async function plug(router: number, host: number, taken: Set<number>, wanted?: number): Promise<LanPlug> {
  const address = wanted ?? firstFree(taken);
  if (address < 1 || address > 99) {
    throw new Error(
      `198.18.0.${address} is not for test hosts: they have .1 to .99 (above are macvlan containers and the router).`,
    );
  }
  if (taken.has(address)) {
    throw new Error(
      `198.18.0.${address} is taken by another test host on this LAN: choose another number, or none to have one given.`,
    );
  }
  taken.add(address);
  const port = `port${address}`;
  const ipv4 = `198.18.0.${address}`;
  // Written in decimal, so that 198.18.0.28 and 2001:db8:1::28 are seen to be one machine.
  const ipv6 = `2001:db8:1::${address}`;
  const wire = `set -e
ip link add ${port} type veth peer name eth0 netns ${host}
ip link set ${port} master lan0 up`;
  const configure = `set -e
ip addr add ${ipv4}/24 brd + dev eth0
ip -6 addr add ${ipv6}/64 dev eth0 nodad
ip link set eth0 up
ip route add default via ${lanRouter.ipv4}
ip -6 route add default via ${lanRouter.ipv6}`;
  await inNet(router, ['sh', '-c', wire]);
  await inNet(host, ['sh', '-c', configure]);
  return {
    ipv4,
    ipv6,
    unplug: async () => {
      // The kernel frees a dead namespace's veths a moment later; a host that takes this number next must not meet the old port.
      await tryCommand([...enter(router, 'net'), 'ip', 'link', 'del', port]);
      taken.delete(address);
    },
  };
}

function firstFree(taken: ReadonlySet<number>): number {
  for (let address = 11; address < 100; address += 1) if (!taken.has(address)) return address;
  throw new Error(
    'All addresses for test hosts on this LAN (198.18.0.11 to .99) are taken: stop a host, or start another LAN.',
  );
}

const inNet = (pid: number, argv: readonly string[]) => runCommand([...enter(pid, 'net'), ...argv]);
