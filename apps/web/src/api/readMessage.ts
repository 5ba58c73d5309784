import { Engine, Host, Origin, recordTypes, type Snapshot, SourceReport, StreamMessage } from '@vethscope/model';
import { z } from 'zod';

/** Every table of records is there, and is one. */
function isRecords(value: unknown): value is Snapshot['records'] {
  if (typeof value !== 'object' || value === null) return false;
  const tables = value as Record<string, unknown>;
  return recordTypes.every((type) => typeof tables[type] === 'object' && tables[type] !== null);
}

/**
 * A full Snapshot is checked in its outline only: the agent made its records by the same schemas, and to check each of 100,000 again would take
 * half of the time in which a large host is to be on the screen. Diffs, which are small, are checked whole.
 */
const SnapshotMessage = z.object({
  type: z.literal('snapshot'),
  epoch: z.string(),
  version: z.number(),
  origin: Origin,
  snapshot: z.object({
    readAt: z.string(),
    host: Host,
    engine: Engine.nullable(),
    sources: z.array(SourceReport),
    records: z.custom<Snapshot['records']>(isRecords, 'not the tables of records that this page knows'),
    counters: z.looseObject({ at: z.string() }).transform((value) => value as unknown as Snapshot['counters']),
  }),
});

/** A message of the stream, or where it is not one. Throws SyntaxError where the text is no JSON. */
export function readMessage(event: string, data: string): z.ZodSafeParseResult<StreamMessage> {
  const value: unknown = JSON.parse(data);
  return event === 'snapshot' ? SnapshotMessage.safeParse(value) : StreamMessage.safeParse(value);
}
