import type { Draw } from './ruleFuzzDraw.ts';
import {
  everyAddress,
  type FuzzFamily,
  fuzzLinks,
  fuzzMarks,
  fuzzPrefixes,
  fuzzRanges,
  hostsOf,
  routerAddresses,
} from './ruleFuzzPlaces.ts';

/** Where an nft rule stands. `below`: chains that may be jumped to from here. `kind` "any": a chain that may be called from every hook. */
export interface NftPlace {
  family: 'ip' | 'ip6' | 'inet';
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  kind: 'filter' | 'route' | 'nat' | 'any';
  isBase: boolean;
  below: readonly string[];
}

/** One match, in nft's words. In an `inet` table it names addresses of the given family. */
export function drawNftMatch(draw: Draw, { place, family }: { place: NftPlace; family: FuzzFamily }): string {
  return draw.weighted<string>([
    [5, () => ofAddress(draw, family)],
    [5, () => ofPort(draw)],
    [2, () => ofProtocol(draw, { place, family })],
    [3, () => ofConntrack(draw, family)],
    [3, () => ofMark(draw)],
    [3, () => ofLink(draw, place)],
    [2, () => ofFib(draw, place)],
    [2.5, () => ofConcatenation(draw, { place, family })],
    [1, () => ofOther(draw, { place, family })],
  ]);
}

const not = (draw: Draw) => (draw.chance(0.2) ? '!= ' : '');
const side = (draw: Draw) => draw.pick(['saddr', 'daddr'] as const);
const ipWord = (family: FuzzFamily) => (family === 4 ? 'ip' : 'ip6');
const port = (draw: Draw) => draw.pick(['80', '443', '53', '8080', '81']);

function ofAddress(draw: Draw, family: FuzzFamily): string {
  const field = `${ipWord(family)} ${side(draw)}`;
  const addresses = everyAddress(family);
  return draw.weighted<string>([
    [3, () => `${field} ${not(draw)}${draw.pick(addresses)}`],
    [3, () => `${field} ${not(draw)}${draw.pick(fuzzPrefixes[family])}`],
    [1, () => `${field} ${not(draw)}${draw.pick(fuzzRanges[family].slice(0, 3))}`],
    [2, () => `${field} ${not(draw)}{ ${draw.some(addresses, 2, 4).join(', ')} }`],
    [1, () => `${field} ${not(draw)}{ ${draw.pick(fuzzPrefixes[family].slice(0, 2))}, ${fuzzPrefixes[family][4]} }`],
    [1, () => `${field} ${not(draw)}@hosts${family}`],
    [1, () => `${field} ${not(draw)}@nets${family}`],
    [
      0.7,
      () =>
        family === 4
          ? `ip ${side(draw)} & 0.0.0.255 ${draw.pick(['==', '!='])} 0.0.0.2`
          : `ip6 ${side(draw)} & ::ffff ${draw.pick(['==', '!='])} ::2`,
    ],
    [0.5, () => `${field} ${draw.pick(['<', '>', '<=', '>='])} ${draw.pick(addresses)}`],
  ]);
}

function ofPort(draw: Draw): string {
  const field = draw.pick(['tcp dport', 'tcp dport', 'udp dport', 'th dport', 'tcp sport', 'udp sport']);
  const guard = field.startsWith('th') ? 'meta l4proto { tcp, udp } ' : '';
  return `${guard}${field} ${draw.weighted<string>([
    [4, () => `${not(draw)}${port(draw)}`],
    [2, () => `${not(draw)}${draw.pick(['53-443', '1000-9000', '20000-65535'])}`],
    [2, () => `${not(draw)}{ ${draw.some(['80', '443', '53', '8080-8090', '5353'], 1, 3).join(', ')} }`],
    [2, () => `${not(draw)}@doors`],
    [0.7, () => `${draw.pick(['<', '>', '<=', '>='])} ${draw.pick(['80', '443', '1024'])}`],
  ])}`;
}

function ofProtocol(draw: Draw, { place, family }: { place: NftPlace; family: FuzzFamily }): string {
  return draw.pick([
    `meta l4proto ${not(draw)}${draw.pick(['tcp', 'udp', family === 4 ? 'icmp' : 'ipv6-icmp'])}`,
    `meta l4proto ${not(draw)}{ tcp, udp }`,
    family === 4
      ? `ip protocol ${not(draw)}${draw.pick(['tcp', 'udp', 'icmp'])}`
      : `ip6 nexthdr ${not(draw)}${draw.pick(['tcp', 'udp'])}`,
    family === 4 ? 'icmp type echo-request' : 'icmpv6 type echo-request',
    family === 4 ? 'icmp type { echo-request, echo-reply }' : 'icmpv6 type { echo-request, nd-neighbor-solicit }',
    'tcp flags syn',
    'tcp flags & (fin | syn | rst | ack) == syn',
    `tcp flags & syn ${draw.pick(['!= 0', '== 0'])}`,
    'tcp flags != syn',
    ...(place.family === 'inet' ? [`meta nfproto ${not(draw)}${draw.pick(['ipv4', 'ipv6'])}`] : []),
  ]);
}

