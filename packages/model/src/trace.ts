import { z } from 'zod';
import { Family } from './records/family.ts';
import { NetfilterFamily, Owner } from './records/ruleset.ts';

/*
 * What the path engine is asked and what it answers. A Trace is a list of legs, a leg a list of hops (places), a hop a list of steps
 * (decisions of the kernel, each with its evidence). Ids in `touches` are those of the Snapshot's records.
 */

export const Protocol = z.enum(['tcp', 'udp', 'icmp', 'sctp']);
export type Protocol = z.infer<typeof Protocol>;

/** Who sends: a process in a sandbox, or a machine outside. `internet` is any address that only the default route leads to. */
export const QuestionSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('host') }),
  z.object({ kind: z.literal('container'), name: z.string() }),
  z.object({ kind: z.literal('internet') }),
  z.object({ kind: z.literal('address'), address: z.string() }),
]);
export type QuestionSource = z.infer<typeof QuestionSource>;

/** What is asked for. A `name` is resolved as the sender would resolve it. `port` null for icmp. */
export const QuestionTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('address'), address: z.string(), port: z.number().int().nullable() }),
  z.object({ kind: z.literal('container'), name: z.string(), port: z.number().int().nullable() }),
  z.object({ kind: z.literal('host'), port: z.number().int().nullable() }),
  z.object({ kind: z.literal('name'), name: z.string(), port: z.number().int().nullable() }),
]);
export type QuestionTarget = z.infer<typeof QuestionTarget>;

/** `source` and `sourcePort`: what the sender binds to; null leaves it to the kernel. `family`: which addresses of a target are meant. */
export const Question = z.object({
  from: QuestionSource,
  to: QuestionTarget,
  protocol: Protocol,
  source: z.string().nullable().default(null),
  sourcePort: z.number().int().nullable().default(null),
  family: Family.nullable().default(null),
});
export type Question = z.infer<typeof Question>;
/** A Question as it is written: what has a default may be left out. */
export type QuestionInput = z.input<typeof Question>;

/** `delivered` and `leftHost` are success; the others are failures, each with a stable cause. */
export const dispositions = [
  'delivered',
  'leftHost',
  'refused',
  'dropped',
  'rejected',
  'noRoute',
  'notForwarded',
  'neighborUnreachable',
  'unresolved',
  'loop',
  'noReply',
  'unknown',
] as const;
export const Disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof Disposition>;

export const ConntrackState = z.enum(['new', 'established', 'related', 'untracked', 'invalid']);
export type ConntrackState = z.infer<typeof ConntrackState>;

/** The headers now, with what the kernel keeps beside them. Links by name, in the namespace where the packet is. */
export const Packet = z.object({
  family: Family,
  protocol: Protocol,
  source: z.string(),
  sourcePort: z.number().int().nullable(),
  destination: z.string(),
  destinationPort: z.number().int().nullable(),
  icmpType: z.number().int().nullable(),
  mark: z.number(),
  ctState: ConntrackState.nullable(),
  inLink: z.string().nullable(),
  outLink: z.string().nullable(),
});
export type Packet = z.infer<typeof Packet>;

export const Hook = z.enum(['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress']);
export type Hook = z.infer<typeof Hook>;

/** A rule as `iptables -L --line-numbers` counts it: position from 1, or "policy" for the end of a base chain. */
export const RuleRef = z.object({
  family: NetfilterFamily,
  table: z.string(),
  chain: z.string(),
  rule: z.union([z.number().int(), z.literal('policy')]),
  verdict: z.string(),
});
export type RuleRef = z.infer<typeof RuleRef>;

/** `failed`: the first part that did not match. `inside`: the chain that it jumped or went to. */
export interface RuleEvaluation {
  rule: string;
  position: number;
  text: string;
  owner: Owner;
  packets: number | null;
  bytes: number | null;
  matched: 'yes' | 'no' | 'depends';
  failed: string | null;
  verdict: string | null;
  inside: ChainEvaluation | null;
}

/** `passedOver`: rules that an index showed cannot match this packet; they are not listed. `verdict` null: went on after the chain. */
export interface ChainEvaluation {
  chain: string;
  name: string;
  evaluated: RuleEvaluation[];
  passedOver: number;
  verdict: string | null;
}

export const RuleEvaluation: z.ZodType<RuleEvaluation> = z.lazy(() =>
  z.object({
    rule: z.string(),
    position: z.number().int(),
    text: z.string(),
    owner: Owner,
    packets: z.number().nullable(),
    bytes: z.number().nullable(),
    matched: z.enum(['yes', 'no', 'depends']),
    failed: z.string().nullable(),
    verdict: z.string().nullable(),
    inside: ChainEvaluation.nullable(),
  }),
);

