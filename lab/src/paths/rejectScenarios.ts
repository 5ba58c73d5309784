import type { PathQuestion } from './pathQuestion.ts';
import type { PathScenario } from './pathScenario.ts';

const kinds4 = [
  'icmp-net-unreachable',
  'icmp-host-unreachable',
  'icmp-proto-unreachable',
  'icmp-port-unreachable',
  'icmp-net-prohibited',
  'icmp-host-prohibited',
  'icmp-admin-prohibited',
];
const kinds6 = ['icmp6-no-route', 'icmp6-adm-prohibited', 'icmp6-addr-unreachable', 'icmp6-port-unreachable'];

const firstPort = 7101;

/** One port of the host for each kind of rejection, for TCP and UDP alike; TCP has the reset as well. */
function rules(verb: '-A' | '-D'): string {
  const each = (tool: string, kinds: readonly string[]) =>
    kinds.flatMap((kind, at) =>
      ['tcp', 'udp'].map(
        (protocol) => `${tool} ${verb} INPUT -p ${protocol} --dport ${firstPort + at} -j REJECT --reject-with ${kind}`,
      ),
    );
  const reset = (tool: string) =>
    `${tool} ${verb} INPUT -p tcp --dport ${firstPort + 10} -j REJECT --reject-with tcp-reset`;
  return [...each('iptables', kinds4), reset('iptables'), ...each('ip6tables', kinds6), reset('ip6tables')].join('\n');
}

export const rejectScenarios: readonly PathScenario[] = [
  {
    name: 'REJECT of each kind on INPUT',
    apply: rules('-A'),
    undo: rules('-D'),
    questions: ({ ipv4, ipv6 }) =>
      [
        ...[...kinds4.keys(), 10].map((at) => ({ address: ipv4, port: firstPort + at })),
        ...[...kinds6.keys(), 10].map((at) => ({ address: ipv6, port: firstPort + at })),
      ].flatMap(({ address, port }) =>
        (['lan', 'host'] as const).flatMap((from) =>
          (['tcp', 'udp'] as const).map((protocol): PathQuestion => ({ from, protocol, to: { address }, port })),
        ),
      ),
  },
  {
    name: 'REJECT on FORWARD before Docker',
    apply: `
iptables -I FORWARD -s 172.30.1.0/24 -p tcp -j REJECT --reject-with icmp-host-prohibited
iptables -I FORWARD -s 172.17.0.0/16 -p udp -j REJECT --reject-with icmp-admin-prohibited`,
    undo: `
iptables -D FORWARD -s 172.30.1.0/24 -p tcp -j REJECT --reject-with icmp-host-prohibited
iptables -D FORWARD -s 172.17.0.0/16 -p udp -j REJECT --reject-with icmp-admin-prohibited`,
  },
];
