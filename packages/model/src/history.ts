import { z } from 'zod';
import { SnapshotBody } from './api.ts';
import { recordTypes } from './snapshot.ts';

/** A thing that a moment's change is known by. `name` as the engine or the kernel calls it; of an endpoint "my-web on front-net". */
export const Highlight = z.object({
  change: z.enum(['added', 'updated', 'removed']),
  type: z.enum(recordTypes as [(typeof recordTypes)[number], ...typeof recordTypes]),
  id: z.string(),
  name: z.string(),
});
export type Highlight = z.infer<typeof Highlight>;

/**
 * One moment of which the agent knows the whole host. `n` counts up and is never used again. `unseenSince`: nobody looked from then until this
 * moment, so what is told here happened some time in between. `highlights` are the changes that a person would name, at most a few of
 * them; `changes` counts all records that came, changed or went.
 */
export const Moment = z.object({
  n: z.number().int(),
  at: z.iso.datetime(),
  unseenSince: z.iso.datetime().nullable(),
  changes: z.object({ added: z.number(), updated: z.number(), removed: z.number() }),
  highlights: z.array(Highlight),
});
export type Moment = z.infer<typeof Moment>;

/**
 * GET /api/history: the moments that are kept, oldest first. The first has no changes of its own: it is where the memory begins. `bytes` of
 * `limitBytes` are in use. `directory`: where they are kept over a restart; null: in memory only.
 */
export const HistoryBody = z.object({
  moments: z.array(Moment),
  bytes: z.number(),
  limitBytes: z.number(),
  directory: z.string().nullable(),
});
export type HistoryBody = z.infer<typeof HistoryBody>;

/** GET /api/history/snapshot?moment=N: the host as it was then. */
export const MomentBody = SnapshotBody.omit({ epoch: true, version: true, origin: true }).extend({ moment: Moment });
export type MomentBody = z.infer<typeof MomentBody>;