export const ChainEvaluation: z.ZodType<ChainEvaluation> = z.lazy(() =>
  z.object({
    chain: z.string(),
    name: z.string(),
    evaluated: z.array(RuleEvaluation),
    passedOver: z.number().int(),
    verdict: z.string().nullable(),
  }),
);

const step = { before: Packet, after: Packet, touches: z.array(z.string()), sentence: z.string() };

/** One decision of the kernel. `route` and `runnersUp` are Route ids; `link`, `bridge`, `port` Link ids; `process` a DockerProxy id. */
export const Step = z.discriminatedUnion('kind', [
  z.object({ ...step, kind: z.literal('originate'), link: z.string().nullable() }),
  z.object({ ...step, kind: z.literal('receive'), link: z.string().nullable() }),
  z.object({ ...step, kind: z.literal('transmit'), link: z.string().nullable() }),
  z.object({ ...step, kind: z.literal('deliver'), link: z.string().nullable(), socket: z.string().nullable() }),
  z.object({ ...step, kind: z.literal('resolve'), name: z.string(), answer: z.array(z.string()), by: z.string() }),
  z.object({
    ...step,
    kind: z.literal('route'),
    table: z.string().nullable(),
    route: z.string().nullable(),
    runnersUp: z.array(z.string()),
    source: z.string().nullable(),
  }),
  z.object({ ...step, kind: z.literal('neighbor'), address: z.string(), mac: z.string().nullable() }),
  z.object({
    ...step,
    kind: z.literal('bridge'),
    bridge: z.string(),
    port: z.string().nullable(),
    outcome: z.enum(['forward', 'flood', 'local']),
  }),
  z.object({ ...step, kind: z.literal('conntrack'), state: ConntrackState }),
  z.object({
    ...step,
    kind: z.literal('chain'),
    hook: Hook,
    family: NetfilterFamily,
    table: z.string(),
    chain: ChainEvaluation,
    /** accept and drop as the chain said; `policy` where it ended by its policy. */
    verdict: z.string(),
    byPolicy: z.boolean(),
    /** False where the chain is one that iptables-save prints though the kernel may not have it: empty, and its policy accepts. */
    certain: z.boolean(),
  }),
  z.object({ ...step, kind: z.literal('translate'), rule: z.string().nullable() }),
  z.object({ ...step, kind: z.literal('proxy'), process: z.string() }),
  z.object({ ...step, kind: z.literal('unmodelled'), at: z.string(), why: z.string() }),
]);
export type Step = z.infer<typeof Step>;

/** One place: a network namespace, by the id of its Sandbox. A packet from outside begins in the first one that receives it. */
export const Hop = z.object({ sandbox: z.string(), steps: z.array(Step) });
export type Hop = z.infer<typeof Hop>;

/** One connection. `packet` as it began; `matchedRules` are those of the host's namespace. */
export const Leg = z.object({
  packet: Packet,
  disposition: Disposition,
  hops: z.array(Hop),
  reply: z.array(Hop),
  matchedRules: z.array(RuleRef),
});
export type Leg = z.infer<typeof Leg>;

/** Stable. Where one is also the code of a diagnosis, it means the same. */
export const causeCodes = [
  'delivered',
  'left-host',
  'no-masquerade',
  'not-listening',
  'listens-on-loopback',
  'listens-on-address',
  'published-on-loopback',
  'paused',
  'held-by-dockerd',
  'rule-dropped',
  'policy-dropped',
  'forward-drop',
  'rule-rejected',
  'direct-routing-dropped',
  'isolated-networks',
  'icc-disabled',
  'internal-network',
  'port-not-published',
  'no-route',
  'route-refuses',
  'ip-forward-off',
  'reverse-path-filter',
  'martian-source',
  'localhost-in-container',
  'loopback-leaves',
  'own-source',
  'neighbor-unreachable',
  'macvlan-parent',
  'link-down',
  'link-discards',
  'port-isolated',
  'port-blocked',
  'hairpin',
  'no-bridge-port',
  'container-not-running',
  'container-unknown',
  'no-address',
  'default-bridge-no-dns',
  'name-unknown',
  'name-outside',
  'loop',
  'asymmetric-reply',
  'depends',
  'unmodelled',
] as const;
export const CauseCode = z.enum(causeCodes);
export type CauseCode = z.infer<typeof CauseCode>;

/** Why it ended as it did. `rule` a Rule id (or the Chain id of a policy); `fix` a command or a change that lifts it. */
export const Cause = z.object({
  code: CauseCode,
  sentence: z.string(),
  rule: z.string().nullable(),
  fix: z.string().nullable(),
});
export type Cause = z.infer<typeof Cause>;

/** `blockers` holds the first blocker and every other one behind it; empty for a success. */
export const Trace = z.object({
  question: Question,
  disposition: Disposition,
  cause: Cause,
  blockers: z.array(Cause),
  legs: z.array(Leg),
  readAt: z.string(),
});
export type Trace = z.infer<typeof Trace>;
