import type { Draw } from './ruleFuzzDraw.ts';
import {
  everyAddress,
  type FuzzFamily,
  fuzzAddresses,
  fuzzLinks,
  fuzzMarks,
  fuzzPorts,
  fuzzPrefixes,
  fuzzRanges,
  hostsOf,
  routerAddresses,
} from './ruleFuzzPlaces.ts';
import type { FuzzChain, FuzzTable } from './ruleFuzzSet.ts';

type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

/** Base chains of each table, in groups: the user chains of a group are jumped to from its base chains only. */
const groups: Record<TableName, readonly (readonly Hook[])[]> = {
  raw: [['PREROUTING', 'OUTPUT']],
  mangle: [['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']],
  nat: [
    ['PREROUTING', 'OUTPUT'],
    ['INPUT', 'POSTROUTING'],
  ],
  filter: [['INPUT', 'FORWARD', 'OUTPUT']],
};

/** Where a rule stands. `hook` null: in a user chain. */
interface Place {
  table: TableName;
  hook: Hook | null;
  side: 'destination' | 'source';
  family: FuzzFamily;
  /** User chains that may be jumped to from here. */
  below: readonly string[];
}

/** The matches of a rule, in iptables' words, and the protocol that they settle. */
interface Matches {
  words: string[];
  protocol: 'tcp' | 'udp' | null;
}

/** The ipsets of a family, by name. Their types decide how a rule names the packet's sides. */
export function fuzzIpsets(draw: Draw, family: FuzzFamily): string[] {
  const word = family === 4 ? 'inet' : 'inet6';
  const make = (name: string, type: string, elements: string[]) => [
    `create ${name} ${type} family ${word}`,
    ...elements.map((element) => `add ${name} ${element}`),
  ];
  const ports = draw.some(fuzzPorts.tcp, 1, 2).map((port) => `tcp:${port}`);
  return [
    ...make(`hosts${family}`, 'hash:ip', draw.some(everyAddress(family).slice(0, 7), 1, 4)),
    ...make(
      `nets${family}`,
      'hash:net',
      draw
        .some(fuzzPrefixes[family], 1, 3)
        .map((prefix, at) => (at === 1 && draw.chance(0.4) ? `${prefix} nomatch` : prefix)),
    ),
    ...make(
      `services${family}`,
      'hash:ip,port',
      draw
        .some(everyAddress(family).slice(0, 7), 1, 4)
        .map((address) => `${address},${draw.pick([...ports, 'udp:53', 'tcp:443'])}`),
    ),
    ...(family === 4
      ? ['create ports bitmap:port range 0-9000', 'add ports 80', 'add ports 53', 'add ports 5000-6000']
      : []),
  ];
}

export function fuzzIptables(draw: Draw, family: FuzzFamily): FuzzTable[] {
  const names: TableName[] = ['raw', 'mangle', 'nat', 'filter'];
  const chosen = names.filter((name) => draw.chance({ raw: 0.35, mangle: 0.5, nat: 0.6, filter: 0.85 }[name]));
  return chosen.map((name): FuzzTable => {
    const chains: FuzzChain[] = groups[name].flatMap((hooks, group) => {
      const side = name === 'nat' && group === 1 ? 'source' : 'destination';
      const users = Array.from({ length: draw.int(0, 4) }, (_, at) => `${name}-${group}${'abcd'[at]}`);
      const base = hooks.map((hook): FuzzChain => {
        const place: Place = { table: name, hook, side, family, below: users };
        const policy = name === 'filter' && draw.chance(0.2) ? 'DROP' : 'ACCEPT';
        return { name: hook, head: policy, rules: rules(draw, place, draw.int(0, 5)) };
      });
      const regular = users.map((user, at): FuzzChain => {
        const place: Place = { table: name, hook: null, side, family, below: users.slice(at + 1) };
        return { name: user, head: null, rules: rules(draw, place, draw.int(1, 4)) };
      });
      return [...base, ...regular];
    });
    return { language: 'iptables', family: family === 4 ? 'ip' : 'ip6', name, declarations: [], chains };
  });
}

const rules = (draw: Draw, place: Place, count: number) => Array.from({ length: count }, () => rule(draw, place));

function rule(draw: Draw, place: Place): string {
  const matches = drawMatches(draw, place);
  return [...matches.words, ...target(draw, place, matches)].join(' ');
}

