import { internetPeer, lanEchoPort, lanRouter } from '../lan.ts';
import { isIpv6, type PathQuestion, type Sender } from './pathQuestion.ts';
import type { ZooPlaces } from './zooPlaces.ts';

/** Ports on which the lab's echo servers answer UDP, and one where nobody does. */
export const udpPorts = { echo: lanEchoPort, host: 7001, container: 53, published: 5353, closed: 6667 } as const;

/** Every container from which packets are sent; the others of the zoo have the same network as one of these. */
const sendingContainers = ['plain', 'my-nginx', 'web', 'q1', 'nm', 'v6', 'was', 'linked', 'mac', 'none', 'rt', 'op'];

/** The TCP port on which each container is asked: its server's, or the published one where it has none. */
const containerPorts: Record<string, number> = { was: 8000, db: 5432, range: 8001, hosty: 7000 };

const publishedPorts = [
  8080, 8081, 8082, 8083, 8084, 8085, 8086, 8087, 8088, 8089, 8090, 9090, 18000, 18001, 7000, 6666,
];
const someOfPublished = [8080, 8081, 8083, 8085, 8087, 9090, 7000, 6666];

type Target = Omit<PathQuestion, 'from'>;

const tcp = (address: string, port: number): Target => ({ protocol: 'tcp', to: { address }, port });
const udp = (address: string, port: number): Target => ({ protocol: 'udp', to: { address }, port });
const ping = (address: string): Target => ({ protocol: 'icmp', to: { address }, port: 0 });
const byName = (name: string, port: number): Target => ({ protocol: 'tcp', to: { name }, port });

const names: Record<string, Target[]> = {
  web: [byName('api', 80), byName('was', 8000), byName('deaf', 80), byName('www', 80)],
  was: [byName('web', 80), byName('db', 5432)],
  plain: [byName('my-nginx', 80), byName('localhost', 80)],
  linked: [byName('ng', 80), byName('my-nginx', 80)],
};

/** Every question about the zoo, on one host. A few hundred; the same list for the same engine. */
export function zooQuestions(site: { ipv4: string; ipv6: string }, places: ZooPlaces): PathQuestion[] {
  const containers = [...places.addresses].sort(([a], [b]) => (a < b ? -1 : 1));
  const direct = containers.flatMap(([name, addresses]) =>
    addresses.map((address) => tcp(address, containerPorts[name] ?? 80)),
  );
  const four = ({ to }: Target) => 'address' in to && !isIpv6(to.address);
  const closed = containers.flatMap(([name, addresses]) =>
    ['plain', 'web', 'q2'].includes(name) ? addresses.slice(0, 1).map((address) => tcp(address, 81)) : [],
  );
  const pings = containers.flatMap(([name, addresses]) =>
    ['my-nginx', 'api', 'q2', 'v6', 'op2'].includes(name) ? addresses.map(ping) : [],
  );
  const datagrams = containers.flatMap(([name, addresses]) =>
    ['web', 'v6'].includes(name) ? addresses.map((address) => udp(address, udpPorts.container)) : [],
  );
  const toHost = (ports: readonly number[]) => ports.map((port) => tcp(site.ipv4, port));
  const hostUdp = [udpPorts.published, udpPorts.host, udpPorts.closed].map((port) => udp(site.ipv4, port));
  const hostSix = [8080, 8087, 8082, 9090, 7000, 6666].map((port) => tcp(site.ipv6, port));
  const outward = [
    tcp(lanRouter.ipv4, lanEchoPort),
    udp(lanRouter.ipv4, udpPorts.echo),
    ping(lanRouter.ipv4),
    tcp(internetPeer.ipv4, lanEchoPort),
    udp(internetPeer.ipv4, udpPorts.echo),
    ping(internetPeer.ipv4),
    tcp(lanRouter.ipv6, lanEchoPort),
    udp(internetPeer.ipv6, udpPorts.echo),
    ping(internetPeer.ipv6),
  ];
  const outside = [...toHost(publishedPorts), ...hostUdp, ping(site.ipv4), ...hostSix, ping(site.ipv6)];
  const fromHost = [
    ...toHost(publishedPorts),
    ...publishedPorts.map((port) => tcp('127.0.0.1', port)),
    ...[8080, 9090, 6666].map((port) => tcp('::1', port)),
    ...hostUdp,
    udp('127.0.0.1', udpPorts.published),
    ...hostSix,
    ...direct,
    ...closed,
    ...pings,
    ...datagrams,
    ...outward,
    tcp('172.30.1.77', 80),
  ];
  // The macvlan container has the LAN's router as its gateway, which would send packets for the host's networks back to the host: what the
  // router does is not in a snapshot of the host.
  const fromMacvlan = [...toHost(someOfPublished), ...hostSix, ping(site.ipv4), ...outward, tcp('127.0.0.1', 80)];
  const fromContainer = [
    ...toHost(someOfPublished),
    ...hostUdp.slice(0, 2),
    ping(site.ipv4),
    ...hostSix.slice(0, 2),
    ...places.gateways.map((gateway) => tcp(gateway, 8080)),
    ...direct,
    ...closed.slice(0, 2),
    ...pings,
    ...datagrams,
    ...outward,
    tcp('127.0.0.1', 80),
    tcp('172.30.1.77', 80),
  ];
  const running = sendingContainers.filter((name) => places.pids.has(name));
  const ask = (from: Sender, targets: readonly Target[]) =>
    targets.map((target): PathQuestion => ({ from, ...target }));
  return [
    ...ask('lan', [...outside, ...direct, ...closed, ...pings, ...datagrams]),
    ...ask('internet', [...outside, ...direct.filter(four), ...pings.filter(four)]),
    ...ask('host', fromHost),
    ...running.flatMap((name) =>
      ask(`container:${name}`, [...(name === 'mac' ? fromMacvlan : fromContainer), ...(names[name] ?? [])]),
    ),
  ];
}
