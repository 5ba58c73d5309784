import { z } from 'zod';
import {
  type AnyRecord,
  Engine,
  Host,
  type Records,
  type RecordType,
  recordSchemas,
  recordTypes,
  type Snapshot,
} from './snapshot.ts';
import { SourceReport } from './sourceReport.ts';

const schemas = recordTypes.map((type) => recordSchemas[type]);
const AnyRecordSchema = z.union(schemas) as unknown as z.ZodType<AnyRecord>;

/**
 * What changed from one Snapshot to the next. Laws (held by property tests):
 * [D1] applyDiff(a, diffSnapshots(a, b)) equals b, counters aside.
 * [D2] diffSnapshots(a, a) is empty.
 * [D3] a record that is in `added` is in neither `updated` nor `removed`; `updated` holds whole records.
 * `host`, `engine` and `sources` are present where they changed.
 */
export const SnapshotDiff = z.object({
  readAt: z.iso.datetime(),
  added: z.array(AnyRecordSchema),
  updated: z.array(AnyRecordSchema),
  removed: z.array(z.object({ type: z.enum(recordTypes as [RecordType, ...RecordType[]]), id: z.string() })),
  host: Host.optional(),
  engine: Engine.nullable().optional(),
  sources: z.array(SourceReport).optional(),
});
export type SnapshotDiff = z.infer<typeof SnapshotDiff>;

/** Deep equality of plain JSON values. Objects that are the same are equal at once: unchanged parts are shared. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
  );
}

/** Counters are not part of a diff: they have frames of their own. Time: linear in the records. */
export function diffSnapshots(before: Snapshot, after: Snapshot): SnapshotDiff {
  const diff: SnapshotDiff = { readAt: after.readAt, added: [], updated: [], removed: [] };
  for (const type of recordTypes) {
    const old: Record<string, AnyRecord> = before.records[type];
    const now: Record<string, AnyRecord> = after.records[type];
    if (old === now) continue;
    for (const [id, record] of Object.entries(now)) {
      const previous = Object.hasOwn(old, id) ? old[id] : undefined;
      if (previous === undefined) diff.added.push(record);
      else if (!sameValue(previous, record)) diff.updated.push(record);
    }
    for (const id of Object.keys(old)) if (!Object.hasOwn(now, id)) diff.removed.push({ type, id });
  }
  if (!sameValue(before.host, after.host)) diff.host = after.host;
  if (!sameValue(before.engine, after.engine)) diff.engine = after.engine;
  if (!sameValue(before.sources, after.sources)) diff.sources = after.sources;
  return diff;
}

/** Whether nothing but `readAt` changed. */
export function isEmptyDiff(diff: SnapshotDiff): boolean {
  return (
    diff.added.length + diff.updated.length + diff.removed.length === 0 &&
    diff.host === undefined &&
    diff.engine === undefined &&
    diff.sources === undefined
  );
}

/** The next Snapshot; the one given is not changed, and record types that the diff does not touch are shared with it. */
export function applyDiff(before: Snapshot, diff: SnapshotDiff): Snapshot {
  const touched = new Map<RecordType, Record<string, AnyRecord>>();
  const tableOf = (type: RecordType): Record<string, AnyRecord> => {
    const known = touched.get(type);
    if (known) return known;
    const copy = { ...before.records[type] } as Record<string, AnyRecord>;
    touched.set(type, copy);
    return copy;
  };
  for (const { type, id } of diff.removed) delete tableOf(type)[id];
  for (const record of diff.added) tableOf(record.type)[record.id] = record;
  for (const record of diff.updated) tableOf(record.type)[record.id] = record;
  return {
    readAt: diff.readAt,
    host: diff.host ?? before.host,
    engine: diff.engine === undefined ? before.engine : diff.engine,
    sources: diff.sources ?? before.sources,
    records: { ...before.records, ...Object.fromEntries(touched) } as Records,
    counters: before.counters,
  };
}