function drawMatches(draw: Draw, place: Place): Matches {
  const { family, hook } = place;
  const not = () => (draw.chance(0.2) ? '! ' : '');
  const words: string[] = [];
  const side = () => draw.pick(['-s', '-d']);
  if (draw.chance(0.35)) {
    const where = draw.weighted<string>([
      [3, () => draw.pick(everyAddress(family))],
      [3, () => draw.pick(fuzzPrefixes[family])],
      [0.3, () => (family === 4 ? '10.2.0.2/255.255.0.255' : 'fd02::2/ffff::ffff')],
    ]);
    words.push(`${not()}${side()} ${where}`);
  }
  const into = hook === null || hook === 'PREROUTING' || hook === 'INPUT' || hook === 'FORWARD';
  const out = hook === null || hook === 'OUTPUT' || hook === 'POSTROUTING' || hook === 'FORWARD';
  if (into && draw.chance(0.2)) words.push(`${not()}-i ${draw.pick([...fuzzLinks, 'w+', 'lan+'])}`);
  if (out && draw.chance(0.2)) words.push(`${not()}-o ${draw.pick([...fuzzLinks, 'wan+'])}`);
  const { words: transport, protocol } = drawTransport(draw, family);
  words.push(...transport);
  if (draw.chance(0.01))
    words.push(draw.pick(['-m ttl --ttl-gt 3', '-m limit --limit 1000/sec'].slice(family === 4 ? 0 : 1)));
  words.push(...draw.some(extraMatches(draw, place), 0, 2).filter(() => draw.chance(0.5)));
  return { words, protocol };
}

const portRange = (draw: Draw) => draw.pick(['80', '443', '53', '8080', '80:443', '5000:9000', ':100', '20000:', '81']);

function drawTransport(draw: Draw, family: FuzzFamily): Matches {
  const not = () => (draw.chance(0.2) ? '! ' : '');
  const ofPorts = (protocol: 'tcp' | 'udp') =>
    draw.weighted<string>([
      [2, () => ''],
      [3, () => `-m ${protocol} ${not()}--dport ${portRange(draw)}`],
      [1, () => `-m ${protocol} ${not()}--sport ${portRange(draw)}`],
      [
        2,
        () =>
          `-m multiport ${not()}--${draw.pick(['dports', 'sports', 'ports'])} ${draw.some(['80', '443', '53', '8080:8090', '5353'], 1, 3).join(',')}`,
      ],
    ]);
  return draw.weighted<Matches>([
    [4, () => ({ words: [], protocol: null })],
    [3, () => ({ words: ['-p tcp', ofPorts('tcp')], protocol: 'tcp' })],
    [
      0.6,
      () => ({
        words: ['-p tcp', `-m tcp ${not()}--tcp-flags FIN,SYN,RST,ACK ${draw.pick(['SYN', 'SYN,ACK'])}`],
        protocol: 'tcp',
      }),
    ],
    [0.4, () => ({ words: ['-p tcp', `-m tcp ${not()}--syn`], protocol: 'tcp' })],
    [2, () => ({ words: ['-p udp', ofPorts('udp')], protocol: 'udp' })],
    [0.7, () => ({ words: [`! -p ${draw.pick(['tcp', 'udp'])}`], protocol: null })],
    [
      1,
      () => ({
        words:
          family === 4
            ? ['-p icmp', `-m icmp ${not()}--icmp-type ${draw.pick(['8', 'echo-request', 'echo-reply', 'any', '3/1'])}`]
            : [
                '-p ipv6-icmp',
                `-m icmp6 ${not()}--icmpv6-type ${draw.pick(['128', 'echo-request', 'echo-reply', '1/4'])}`,
              ],
        protocol: null,
      }),
    ],
  ]);
}

/** Matches that need no protocol. */
function extraMatches(draw: Draw, { table, family, hook }: Place): string[] {
  const not = () => (draw.chance(0.2) ? '! ' : '');
  const side = () => draw.pick(['src', 'dst']);
  const states = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED', 'DNAT', 'SNAT'];
  const types = ['LOCAL', 'UNICAST', 'MULTICAST', 'LOCAL,UNICAST', ...(family === 4 ? ['BROADCAST'] : [])];
  const limit = hook === 'PREROUTING' || hook === 'INPUT' ? ' --limit-iface-in' : '';
  const { server, client } = fuzzAddresses[family];
  return [
    `-m conntrack ${not()}--ctstate ${draw.some(states, 1, 3).join(',')}`,
    `-m conntrack ${not()}--ctstate ${draw.pick(['NEW', 'ESTABLISHED', 'NEW,ESTABLISHED'])}`,
    `-m conntrack --ctdir ${draw.pick(['ORIGINAL', 'REPLY'])}`,
    `-m conntrack ${not()}--ctorigdst ${draw.pick([...server, ...routerAddresses(family)])}`,
    `-m conntrack --ctproto ${draw.pick(['tcp', 'udp'])} ${not()}--ctorigdstport ${draw.pick(['80', '53', '443:9000'])}`,
    `-m conntrack ${not()}--ctstatus ${draw.pick(['NONE', 'SEEN_REPLY', 'CONFIRMED', 'SEEN_REPLY,CONFIRMED', 'EXPECTED'])}`,
    `-m state --state ${draw.pick(['NEW', 'ESTABLISHED', 'INVALID', 'UNTRACKED,NEW'])}`,
    `-m mark ${not()}--mark ${draw.pick(fuzzMarks)}${draw.chance(0.5) ? '/0xf0' : ''}`,
    `-m connmark ${not()}--mark ${draw.pick(fuzzMarks)}${draw.chance(0.5) ? '/0xf' : ''}`,
    `-m addrtype ${not()}--${draw.pick(['src', 'dst'])}-type ${draw.pick(types)}${draw.chance(0.15) ? limit : ''}`,
    `-m set ${not()}--match-set hosts${family} ${side()}`,
    `-m set ${not()}--match-set nets${family} ${side()}`,
    `-m set ${not()}--match-set services${family} ${side()},${side()}`,
    ...(family === 4 ? [`-m set ${not()}--match-set ports ${side()}`] : []),
    `-m iprange ${not()}--${side()}-range ${draw.pick(fuzzRanges[family])}`,
    `-m pkttype ${not()}--pkt-type ${draw.pick(['unicast', 'broadcast', 'host'])}`,
    `-m comment --comment "${draw.pick(['a rule', 'it\'s "quoted"'.replaceAll('"', '\\"'), client[0]])}"`,
    ...(hook === 'PREROUTING' && table !== 'nat'
      ? [`-m rpfilter${draw.chance(0.5) ? ' --invert' : ''}${draw.chance(0.3) ? ' --loose' : ''}`]
      : []),
    `-m length ${not()}--length ${draw.pick(['0:20', '20:65535'])}`,
  ];
}

