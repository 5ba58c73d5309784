import { diffSnapshots, isEmptyDiff } from '@vethscope/model';
import type { SnapshotStore } from '../live/snapshotStore.ts';
import type { History } from './history.ts';

/** The counters come once a second while somebody watches: after a silence like this nobody did. */
const silenceMs = 15_000;

/** Writes down what a store tells of a live host; a sample or a recording has no history. The returned function ends it. */
export function recordHistory(store: SnapshotStore, history: History, now: () => number): () => void {
  let seenAt: number | null = null;
  const begin = () => {
    const snapshot = store.current()?.snapshot;
    if (!snapshot || store.origin().kind !== 'live') return;
    history.begin(snapshot, (before) => {
      const diff = diffSnapshots(before, snapshot);
      return isEmptyDiff(diff) ? null : diff;
    });
  };
  begin();
  return store.subscribe((event) => {
    const unseen = seenAt !== null && now() - seenAt > silenceMs ? new Date(seenAt).toISOString() : null;
    switch (event.type) {
      case 'full':
        begin();
        break;
      case 'diff':
        if (store.origin().kind === 'live') history.record(event.diff, unseen);
        break;
      case 'counters':
      case 'origin':
        break;
    }
    seenAt = now();
  });
}
