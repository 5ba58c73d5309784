import { internetPeer, lanEchoPort, lanRouter } from '../lan.ts';
import type { PathQuestion, Sender } from './pathQuestion.ts';
import type { ZooPlaces } from './zooPlaces.ts';
import { udpPorts } from './zooQuestions.ts';

type Target = Omit<PathQuestion, 'from'>;

/** What every scenario is asked: each kind of way once or twice, so that a change shows where it should and nowhere else. */
export function scenarioQuestions({ ipv4, ipv6 }: { ipv4: string; ipv6: string }, places: ZooPlaces): PathQuestion[] {
  const tcp = (address: string, port: number): Target => ({ protocol: 'tcp', to: { address }, port });
  const udp = (address: string, port: number): Target => ({ protocol: 'udp', to: { address }, port });
  const ping = (address: string): Target => ({ protocol: 'icmp', to: { address }, port: 0 });
  const first = (name: string) => places.addresses.get(name)?.[0] ?? '';
  const inward = [
    ...[8080, 8081, 9090, 7000, 6666, 7002].map((port) => tcp(ipv4, port)),
    udp(ipv4, udpPorts.host),
    udp(ipv4, udpPorts.published),
    ping(ipv4),
    tcp(ipv6, 8080),
    tcp(ipv6, 7000),
    ping(ipv6),
  ];
  const direct = [
    ...['my-nginx', 'api', 'q2', 'nm', 'web', 'v6'].map((name) => tcp(first(name), 80)),
    tcp('fd00:6::2', 80),
    ping(first('my-nginx')),
    udp(first('v6'), udpPorts.container),
  ];
  const outward = [
    tcp(lanRouter.ipv4, lanEchoPort),
    tcp(internetPeer.ipv4, lanEchoPort),
    udp(internetPeer.ipv4, udpPorts.echo),
    ping(internetPeer.ipv4),
    tcp(lanRouter.ipv6, lanEchoPort),
    udp(internetPeer.ipv6, udpPorts.echo),
  ];
  const ask = (from: Sender, targets: readonly Target[]) =>
    targets.map((target): PathQuestion => ({ from, ...target }));
  return [
    ...ask('lan', [...inward, ...direct]),
    ...ask('internet', [...inward, ...direct.filter(({ to }) => 'address' in to && !to.address.includes(':'))]),
    ...ask('host', [...inward, tcp('127.0.0.1', 8080), ...direct, ...outward, tcp('172.30.1.77', 80)]),
    ...(['plain', 'web', 'q1', 'nm', 'v6'] as const).flatMap((name) =>
      ask(`container:${name}`, [...inward, ...direct, ...outward]),
    ),
  ];
}
