import { z } from 'zod';
import { IptablesBody } from './iptablesBody.ts';
import { NftBody } from './nftBody.ts';

/** Which of the kernel's rule sets a table stands in, and the tool that reads it. */
export const Backend = z.enum(['iptables-nft', 'iptables-legacy', 'nftables']);
export type Backend = z.infer<typeof Backend>;

export const NetfilterFamily = z.enum(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);
export type NetfilterFamily = z.infer<typeof NetfilterFamily>;

/** Who wrote a table, a chain or a rule. `user` is everybody that is not recognised. */
export const Owner = z.enum(['docker', 'swarm', 'ufw', 'firewalld', 'libvirt', 'kubernetes', 'fail2ban', 'user']);
export type Owner = z.infer<typeof Owner>;

export const Table = z.object({
  type: z.literal('table'),
  /** `table:SANDBOX/BACKEND/FAMILY/NAME`. */
  id: z.string(),
  sandbox: z.string(),
  backend: Backend,
  family: NetfilterFamily,
  name: z.string(),
  owner: Owner,
  /** Chain ids, in the order in which the tool prints them. */
  chains: z.array(z.string()),
  flags: z.array(z.string()),
});
export type Table = z.infer<typeof Table>;

/** A base chain carries `hook` and `priority` (a number, as in `nft -y`) and a policy; a user chain has null for the four. */
export const Chain = z.object({
  type: z.literal('chain'),
  /** `chain:SANDBOX/BACKEND/FAMILY/TABLE/NAME`. */
  id: z.string(),
  sandbox: z.string(),
  table: z.string(),
  name: z.string(),
  kind: z.enum(['filter', 'nat', 'route']).nullable(),
  hook: z.enum(['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress']).nullable(),
  priority: z.number().nullable(),
  policy: z.enum(['accept', 'drop']).nullable(),
  devices: z.array(z.string()),
  owner: Owner,
  /** Rule ids in the order in which the kernel tries them: position 1 is the first. */
  rules: z.array(z.string()),
});
export type Chain = z.infer<typeof Chain>;

/** What a rule's text names, so that a thing's rules are found without reading the rules again. */
export const RuleMentions = z.object({
  /** Addresses and prefixes, as written. */
  addresses: z.array(z.string()),
  /** Link names, a trailing "+" or "*" as written. */
  links: z.array(z.string()),
  /** Ports of the packet as it is matched, and ports of a translation. Ranges as "8000-8003". */
  ports: z.array(z.string()),
  /** ipsets, nft sets and maps by name. */
  sets: z.array(z.string()),
});
export type RuleMentions = z.infer<typeof RuleMentions>;

/** Where a rule translates to, for DNAT, SNAT, MASQUERADE and REDIRECT in either language. Texts as written. */
export const RuleTranslation = z.object({
  kind: z.enum(['dnat', 'snat', 'masquerade', 'redirect']),
  address: z.string().nullable(),
  port: z.string().nullable(),
});
export type RuleTranslation = z.infer<typeof RuleTranslation>;

/**
 * One rule. `text` is what `iptables-save` or `nft list` prints, without counters and handle; for a rule that is not understood completely
 * it is all there is, and `unparsed` says which part was not. The position is in the chain's `rules`: it is not here, so that an
 * insertion changes the chain and not every rule behind it. `id` ends in the nft handle, or in a digest of the text (and a
 * number, where the same text stands twice in a chain). Its counters are in the Snapshot's `counters`.
 */
export const Rule = z.object({
  type: z.literal('rule'),
  id: z.string(),
  sandbox: z.string(),
  chain: z.string(),
  handle: z.number().nullable(),
  text: z.string(),
  comment: z.string().nullable(),
  owner: Owner,
  body: z.discriminatedUnion('syntax', [IptablesBody, NftBody]),
  unparsed: z.string().nullable(),
  /** Chain id that it jumps or goes to. */
  jumpsTo: z.array(z.string()),
  /** accept, drop, reject, return, queue; null where it translates, marks, jumps or only counts. */
  verdict: z.enum(['accept', 'drop', 'reject', 'return', 'queue']).nullable(),
  translation: RuleTranslation.nullable(),
  mentions: RuleMentions,
});
export type Rule = z.infer<typeof Rule>;

/** An ipset, or a named set or map of an nft table. `elements` as printed; of a map, `key : value`. */
export const NetfilterSet = z.object({
  type: z.literal('netfilterSet'),
  id: z.string(),
  sandbox: z.string(),
  /** Table id; null for an ipset. */
  table: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['ipset', 'set', 'map', 'verdictMap']),
  /** "hash:ip", or nft's type ("ipv4_addr . inet_service"). */
  dataType: z.string(),
  family: z.enum(['inet', 'inet6']).nullable(),
  flags: z.array(z.string()),
  elements: z.array(z.string()),
  /** The elements as nft's JSON gave them, for the path engine; empty for ipsets. */
  data: z.array(z.unknown()),
});
export type NetfilterSet = z.infer<typeof NetfilterSet>;
