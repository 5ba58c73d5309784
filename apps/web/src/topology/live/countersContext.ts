import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { CountersStore, LinkRates, RateSample } from '../canvasProps.ts';

const nothing: readonly RateSample[] = [];

/** No counters: of a recording, for example. */
export const silentCounters: CountersStore = { subscribe: () => () => {}, rates: () => null, samples: () => nothing };

/** The store itself, never a rate: so a frame of counters redraws the lines that listen, and nothing above them. */
export const CountersContext = createContext<CountersStore>(silentCounters);

export function useRates(link: string): LinkRates | null {
  const store = use(CountersContext);
  const subscribe = useCallback((listener: () => void) => store.subscribe(link, listener), [store, link]);
  return useSyncExternalStore(subscribe, () => store.rates(link));
}

export function useSamples(link: string): readonly RateSample[] {
  const store = use(CountersContext);
  const subscribe = useCallback((listener: () => void) => store.subscribe(link, listener), [store, link]);
  return useSyncExternalStore(subscribe, () => store.samples(link));
}
