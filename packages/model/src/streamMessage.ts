import { z } from 'zod';
import { Snapshot } from './snapshot.ts';
import { SnapshotDiff } from './snapshotDiff.ts';

/**
 * Where the picture comes from. `live`: this host, now. `recording`: a file that somebody named. `sample`: the recording that comes with
 * vethscope, because no engine answers; `why` says so, `fix` what to do. `notRoot` of a live one: what is missing and the command that shows the rest.
 */
export const Origin = z.object({
  kind: z.enum(['live', 'recording', 'sample']),
  name: z.string(),
  why: z.string().nullable(),
  fix: z.string().nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** Counters of all links by column, once a second while somebody watches. `links[i]` has `rxBytes[i]`. Rules only where they changed. */
export const CountersFrame = z.object({
  at: z.iso.datetime(),
  links: z.array(z.string()),
  rxBytes: z.array(z.number()),
  rxPackets: z.array(z.number()),
  txBytes: z.array(z.number()),
  txPackets: z.array(z.number()),
  dropped: z.array(z.number()),
  rules: z.array(z.string()),
  rulePackets: z.array(z.number()),
  ruleBytes: z.array(z.number()),
});
export type CountersFrame = z.infer<typeof CountersFrame>;

/**
 * What goes over the stream (`GET /api/stream`, SSE). `epoch` names the agent's run; a version counts up within it. The event's id is
 * `EPOCH:VERSION`: a client that comes back with it in Last-Event-ID is given the diffs that it missed, or a full snapshot.
 */
export const StreamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), epoch: z.string(), version: z.number(), origin: Origin, snapshot: Snapshot }),
  z.object({ type: z.literal('diff'), epoch: z.string(), version: z.number(), diff: SnapshotDiff }),
  z.object({ type: z.literal('origin'), origin: Origin }),
  z.object({ type: z.literal('counters'), frame: CountersFrame }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
