import type { Draw } from './ruleFuzzDraw.ts';
import { drawNftMatch, type NftPlace } from './ruleFuzzNftMatch.ts';
import {
  everyAddress,
  type FuzzFamily,
  fuzzMarks,
  fuzzPorts,
  fuzzPrefixes,
  hostsOf,
  routerAddresses,
} from './ruleFuzzPlaces.ts';
import type { FuzzChain, FuzzTable } from './ruleFuzzSet.ts';

const priorities: Record<NftPlace['hook'], readonly string[]> = {
  prerouting: ['raw', 'mangle', 'dstnat', 'filter', '-250', '-101', '-99', 'raw - 5', '5'],
  input: ['mangle', 'filter', 'security', 'filter + 1', '-10'],
  forward: ['mangle', 'filter', 'security', 'filter - 1', '10'],
  output: ['raw', 'mangle', 'filter', 'security', '-101', '-99', '-250'],
  postrouting: ['mangle', 'filter', 'srcnat', '99', '101', 'srcnat + 5'],
};
const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

/** Tables of all three families, each with base chains, chains to jump to, sets and maps. */
export function fuzzNft(draw: Draw): FuzzTable[] {
  const count = draw.int(1, 3);
  return Array.from({ length: count }, (_, at) => table(draw, `t${at}`));
}

function table(draw: Draw, name: string): FuzzTable {
  const family = draw.pick(['ip', 'ip6', 'inet', 'inet'] as const);
  const chains: FuzzChain[] = [];
  const translates = draw.chance(0.4);
  const users = Array.from({ length: draw.int(1, 4) }, (_, at) => `c${at}`);
  const place = (given: Pick<NftPlace, 'hook' | 'below' | 'kind' | 'isBase'>): NftPlace => ({ family, ...given });
  for (const hook of draw.some(hooks, 1, 4)) {
    const kind = hook === 'output' && draw.chance(0.3) ? 'route' : 'filter';
    const policy = draw.chance(0.15) ? 'drop' : 'accept';
    const head = `type ${kind} hook ${hook} priority ${draw.pick(priorities[hook])}; policy ${policy};`;
    const where = place({ hook, below: users, kind, isBase: true });
    chains.push({ name: hook, head, rules: rules(draw, where, draw.int(1, 5)) });
  }
  for (const [at, user] of users.entries()) {
    // A chain that is jumped to from many hooks may hold only what all of them allow.
    const where = place({ hook: 'forward', below: users.slice(at + 1), kind: 'any', isBase: false });
    chains.push({ name: user, head: null, rules: rules(draw, where, draw.int(1, 4)) });
  }
  for (const hook of translates ? draw.some(['prerouting', 'output', 'postrouting', 'input'] as const, 1, 3) : []) {
    const place100 =
      hook === 'postrouting' || hook === 'input' ? draw.pick(['100', '90', '110']) : draw.pick(['-100', '-90', '-110']);
    const head = `type nat hook ${hook} priority ${place100}; policy accept;`;
    const where = place({ hook, below: [], kind: 'nat', isBase: true });
    chains.push({ name: `nat_${hook}`, head, rules: rules(draw, where, draw.int(1, 4)) });
  }
  return { language: 'nft', family, name, declarations: declarations(draw, { family, users }), chains };
}

/** Named sets and maps that any rule of the table may use. */
function declarations(
  draw: Draw,
  { family, users }: { family: NftPlace['family']; users: readonly string[] },
): string[] {
  const [last = 'c0'] = users.slice(-1);
  const verdict = () => draw.pick(['accept', 'drop', 'return', 'continue', `jump ${last}`, `goto ${last}`]);
  const each = <T>(list: readonly T[], text: (item: T) => string) => draw.some(list, 1, 3).map(text).join(', ');
  const ofFamily = (number: FuzzFamily) => {
    const type = number === 4 ? 'ipv4_addr' : 'ipv6_addr';
    return [
      `set hosts${number} { type ${type}; elements = { ${each(everyAddress(number), String)} }; }`,
      `set nets${number} { type ${type}; flags interval; auto-merge; elements = { ${each(fuzzPrefixes[number].slice(0, 5), String)} }; }`,
      `set services${number} { type ${type} . inet_proto . inet_service; elements = { ${each(everyAddress(number), (address) => `${address} . ${draw.pick(['tcp . 80', 'tcp . 443', 'udp . 53'])}`)} }; }`,
      `set areas${number} { type ${type} . inet_service; flags interval; elements = { ${each(fuzzPrefixes[number].slice(0, 2), (prefix) => `${prefix} . ${draw.pick(['80', '53-500', '1000-9000'])}`)} }; }`,
      `map marks${number} { type ${type} : mark; elements = { ${each(everyAddress(number), (address) => `${address} : ${draw.pick(fuzzMarks)}`)} }; }`,
      `map ways${number} { type ${type} : verdict; elements = { ${each(everyAddress(number), (address) => `${address} : ${verdict()}`)} }; }`,
      `map targets${number} { type inet_service : ${type}; elements = { ${each([...fuzzPorts.tcp, ...fuzzPorts.udp], (port) => `${port} : ${draw.pick(hostsOf(number))}`)} }; }`,
      `map places${number} { type inet_service : ${type} . inet_service; elements = { ${each(fuzzPorts.tcp, (port) => `${port} : ${draw.pick([...hostsOf(number), ...routerAddresses(number)])} . ${draw.pick(fuzzPorts.tcp)}`)} }; }`,
    ];
  };
  return [
    ...(family === 'ip6' ? [] : ofFamily(4)),
    ...(family === 'ip' ? [] : ofFamily(6)),
    `set doors { type inet_service; flags interval; elements = { ${each(['80', '53-79', '8000-9000', '443'], String)} }; }`,
    `set links { type ifname; elements = { ${each(['lan0', 'wan0', 'lo'], (name) => `"${name}"`)} }; }`,
    `map doorways { type inet_service : verdict; flags interval; elements = { ${each(['80', '53-79', '1000-9000', '443'], (ports) => `${ports} : ${verdict()}`)} }; }`,
  ];
}

