import type { Change, ComparedKind, FieldChange } from './comparison.ts';

/** A record in the words of a comparison. `fields` in the order in which they are told; null: not known or not there. */
export interface Thing {
  /** By which it is the same thing in another Snapshot. */
  key: string;
  title: string;
  place: string | null;
  note: string;
  fields: Record<string, string | null>;
  record: string | null;
}

/** What came, went and changed, each in the order of its side. Things of one key are paired one by one. */
export function pairThings(kind: ComparedKind, before: readonly Thing[], after: readonly Thing[]): Change[] {
  const left = new Map<string, Thing[]>();
  for (const thing of before) {
    const same = left.get(thing.key);
    if (same) same.push(thing);
    else left.set(thing.key, [thing]);
  }
  const changes: Change[] = [];
  for (const now of after) {
    const old = left.get(now.key)?.shift();
    if (!old) {
      changes.push(changeOf(kind, 'came', now));
      continue;
    }
    const fields = changedFields(old.fields, now.fields);
    if (fields.length > 0) {
      changes.push({ ...changeOf(kind, 'changed', now), note: '', fields, before: old.record });
    }
  }
  const gone = new Set([...left.values()].flat());
  return [...before.filter((thing) => gone.has(thing)).map((thing) => changeOf(kind, 'went', thing)), ...changes];
}

function changeOf(kind: ComparedKind, change: Change['change'], thing: Thing): Change {
  return {
    kind,
    change,
    title: thing.title,
    place: thing.place,
    note: thing.note,
    fields: [],
    before: change === 'went' ? thing.record : null,
    after: change === 'went' ? null : thing.record,
  };
}

function changedFields(before: Thing['fields'], after: Thing['fields']): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => change.before !== change.after);
}
