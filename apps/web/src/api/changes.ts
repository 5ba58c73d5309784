import type { SnapshotDiff } from '@vethscope/model';
import type { ChangesStore, RecordChange } from '../topology/canvasProps.ts';

/** How long a change is "lately". */
const keptMs = 5000;

export interface LiveChanges extends ChangesStore {
  record(diff: SnapshotDiff, at: number): void;
  /** A full Snapshot: nothing in it is a change. */
  clear(): void;
}

export function createChangesStore(): LiveChanges {
  let changes: ReadonlyMap<string, RecordChange> = new Map();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  return {
    record(diff, at) {
      const next = new Map([...changes].filter(([, change]) => at - change.at < keptMs));
      for (const { id } of diff.added) next.set(id, { kind: 'added', at });
      // What came a moment ago and is touched again is still new.
      for (const { id } of diff.updated) if (next.get(id)?.kind !== 'added') next.set(id, { kind: 'updated', at });
      for (const { id } of diff.removed) next.set(id, { kind: 'removed', at });
      changes = next;
      tell();
    },
    clear() {
      if (changes.size === 0) return;
      changes = new Map();
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recent: () => changes,
  };
}
