import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { createReachStore, type ReachPort, type ReachState, type ReachStore } from './reachStore.ts';

/** A burst of changes is one new matrix. */
const settleMs = 1_000;

const makeWorker = () =>
  new Worker(new URL('./reachWorker.ts', import.meta.url), { type: 'module' }) as unknown as ReachPort;

/** The matrix of what is held: at once for the first Snapshot, and after a pause for those that follow. What was there stays in sight meanwhile. */
export function useReach({ snapshot }: Held): { store: ReachStore; state: ReachState; again: () => void } {
  const [store] = useState(() => createReachStore(makeWorker));
  const [attempt, setAttempt] = useState(0);
  const state = useSyncExternalStore(store.subscribe, store.state);
  useEffect(() => () => store.close(), [store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same Snapshot again
  useEffect(() => {
    const { matrix } = store.state();
    if (matrix === null) {
      store.load(snapshot);
      return;
    }
    store.expire();
    const timer = setTimeout(() => store.load(snapshot), settleMs);
    return () => clearTimeout(timer);
  }, [store, snapshot, attempt]);
  return { store, state, again: () => setAttempt((count) => count + 1) };
}
