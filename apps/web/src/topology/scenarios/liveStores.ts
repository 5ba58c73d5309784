import type { SnapshotDiff } from '@vethscope/model';
import type { ChangesStore, CountersStore, LinkRates, RateSample, RecordChange } from '../canvasProps.ts';
import { silentCounters } from '../live/countersContext.ts';

/** Changes as the page's own store keeps them, told by hand. */
export function recentChanges(): ChangesStore & { record: (diff: SnapshotDiff) => void } {
  let recent: ReadonlyMap<string, RecordChange> = new Map();
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recent: () => recent,
    record: (diff) => {
      const at = Date.now();
      recent = new Map<string, RecordChange>([
        ...diff.added.map(({ id }) => [id, { kind: 'added', at }] as const),
        ...diff.updated.map(({ id }) => [id, { kind: 'updated', at }] as const),
        ...diff.removed.map(({ id }) => [id, { kind: 'removed', at }] as const),
      ]);
      for (const listener of listeners) listener();
    },
  };
}

/** Traffic that never was, the same for a link each time: a number made of its id sets how much. */
export function madeUpCounters(on: boolean): CountersStore {
  if (!on) return silentCounters;
  const known = new Map<string, { rates: LinkRates; samples: RateSample[] }>();
  const of = (id: string) => {
    const there = known.get(id);
    if (there) return there;
    const seed = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
    const top = seed % 4 === 0 ? 0 : 10 ** (2 + (seed % 50) / 10);
    const samples = Array.from({ length: 60 }, (_, index) => ({
      at: index * 1000,
      rx: top * (0.6 + 0.4 * Math.sin((index + seed) / 5)),
      tx: top * 0.2,
    }));
    const made = { rates: { rx: top, tx: top * 0.2 }, samples };
    known.set(id, made);
    return made;
  };
  return { subscribe: () => () => {}, rates: (id) => of(id).rates, samples: (id) => of(id).samples };
}