const rejectKinds = {
  4: ['icmp-port-unreachable', 'icmp-host-prohibited', 'icmp-admin-prohibited', 'icmp-net-unreachable'],
  6: ['icmp6-port-unreachable', 'icmp6-adm-prohibited', 'icmp6-no-route'],
} as const;

function target(draw: Draw, place: Place, { protocol }: Matches): string[] {
  const { table, below, family, side } = place;
  const mark = () =>
    draw.pick([
      `--set-mark ${draw.pick(fuzzMarks)}`,
      `--set-xmark ${draw.pick(fuzzMarks)}/0xf0`,
      `--and-mark ${draw.pick(['0xf0', '0x0f'])}`,
      `--or-mark ${draw.pick(fuzzMarks)}`,
      `--xor-mark ${draw.pick(fuzzMarks)}`,
    ]);
  const own: Record<TableName, readonly (readonly [number, () => string])[]> = {
    raw: [
      [2, () => '-j DROP'],
      [3, () => draw.pick(['-j CT --notrack', '-j NOTRACK'])],
      [2, () => `-j MARK ${mark()}`],
    ],
    mangle: [
      [6, () => `-j MARK ${mark()}`],
      [1, () => '-j DROP'],
      [
        2,
        () =>
          `-j CONNMARK ${draw.pick([`--set-mark ${draw.pick(fuzzMarks)}`, '--save-mark', '--restore-mark', '--save-mark --nfmask 0xf0 --ctmask 0xf0'])}`,
      ],
    ],
    nat: [[9, () => translation(draw, { family, side, hook: place.hook, protocol })]],
    filter: [
      [2, () => '-j DROP'],
      [
        2,
        () =>
          `-j REJECT${draw.chance(0.7) ? ` --reject-with ${protocol === 'tcp' && draw.chance(0.5) ? 'tcp-reset' : draw.pick(rejectKinds[family])}` : ''}`,
      ],
    ],
  };
  const words = draw.weighted<string>([
    [4, () => '-j ACCEPT'],
    [2, () => '-j RETURN'],
    [1.5, () => ''],
    [1, () => '-j LOG --log-prefix "seen: "'],
    ...(below.length === 0
      ? []
      : ([
          [7, () => `-j ${draw.pick(below)}`],
          [2, () => `-g ${draw.pick(below)}`],
        ] as const)),
    ...own[table],
  ]);
  return words === '' ? [] : [words];
}

function translation(
  draw: Draw,
  {
    family,
    side,
    hook,
    protocol,
  }: { family: FuzzFamily; side: Place['side']; hook: Hook | null; protocol: Matches['protocol'] },
): string {
  const withPort = (address: string) => {
    if (protocol === null || draw.chance(0.5)) return address;
    const port = draw.pick(protocol === 'tcp' ? [...fuzzPorts.tcp, fuzzPorts.tcpClosed] : fuzzPorts.udp);
    return `${family === 6 ? `[${address}]` : address}:${port}`;
  };
  if (side === 'destination') {
    return draw.weighted<string>([
      [3, () => `-j DNAT --to-destination ${withPort(draw.pick([...hostsOf(family), ...routerAddresses(family)]))}`],
      [
        2,
        () =>
          `-j REDIRECT${protocol !== null && draw.chance(0.6) ? ` --to-ports ${draw.pick(protocol === 'tcp' ? fuzzPorts.tcp : fuzzPorts.udp)}` : ''}`,
      ],
    ]);
  }
  const snat = () => `-j SNAT --to-source ${draw.pick(routerAddresses(family))}`;
  if (hook !== 'POSTROUTING') return snat();
  return draw.weighted<string>([
    [2, snat],
    [3, () => '-j MASQUERADE'],
  ]);
}
