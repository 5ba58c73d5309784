import { z } from 'zod';

/*
 * A rule as iptables writes it: matches that must all hold, and a target. Every match that vethscope models has a kind of its own in
 * IptablesMatch; what is not modelled is kept as `unknown` with its words. Source: iptables extensions/libxt_*.c, libipt_*.c, libip6t_*.c.
 */

const not = { not: z.boolean() };
const range = z.object({ from: z.number(), to: z.number() });
const masked = { value: z.number(), mask: z.number() };
const tuple = z.enum(['origSource', 'origDestination', 'replySource', 'replyDestination']);

export const IptablesMatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source'), ...not, prefix: z.string() }),
  z.object({ kind: z.literal('destination'), ...not, prefix: z.string() }),
  z.object({ kind: z.literal('inLink'), ...not, name: z.string() }),
  z.object({ kind: z.literal('outLink'), ...not, name: z.string() }),
  z.object({ kind: z.literal('protocol'), ...not, protocol: z.string() }),
  z.object({ kind: z.literal('fragment'), ...not }),
  /** `-m tcp --sport/--dport`, `-m udp`, `-m sctp`, `-m dccp`. */
  z.object({ kind: z.literal('sourcePort'), ...not, protocol: z.string(), ports: range }),
  z.object({ kind: z.literal('destinationPort'), ...not, protocol: z.string(), ports: range }),
  z.object({
    kind: z.literal('multiport'),
    ...not,
    side: z.enum(['source', 'destination', 'either']),
    ports: z.array(range),
  }),
  /** Flag names in upper case, ALL and NONE already resolved. */
  z.object({ kind: z.literal('tcpFlags'), ...not, mask: z.array(z.string()), set: z.array(z.string()) }),
  z.object({ kind: z.literal('tcpOption'), ...not, option: z.number() }),
  /** `name` as written; `type` null is "any", `codes` null is every code. */
  z.object({
    kind: z.literal('icmpType'),
    ...not,
    family: z.union([z.literal(4), z.literal(6)]),
    name: z.string(),
    icmpType: z.number().nullable(),
    codes: range.nullable(),
  }),
  z.object({
    kind: z.literal('addrtype'),
    ...not,
    side: z.enum(['source', 'destination']),
    types: z.array(z.string()),
    limitIn: z.boolean(),
    limitOut: z.boolean(),
  }),
  /** `-m conntrack --ctstate` and `-m state --state`. */
  z.object({ kind: z.literal('ctState'), ...not, states: z.array(z.string()) }),
  z.object({ kind: z.literal('ctStatus'), ...not, statuses: z.array(z.string()) }),
  z.object({ kind: z.literal('ctDirection'), direction: z.enum(['original', 'reply']) }),
  z.object({ kind: z.literal('ctProtocol'), ...not, protocol: z.string() }),
  z.object({ kind: z.literal('ctAddress'), ...not, tuple, prefix: z.string() }),
  z.object({ kind: z.literal('ctPort'), ...not, tuple, ports: range }),
  /** `-m helper`: the helper that the connection has, "" for any. */
  z.object({ kind: z.literal('ctHelper'), ...not, helper: z.string() }),
  z.object({
    kind: z.literal('set'),
    ...not,
    name: z.string(),
    directions: z.array(z.enum(['src', 'dst'])),
    /** `--return-nomatch`: an element that is flagged nomatch makes the match hold. */
    returnNomatch: z.boolean(),
  }),
  z.object({ kind: z.literal('mark'), ...not, ...masked }),
  z.object({ kind: z.literal('connmark'), ...not, ...masked }),
  z.object({
    kind: z.literal('physdev'),
    ...not,
    test: z.enum(['in', 'out', 'isIn', 'isOut', 'isBridged']),
    name: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('iprange'),
    ...not,
    side: z.enum(['source', 'destination']),
    from: z.string(),
    to: z.string(),
  }),
  z.object({ kind: z.literal('mac'), ...not, address: z.string() }),
  z.object({ kind: z.literal('pkttype'), ...not, type: z.string() }),
  /** `value` as written; `ids` where it is numeric. `supplementary`: gid also among the supplementary groups. */
  z.object({
    kind: z.literal('owner'),
    ...not,
    test: z.enum(['uid', 'gid', 'socketExists']),
    value: z.string().nullable(),
    ids: range.nullable(),
    supplementary: z.boolean(),
  }),
  z.object({ kind: z.literal('length'), ...not, lengths: range }),
  /** IPv4 TTL and, from `-m hl`, the IPv6 hop limit. */
  z.object({ kind: z.literal('ttl'), ...not, compare: z.enum(['eq', 'lt', 'gt']), value: z.number() }),
  z.object({ kind: z.literal('dscp'), ...not, value: z.number() }),
  z.object({ kind: z.literal('tos'), ...not, ...masked }),
  z.object({
    kind: z.literal('rpfilter'),
    ...not,
    loose: z.boolean(),
    validMark: z.boolean(),
    acceptLocal: z.boolean(),
  }),
  /** Whether IPsec will treat (out) or has treated (in) the packet; `words` holds the transforms asked for, if any. */
  z.object({
    kind: z.literal('policy'),
    ...not,
    direction: z.enum(['in', 'out']),
    policy: z.enum(['none', 'ipsec']),
    words: z.array(z.string()),
  }),
  /** `-m ipvs`, which swarm's ingress uses: each option is a test of its own. */
  z.object({
    kind: z.literal('ipvs'),
    ...not,
    test: z.enum(['isIpvs', 'protocol', 'address', 'port', 'direction', 'method', 'controlPort']),
    value: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('socket'),
    ...not,
    transparent: z.boolean(),
    noWildcard: z.boolean(),
    restoreMark: z.boolean(),
  }),
  /** A header that an ordinary packet does not have: ah, esp, and IPv6's frag, rt, hbh, dst, mh, ipv6header, srh. */
  z.object({ kind: z.literal('extensionHeader'), ...not, header: z.string(), words: z.array(z.string()) }),
  z.object({ kind: z.literal('comment'), text: z.string() }),
  /** Depends on more than a snapshot: limit, hashlimit, statistic, recent, time, quota, connlimit, bpf, u32, string, ... */
  z.object({ kind: z.literal('stateful'), ...not, module: z.string(), words: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown'), ...not, module: z.string().nullable(), words: z.array(z.string()) }),
]);
export type IptablesMatch = z.infer<typeof IptablesMatch>;

