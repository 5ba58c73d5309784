import { type ChildProcess, spawn } from 'node:child_process';
import { enter, type NamespaceProcess, startNamespaceProcess } from '../namespaceProcess.ts';
import { type CommandOptions, runCommand } from '../runCommand.ts';
import type { FuzzSender } from './ruleFuzzPackets.ts';
import { everyAddress, fuzzAddresses, fuzzPorts } from './ruleFuzzPlaces.ts';
import { senderProgram } from './sendQuestions.ts';

/** A client, a router and a server in namespaces of their own, with echo servers in each. */
export interface FuzzTopology extends AsyncDisposable {
  name: string;
  /** Runs a command in the network namespace of one of the three; files and pids are the machine's. */
  execIn(where: FuzzSender, argv: readonly string[], options?: CommandOptions): Promise<string>;
  /** On the router. */
  exec(argv: readonly string[], options?: CommandOptions): Promise<string>;
  spawn(argv: readonly string[]): ChildProcess;
  /** On the router, with a /proc and a /run of its own, so that nothing of this machine is read with it. */
  execApart(argv: readonly string[], options?: CommandOptions): Promise<string>;
}

const macs = {
  lan0: '02:00:00:01:00:01',
  client: '02:00:00:01:00:02',
  wan0: '02:00:00:02:00:01',
  server: '02:00:00:02:00:02',
};
const { 4: four, 6: six } = fuzzAddresses;

/*
 * Neighbours stand in the tables for good: rules that drop neighbour discovery are no question here. The second addresses of IPv6 are deprecated, so
 * that there is one source to choose. Packets with mark 0x20 have a routing table of their own, which refuses 10.2.0.3.
 */
const routerSetup = `set -e
for at in default all; do echo 0 > /proc/sys/net/ipv6/conf/$at/accept_dad; echo 0 > /proc/sys/net/ipv4/conf/$at/send_redirects; done
for at in default all; do echo 0 > /proc/sys/net/ipv4/conf/$at/rp_filter; done
ip link set lo up
ip link add lan0 address ${macs.lan0} type veth peer name eth0 address ${macs.client} netns "$1"
ip link add wan0 address ${macs.wan0} type veth peer name eth0 address ${macs.server} netns "$2"
ip addr add ${four.routerLan}/24 dev lan0
ip addr add ${six.routerLan}/64 dev lan0 nodad
ip addr add ${four.routerWan}/24 dev wan0
ip addr add ${four.routerSecond}/24 dev wan0
ip addr add ${six.routerWan}/64 dev wan0 nodad
ip addr add ${six.routerSecond}/64 dev wan0 nodad preferred_lft 0
ip link set lan0 up
ip link set wan0 up
echo 1 > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
echo 0 > /proc/sys/net/ipv6/icmp/ratelimit
ip neigh replace ${four.client[0]} lladdr ${macs.client} dev lan0 nud permanent
ip neigh replace ${six.client[0]} lladdr ${macs.client} dev lan0 nud permanent
for address in ${four.server.slice(0, 2).join(' ')} ${six.server.slice(0, 2).join(' ')}; do
  ip neigh replace $address lladdr ${macs.server} dev wan0 nud permanent
done
ip route add default via ${four.server[0]}
ip -6 route add default via ${six.server[0]}
ip rule add fwmark 0x20/0x20 table 100
ip route add prohibit ${four.server[1]} table 100
ip -6 rule add fwmark 0x20/0x20 table 100
ip -6 route add prohibit ${six.server[1]} table 100`;