const rules = (draw: Draw, place: NftPlace, count: number) => Array.from({ length: count }, () => rule(draw, place));

/** The family whose addresses a rule of this table names. */
function familyOf(draw: Draw, { family }: NftPlace): FuzzFamily {
  if (family === 'inet') return draw.pick([4, 6] as const);
  return family === 'ip' ? 4 : 6;
}

function rule(draw: Draw, place: NftPlace): string {
  const number = familyOf(draw, place);
  const matches = Array.from(
    {
      length: draw.weighted([
        [3, () => 0],
        [5, () => 1],
        [2.5, () => 2],
        [1, () => 3],
      ]),
    },
    () => drawNftMatch(draw, { place, family: number }),
  );
  const words = compatible([
    ...matches,
    ...(draw.chance(0.01) ? [draw.pick(['limit rate 1000/second', 'meta length < 5000'])] : []),
    ...(draw.chance(0.2) ? ['counter'] : []),
    ...(draw.chance(0.05) ? ['log prefix "seen: "'] : []),
    ...(place.kind === 'nat' ? [] : change(draw, { place, family: number })),
    ...end(draw, { place, family: number }),
  ]);
  return words.length === 0 ? 'counter' : words.join(' ');
}

/** What parts of a rule may name of the packet; nft refuses a rule that names two of one group. */
const groups: readonly (readonly (readonly [name: string, pattern: RegExp])[])[] = [
  [
    ['tcp', /\btcp (dport|sport|flags)|(l4proto|nexthdr|protocol) tcp\b|reject with tcp/],
    ['udp', /\budp (dport|sport)|(l4proto|nexthdr|protocol) udp\b/],
    ['icmp', /\bicmp type .*echo|(l4proto|protocol) icmp\b/],
    ['icmpv6', /\bicmpv6 type .*echo|(l4proto|nexthdr) ipv6-icmp\b/],
    ['several', /l4proto (!= )?\{|\bl4proto \.|\bth dport|l4proto vmap|(protocol|l4proto|nexthdr) !=/],
  ],
  [
    ['ip', /\bip (saddr|daddr|protocol|version|dscp)|nfproto (!= )?ipv4|\bicmp type|protocol ip\b/],
    ['ip6', /\bip6 (saddr|daddr|nexthdr|version|dscp)|nfproto (!= )?ipv6|\bicmpv6 type|protocol ip6\b/],
  ],
];

/** The parts of a rule without those that name another protocol than one before them. */
function compatible(parts: readonly string[]): string[] {
  const settled = groups.map((): string | null => null);
  return parts.filter((part) => {
    const named = groups.map((group) => group.flatMap(([name, pattern]) => (pattern.test(part) ? [name] : [])));
    const fits = named.every((names, at) => {
      const before = settled[at] ?? null;
      return (
        names.length === 0 || (names.length === 1 && (before === null || (before === names[0] && before !== 'several')))
      );
    });
    if (fits) for (const [at, [name]] of named.entries()) settled[at] = name ?? settled[at] ?? null;
    return fits;
  });
}

interface Where {
  place: NftPlace;
  family: FuzzFamily;
}

/** Statements after which the rule goes on. */
function change(draw: Draw, { place, family }: Where): string[] {
  if (!draw.chance(0.25)) return [];
  const ip = family === 4 ? 'ip' : 'ip6';
  return [
    draw.pick([
      `meta mark set ${draw.pick(fuzzMarks)}`,
      `meta mark set meta mark | ${draw.pick(fuzzMarks)}`,
      `meta mark set meta mark & ${draw.pick(['0xf0', '0x0f'])}`,
      `meta mark set meta mark ^ ${draw.pick(fuzzMarks)}`,
      `meta mark set meta mark & 0xffffff0f | ${draw.pick(['0x10', '0x20'])}`,
      `meta mark set ${ip} ${draw.pick(['saddr', 'daddr'])} map @marks${family}`,
      `meta mark set tcp dport map { 80 : 0x1, 443 : 0x10 }`,
      `meta mark set ct mark`,
      `ct mark set meta mark`,
      `ct mark set ${draw.pick(fuzzMarks)}`,
      ...(place.hook === 'prerouting' || place.hook === 'output' ? ['notrack'] : []),
    ]),
  ];
}

/** What the rule ends with, if it ends. */
function end(draw: Draw, where: Where): string[] {
  const { place, family } = where;
  const ip = family === 4 ? 'ip' : 'ip6';
  const { below } = place;
  const rejects = place.isBase && ['input', 'forward', 'output'].includes(place.hook) && place.kind === 'filter';
  const words = draw.weighted<string>([
    [4, () => 'accept'],
    [1, () => 'drop'],
    [1.5, () => 'return'],
    [3, () => ''],
    [0.3, () => 'continue'],
    ...(rejects ? ([[2, () => rejection(draw, where)]] as const) : []),
    ...(below.length === 0
      ? []
      : ([
          [5, () => `jump ${draw.pick(below)}`],
          [1.5, () => `goto ${draw.pick(below)}`],
          [1.5, () => `${ip} ${draw.pick(['saddr', 'daddr'])} vmap @ways${family}`],
          [1, () => `${draw.pick(['tcp', 'udp'])} dport vmap @doorways`],
          [1.5, () => inlineVmap(draw, where)],
        ] as const)),
    ...(place.kind === 'nat' ? ([[9, () => translation(draw, where)]] as const) : []),
  ]);
  // A verdict map in a chain refers to the last chain; there it would be a loop.
  return words === '' || (below.length === 0 && words.includes('@'))
    ? place.kind === 'nat' && words !== ''
      ? [words]
      : []
    : [words];
}

function inlineVmap(draw: Draw, { place }: Where): string {
  const verdict = () =>
    draw.pick(['accept', 'drop', 'return', `jump ${draw.pick(place.below)}`, `goto ${draw.pick(place.below)}`]);
  return draw.pick([
    `ct state vmap { new : ${verdict()}, established : ${verdict()}, related : accept }`,
    `meta l4proto vmap { tcp : ${verdict()}, udp : ${verdict()} }`,
    `meta l4proto . th dport vmap { tcp . 80 : ${verdict()}, udp . 53 : ${verdict()}, tcp . 8080 : ${verdict()} }`,
    `meta mark vmap { 0x1 : ${verdict()}, 0x10 : ${verdict()}, 0x0 : ${verdict()} }`,
    `iifname vmap { "lan0" : ${verdict()}, "wan0" : ${verdict()} }`,
    `tcp dport vmap { 80-443 : ${verdict()}, 8080 : ${verdict()}, * : continue }`,
  ]);
}

function rejection(draw: Draw, { place, family }: Where): string {
  // Of an inet table nft may print it without its family, unless something but a match stands right before it: then it is open.
  if (draw.chance(0.3)) return `meta l4proto tcp ${draw.chance(0.9) ? 'counter ' : ''}reject with tcp reset`;
  if (place.family === 'inet' && draw.chance(0.5))
    return `reject with icmpx type ${draw.pick(['port-unreachable', 'admin-prohibited', 'host-unreachable', 'no-route'])}`;
  return family === 4
    ? `reject with icmp type ${draw.pick(['port-unreachable', 'host-prohibited', 'admin-prohibited', 'net-unreachable'])}`
    : `reject with icmpv6 type ${draw.pick(['port-unreachable', 'admin-prohibited', 'no-route'])}`;
}

function translation(draw: Draw, { place, family }: Where): string {
  const ip = place.family === 'inet' ? (family === 4 ? ' ip' : ' ip6') : '';
  const own = family === 4 ? 'ip' : 'ip6';
  const guard = place.family === 'inet' ? `meta nfproto ipv${family} ` : '';
  if (place.hook === 'prerouting' || place.hook === 'output') {
    const target = draw.pick([...hostsOf(family), ...routerAddresses(family)]);
    const [door, protocol] = draw.pick([
      [draw.pick(fuzzPorts.tcp), 'tcp'],
      [53, 'udp'],
    ] as const);
    return draw.weighted<string>([
      [2, () => `${guard}dnat${ip} to ${target}`],
      [2, () => `${guard}meta l4proto ${protocol} dnat${ip} to ${family === 6 ? `[${target}]` : target}:${door}`],
      [1, () => `${guard}meta l4proto tcp dnat${ip} to tcp dport map @targets${family}`],
      [1, () => `${guard}meta l4proto tcp dnat ${own} to tcp dport map @places${family}`],
      [
        1,
        () =>
          `${guard}meta l4proto tcp dnat${ip} to tcp dport map { 80 : ${target}, 443 : ${draw.pick(hostsOf(family))} }`,
      ],
      [1, () => `meta l4proto ${protocol} redirect to :${door}`],
      [1, () => 'redirect'],
    ]);
  }
  if (place.hook === 'postrouting' && draw.chance(0.5)) return 'masquerade';
  return `${guard}snat${ip} to ${draw.pick(routerAddresses(family))}`;
}