const translation = {
  address: z.string().nullable(),
  addressTo: z.string().nullable(),
  ports: range.nullable(),
  /** DNAT `:2000-2009/80`: packets to port 80+n go to 2000+n. */
  portBase: z.number().nullable(),
  random: z.boolean(),
  persistent: z.boolean(),
};

export const IptablesTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept') }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('return') }),
  z.object({ kind: z.literal('reject'), with: z.string() }),
  z.object({ kind: z.literal('jump'), chain: z.string() }),
  z.object({ kind: z.literal('goto'), chain: z.string() }),
  z.object({ kind: z.literal('dnat'), ...translation }),
  z.object({ kind: z.literal('snat'), ...translation }),
  z.object({ kind: z.literal('masquerade'), ports: range.nullable(), random: z.boolean() }),
  z.object({ kind: z.literal('redirect'), ports: range.nullable(), random: z.boolean() }),
  z.object({ kind: z.literal('netmap'), to: z.string() }),
  /** Stateless IPv6 prefix translation, SNPT and DNPT. */
  z.object({ kind: z.literal('npt'), side: z.enum(['source', 'destination']), from: z.string(), to: z.string() }),
  /** mark = (mark & ~mask) ^ value, the form to which every option of MARK and CONNMARK --set comes down. */
  z.object({ kind: z.literal('mark'), ...masked }),
  /** set: ctmark = (ctmark & ~mask) ^ value. save: ctmark = (ctmark & ~ctMask) ^ (mark & nfMask). restore: the other way. */
  z.object({
    kind: z.literal('connmark'),
    operation: z.enum(['set', 'save', 'restore']),
    ...masked,
    ctMask: z.number(),
    nfMask: z.number(),
  }),
  z.object({ kind: z.literal('notrack') }),
  z.object({ kind: z.literal('ct'), notrack: z.boolean(), words: z.array(z.string()) }),
  z.object({ kind: z.literal('tproxy'), port: z.number(), address: z.string().nullable(), ...masked }),
  /** `number` null: balanced over several queues. Without a listener the packet is dropped, or with `bypass` goes on. */
  z.object({ kind: z.literal('queue'), number: z.number().nullable(), bypass: z.boolean() }),
  /** Goes on with the next rule and changes nothing that decides a path: CHECKSUM, TCPMSS, LOG, NFLOG, TRACE, TTL, ... */
  z.object({ kind: z.literal('passing'), name: z.string(), words: z.array(z.string()) }),
  /** Known, but its effect depends on more than a snapshot: SYNPROXY, CLUSTERIP, HMARK, SET --map-mark, ... */
  z.object({ kind: z.literal('stateful'), name: z.string(), words: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown'), name: z.string(), words: z.array(z.string()) }),
]);
export type IptablesTarget = z.infer<typeof IptablesTarget>;

export const IptablesBody = z.object({
  syntax: z.literal('iptables'),
  matches: z.array(IptablesMatch),
  /** null: the rule only counts. */
  target: IptablesTarget.nullable(),
});
export type IptablesBody = z.infer<typeof IptablesBody>;