const peerSetup = (
  mac: string,
  { own, others, gateways }: { own: readonly string[]; others: readonly string[]; gateways: readonly string[] },
) => `set -e
ip link set lo up
echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad
echo 0 > /proc/sys/net/ipv4/conf/eth0/rp_filter
echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
echo 0 > /proc/sys/net/ipv4/conf/eth0/accept_redirects
echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
echo 0 > /proc/sys/net/ipv6/icmp/ratelimit
${own.map((address) => `ip addr add ${address} dev eth0${address.includes(':') ? ' nodad' : ''}`).join('\n')}
ip link set eth0 up
${others.map((address) => `ip neigh replace ${address} lladdr ${mac} dev eth0 nud permanent`).join('\n')}
${gateways.map((gateway) => `ip route add default via ${gateway}`).join('\n')}`;

const clientSetup = peerSetup(macs.lan0, {
  own: [`${four.client[0]}/24`, `${six.client[0]}/64`],
  others: [four.routerLan, six.routerLan],
  gateways: [four.routerLan, six.routerLan],
});
const serverSetup = peerSetup(macs.wan0, {
  own: [
    `${four.server[0]}/24`,
    `${four.server[1]}/24`,
    `${four.server[2]}/32`,
    `${six.server[0]}/64`,
    `${six.server[1]}/64 preferred_lft 0`,
    `${six.server[2]}/128 preferred_lft 0`,
  ],
  others: [four.routerWan, four.routerSecond, six.routerWan, six.routerSecond],
  gateways: [four.routerWan, six.routerWan],
});

/** Holds a namespace. Commands come later, through nsenter. */
const hold = 'read -r pid rest < /proc/self/stat; echo "$pid"; read -r end';

export async function startFuzzTopology(name: string): Promise<FuzzTopology> {
  const start = () => startNamespaceProcess({ namespaces: ['net'], argv: ['sh', '-c', hold] });
  const [client, router, server] = await Promise.all([start(), start(), start()]);
  const all: Record<FuzzSender, NamespaceProcess> = { client, router, server };
  const servers: ChildProcess[] = [];
  const stop = async () => {
    for (const child of servers) child.kill('SIGTERM');
    await Promise.all(Object.values(all).map((each) => each.kill()));
  };
  const execIn: FuzzTopology['execIn'] = (where, argv, options) =>
    runCommand([...enter(all[where].pid, 'net'), ...argv], options);
  const inRouter = (argv: readonly string[]) => [...enter(router.pid, 'all'), ...argv];
  try {
    await runCommand(inRouter(['sh', '-ec', 'mount -t proc proc /proc; mount -t tmpfs tmpfs /run']));
    await execIn('router', ['sh', '-c', routerSetup, 'sh', String(client.pid), String(server.pid)]);
    await execIn('client', ['sh', '-c', clientSetup]);
    await execIn('server', ['sh', '-c', serverSetup]);
    for (const where of ['client', 'router', 'server'] as const)
      servers.push(await startServers(all[where].pid, where));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name,
    execIn,
    exec: (argv, options) => execIn('router', argv, options),
    execApart: (argv, options) => runCommand(inRouter(argv), options),
    spawn: (argv) => {
      const [program = 'nsenter', ...rest] = [...enter(router.pid, 'net'), 'setpriv', '--pdeathsig', 'TERM', ...argv];
      return spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** UDP on each address by itself: an answer comes from the address that was asked. */
function startServers(pid: number, where: FuzzSender): Promise<ChildProcess> {
  const own = {
    client: [...four.client, ...six.client],
    router: [
      ...everyAddress(4).slice(four.client.length + four.server.length),
      ...everyAddress(6).slice(six.client.length + six.server.length),
    ],
    server: [...four.server, ...six.server],
  }[where];
  const serve = JSON.stringify({ tcp: fuzzPorts.tcp, udp: fuzzPorts.udp, addresses: own });
  const [program = 'nsenter', ...rest] = enter(pid, 'net');
  const child = spawn(
    program,
    [...rest, 'setpriv', '--pdeathsig', 'TERM', process.execPath, senderProgram, 'serve', serve],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.stdout?.once('data', () => resolve(child));
    child.once('error', reject);
    child.once('close', () => reject(new Error(`The servers of ${where} ended: ${said}`)));
  });
}
