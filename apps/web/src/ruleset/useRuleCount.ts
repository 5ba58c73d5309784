import { useSyncExternalStore } from 'react';
import { counters } from '../api/live.ts';

/** What a rule has counted up to now; null where it has no counter. The page's stream seeds the store, so it is never behind the Snapshot. */
export function useRuleCount(ruleId: string): { packets: number; bytes: number } | null {
  return useSyncExternalStore(
    (listener) => counters.subscribeRule(ruleId, listener),
    () => counters.rule(ruleId),
  );
}