function ofConntrack(draw: Draw, family: FuzzFamily): string {
  const ip = ipWord(family);
  const address = () => draw.pick([...hostsOf(family), ...routerAddresses(family)]);
  return draw.pick([
    `ct state ${draw.pick(['new', 'established', 'established,related', 'new,untracked', 'invalid', 'untracked'])}`,
    `ct state ${draw.pick(['new', 'established'])}`,
    `ct state != ${draw.pick(['new', 'established', 'invalid'])}`,
    `ct state { ${draw.pick(['new, untracked', 'established, related', 'invalid, new'])} }`,
    `ct direction ${draw.pick(['original', 'reply'])}`,
    `ct status ${draw.pick(['dnat', 'snat', 'seen-reply', 'confirmed'])}`,
    `ct status & dnat ${draw.pick(['!=', '=='])} 0`,
    `ct mark ${not(draw)}${draw.pick(fuzzMarks)}`,
    `ct mark & 0xf0 ${draw.pick(['==', '!='])} ${draw.pick(['0x10', '0x20', '0x0'])}`,
    `ct original ${ip} ${side(draw)} ${not(draw)}${address()}`,
    `ct reply ${ip} ${side(draw)} ${not(draw)}${address()}`,
    `meta l4proto tcp ct original proto-dst ${not(draw)}${port(draw)}`,
  ]);
}

function ofMark(draw: Draw): string {
  return draw.pick([
    `meta mark ${not(draw)}${draw.pick([...fuzzMarks, '0x0'])}`,
    `meta mark & 0xf0 ${draw.pick(['==', '!='])} ${draw.pick(['0x10', '0x20', '0x0'])}`,
    `meta mark & ${draw.pick(fuzzMarks)} != 0x0`,
    `meta mark { ${draw.some([...fuzzMarks, '0x0'], 2, 3).join(', ')} }`,
    `meta mark ${draw.pick(['<', '>', '>='])} 0x10`,
    'meta mark 0x1-0x20',
  ]);
}

function ofLink(draw: Draw, { hook, isBase }: NftPlace): string {
  const word = draw.pick(
    isBase && hook === 'prerouting'
      ? ['iif']
      : isBase && (hook === 'output' || hook === 'postrouting')
        ? ['oif']
        : ['iif', 'oif'],
  );
  const name = () => draw.pick([...fuzzLinks]);
  return draw.weighted<string>([
    [4, () => `${word}name ${not(draw)}"${name()}"`],
    [1.5, () => `${word}name ${not(draw)}"${draw.pick(['wan*', 'l*'])}"`],
    [1.5, () => `${word}name ${not(draw)}{ "lan0", "lo" }`],
    [1, () => `${word}name ${not(draw)}@links`],
    [2, () => `${word} ${not(draw)}${draw.pick(['lan0', 'wan0', 'lo'])}`],
  ]);
}

function ofFib(draw: Draw, { hook, isBase }: NftPlace): string {
  const types = () => draw.pick(['local', 'unicast', '{ local, broadcast }', '!= local', '!= unicast']);
  const free = `fib ${side(draw)} type ${types()}`;
  if (!isBase) return free;
  if (hook === 'prerouting')
    return draw.pick([
      free,
      `fib saddr . iif oif ${draw.pick(['missing', 'exists', '!= 0'].slice(0, 2))}`,
      `fib daddr . iif type ${types()}`,
      'fib daddr oifname "wan0"',
      'fib saddr . mark . iif oif exists',
    ]);
  if (hook === 'output') return draw.pick([free, `fib daddr . oif type ${types()}`]);
  if (hook === 'input') return draw.pick([free, `fib daddr . iif type ${types()}`]);
  return free;
}

function ofConcatenation(draw: Draw, { place, family }: { place: NftPlace; family: FuzzFamily }): string {
  const ip = ipWord(family);
  const addresses = everyAddress(family);
  const some = (text: () => string, from: number, to: number) =>
    [...new Set(Array.from({ length: draw.int(from, to) }, text))].join(', ');
  return draw.pick([
    `${ip} ${side(draw)} . tcp dport ${not(draw)}{ ${some(() => `${draw.pick(addresses)} . ${port(draw)}`, 2, 4)} }`,
    `${ip} daddr . meta l4proto . th dport ${not(draw)}@services${family}`,
    `${ip} daddr . tcp dport ${not(draw)}@areas${family}`,
    `${ip} saddr . ${ip} daddr { ${some(() => `${draw.pick(addresses)} . ${draw.pick(addresses)}`, 2, 4)} }`,
    `${ip} saddr . ${ip} daddr { ${fuzzPrefixes[family][0]} . ${fuzzPrefixes[family][1]}, ${fuzzPrefixes[family][1]} . ${fuzzPrefixes[family][0]} }`,
    `meta l4proto . th dport { tcp . 80, udp . 53, tcp . 8080 }`,
    ...(place.hook === 'output' || place.hook === 'postrouting'
      ? []
      : [`iifname . ${ip} daddr { "lan0" . ${draw.pick(addresses)}, "wan0" . ${draw.pick(addresses)} }`]),
    `ct state . meta mark { new . 0x0, new . 0x10, established . 0x0 }`,
  ]);
}

function ofOther(draw: Draw, { place, family }: { place: NftPlace; family: FuzzFamily }): string {
  return draw.pick([
    `meta pkttype ${not(draw)}${draw.pick(['host', 'unicast', 'broadcast', 'multicast'])}`,
    `meta protocol ${draw.pick(place.family === 'inet' ? ['ip', 'ip6'] : [ipWord(family)])}`,
    family === 4 ? 'ip version 4' : 'ip6 version 6',
    family === 4 ? 'ip dscp cs0' : 'ip6 dscp cs0',
    'ct direction original ct state new',
  ]);
}
