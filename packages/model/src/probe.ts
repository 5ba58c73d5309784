import { z } from 'zod';
import { Cause, Disposition, Packet, Question, RuleRef } from './trace.ts';

/*
 * A live probe: one packet that is really sent, and what the kernel's trace said of it, beside the prediction. The agent takes it by
 * POST /api/probe, and only where it was started with --allow-probe.
 */

/**
 * The table that a probe makes in a namespace and takes away again: `inet vethscope_probe`. It marks one packet and decides nothing, and is no part of
 * a Snapshot.
 */
export const probeTable = { family: 'inet', name: 'vethscope_probe' } as const;

/**
 * POST /api/probe. `from` must be the host or a container. `confirmedAddress`: the one address outside the host's own namespaces that the person
 * has agreed to send to; the error `probeNeedsConfirmation` names in `where` which one is meant.
 */
export const ProbeRequest = z.strictObject({
  question: Question,
  confirmedAddress: z.string().max(64).nullable().default(null),
});
export type ProbeRequest = z.infer<typeof ProbeRequest>;
/** A ProbeRequest as it is written: what has a default may be left out. */
export type ProbeRequestInput = z.input<typeof ProbeRequest>;

/** Whether this agent sends probes; if not, `why` and `fix` say so in sentences. */
export const ProbeAvailability = z.object({
  allowed: z.boolean(),
  why: z.string().nullable(),
  fix: z.string().nullable(),
});
export type ProbeAvailability = z.infer<typeof ProbeAvailability>;

/**
 * What the sender saw. `connected`: the TCP handshake was made. `closed`: it was made, and the other side closed at once, as docker-proxy does when nobody
 * listens behind it. `answered`: UDP or echo. `refused`: a reset, or "port unreachable". `unreachable`: another ICMP error came. `noAnswer`: no word within the
 * time. `notSent`: the sender's own kernel gave an error at once (no route, or dropped in OUTPUT).
 */
export const probeOutcomes = [
  'connected',
  'closed',
  'answered',
  'refused',
  'unreachable',
  'noAnswer',
  'notSent',
] as const;
export const ProbeOutcome = z.enum(probeOutcomes);
export type ProbeOutcome = z.infer<typeof ProbeOutcome>;

/** The headers of a packet as the kernel's trace showed them, and the links that it had then, by name. */
export const ProbePacket = Packet.pick({
  family: true,
  protocol: true,
  source: true,
  sourcePort: true,
  destination: true,
  destinationPort: true,
  icmpType: true,
  mark: true,
  inLink: true,
  outLink: true,
});
export type ProbePacket = z.infer<typeof ProbePacket>;

/**
 * One line of the comparison. `same` null: it cannot be told, because the kernel's trace does not name such rules (iptables-legacy). `record` is the
 * Rule's id (of a policy, the Chain's), `text` the rule as it is written; both of what was observed, else of what was predicted.
 */
export const ProbeRule = z.object({
  predicted: RuleRef.nullable(),
  observed: RuleRef.nullable(),
  same: z.boolean().nullable(),
  record: z.string().nullable(),
  text: z.string().nullable(),
});
export type ProbeRule = z.infer<typeof ProbeRule>;

/**
 * One namespace that the packet (`request`) or the first packet that answers it (`reply`) passed, or was predicted to. `leg` from 0; the second is
 * docker-proxy's own connection. `sandbox` is an id, `name` what people call it. `predicted`, `observed`: whether the packet is expected here, and was seen
 * here; `observed` null where the kernel was not asked. `packet` as it came in, null where it was not seen.
 */
export const ProbePlace = z.object({
  leg: z.number().int(),
  direction: z.enum(['request', 'reply']),
  sandbox: z.string(),
  name: z.string(),
  predicted: z.boolean(),
  observed: z.boolean().nullable(),
  packet: ProbePacket.nullable(),
  rules: z.array(ProbeRule),
});
export type ProbePlace = z.infer<typeof ProbePlace>;

/**
 * What came of a probe. `sent` is the packet as the sender made it. `outcome.expected` are the outcomes that agree with the prediction (empty: anything may
 * happen there), `outcome.detail` the kernel's error by name ("ECONNREFUSED"). `agrees` is true where the outcome and every rule that can be told are as
 * predicted. `places` in the order of the way: requests of all legs, then replies. `notes` are sentences. `cleanedUp`: the probe's table is gone
 * from every namespace again.
 */
export const ProbeResult = z.object({
  question: Question,
  sentAt: z.iso.datetime(),
  tookMs: z.number(),
  sent: ProbePacket,
  predicted: z.object({ disposition: Disposition, cause: Cause }),
  outcome: z.object({
    observed: ProbeOutcome,
    expected: z.array(ProbeOutcome),
    same: z.boolean().nullable(),
    detail: z.string().nullable(),
  }),
  agrees: z.boolean(),
  counts: z.object({ same: z.number().int(), different: z.number().int(), untold: z.number().int() }),
  places: z.array(ProbePlace),
  notes: z.array(z.string()),
  cleanedUp: z.boolean(),
});
export type ProbeResult = z.infer<typeof ProbeResult>;
