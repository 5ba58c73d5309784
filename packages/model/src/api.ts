import { z } from 'zod';
import { ProbeAvailability } from './probe.ts';
import { Snapshot } from './snapshot.ts';
import { SourceReport } from './sourceReport.ts';
import { Origin } from './streamMessage.ts';

/** GET /api/health. `status` is `reading` until the first Snapshot is there. `uptimeSeconds` of the agent. */
export const HealthBody = z.object({
  status: z.enum(['ok', 'reading']),
  version: z.string(),
  origin: Origin,
  epoch: z.string(),
  snapshotVersion: z.number(),
  watchers: z.number(),
  uptimeSeconds: z.number(),
  probe: ProbeAvailability,
});
export type HealthBody = z.infer<typeof HealthBody>;

/** GET /api/snapshot. */
export const SnapshotBody = z.object({ epoch: z.string(), version: z.number(), origin: Origin, snapshot: Snapshot });
export type SnapshotBody = z.infer<typeof SnapshotBody>;

/** GET /api/sources. */
export const SourcesBody = z.object({ sources: z.array(SourceReport) });
export type SourcesBody = z.infer<typeof SourcesBody>;

/**
 * One "See it yourself" command for a record. `command` is what a person types. `id` is its name in the agent's fixed list; the browser
 * sends this id and the record's id, never words of a command. `runnable` false: `why` says so (a recording, not root).
 */
export const CommandBody = z.object({
  id: z.string(),
  title: z.string(),
  command: z.string(),
  runnable: z.boolean(),
  why: z.string().nullable(),
});
export type CommandBody = z.infer<typeof CommandBody>;

/** GET /api/commands?record=ID. */
export const CommandsBody = z.object({ record: z.string(), commands: z.array(CommandBody) });
export type CommandsBody = z.infer<typeof CommandsBody>;

/** GET /api/commands/output?record=ID&command=ID: what the command printed just now. `tookMs` in milliseconds. */
export const CommandOutputBody = z.object({
  command: z.string(),
  exit: z.number().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean(),
  tookMs: z.number(),
});
export type CommandOutputBody = z.infer<typeof CommandOutputBody>;
