import { emptyRecords, type RecordOf, type Records, type RecordType, recordTypes, sameValue } from '@vethscope/model';

/** The records of one type in one namespace. */
export interface RecordPart<T extends RecordType> {
  sandbox: string;
  records: readonly RecordOf<T>[];
}

type Part = readonly { id: string }[];

/** Of which lists a Snapshot's tables were made: by type, then by Sandbox id. */
const partsOfRecords = new WeakMap<Records, ReadonlyMap<RecordType, ReadonlyMap<string, Part>>>();

function isSamePart(before: Part | undefined, after: Part): boolean {
  if (before === after) return true;
  return before !== undefined && before.length === after.length && sameValue(before, after);
}

/**
 * The tables of a Snapshot being filled. A record that equals the one of the previous Snapshot is that very object, and a table in which
 * nothing changed is that very table: a diff then passes over it at once.
 */
export class RecordTables {
  private readonly tables: Records = emptyRecords();
  private readonly previous: Records | null;
  private readonly parts = new Map<RecordType, ReadonlyMap<string, Part>>();
  /** Types whose table of the previous Snapshot holds without having been looked through. */
  private readonly untouched = new Set<RecordType>();
  private readonly changed = new Set<RecordType>();
  /** How many records of a type equal those of the previous Snapshot. */
  private readonly kept = new Map<RecordType, number>();

  constructor(previous: Records | null) {
    this.previous = previous;
  }

  addAll<T extends RecordType>(type: T, records: Iterable<RecordOf<T>>): void {
    const table: Record<string, RecordOf<T>> = this.tables[type];
    const before: Record<string, RecordOf<T>> | undefined = this.previous?.[type];
    if (before === undefined) {
      for (const record of records) table[record.id] = record;
      return;
    }
    let kept = 0;
    for (const record of records) {
      const old = before[record.id];
      if (old !== undefined && (old === record || sameValue(old, record))) {
        table[record.id] = old;
        kept++;
      } else {
        table[record.id] = record;
        this.changed.add(type);
      }
    }
    this.kept.set(type, (this.kept.get(type) ?? 0) + kept);
  }

  /**
   * All records of a type that no join changes, by namespace. Where each namespace has the list that it had, or an equal one, the
   * whole table is the previous one: what makes the reading of one container again cheap on a host of a thousand.
   */
  addParts<T extends RecordType>(type: T, parts: readonly RecordPart<T>[]): void {
    const before = this.previous === null ? undefined : partsOfRecords.get(this.previous)?.get(type);
    const lists = new Map<string, Part>();
    let isSame = before !== undefined && before.size === parts.length;
    for (const { sandbox, records } of parts) {
      const old = before?.get(sandbox);
      const same = isSamePart(old, records);
      isSame &&= same;
      lists.set(sandbox, same && old !== undefined ? old : records);
    }
    this.parts.set(type, lists);
    if (isSame) {
      this.untouched.add(type);
      return;
    }
    for (const { records } of parts) this.addAll(type, records);
  }

  finish(): Records {
    const { previous } = this;
    const isSame = (type: RecordType, table: object): boolean =>
      this.untouched.has(type) || (!this.changed.has(type) && (this.kept.get(type) ?? 0) === Object.keys(table).length);
    const records =
      previous === null
        ? this.tables
        : (Object.fromEntries(
            recordTypes.map((type) => [type, isSame(type, previous[type]) ? previous[type] : this.tables[type]]),
          ) as Records);
    partsOfRecords.set(records, this.parts);
    return records;
  }
}
