import { QueryClient, skipToken, useQuery } from '@tanstack/react-query';
import { createChangesStore } from './changes.ts';
import type { Connection } from './connection.ts';
import { createCountersStore } from './countersStore.ts';
import { createStream } from './stream.ts';
import { type Held, reduceStream } from './streamReducer.ts';

/** A page that is hidden for this long lets the agent rest. */
const hiddenMs = 30_000;

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY } },
});

/** Where the Snapshot lives; nothing else keeps one. */
const heldKey = ['held'] as const;
/** Whether we are connected: another fact, kept apart. */
const connectionKey = ['connection'] as const;
/** What the page shows in place of what is held: a past moment, or an opened file. */
const elsewhereKey = ['elsewhere'] as const;
for (const key of [heldKey, connectionKey, elsewhereKey]) {
  queryClient.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY, structuralSharing: false });
}

export const counters = createCountersStore();
export const changes = createChangesStore();

const liveNow = () => queryClient.getQueryData<Held>(heldKey) ?? null;
const elsewhereNow = () => queryClient.getQueryData<Held | null>(elsewhereKey) ?? null;

/** What is shown at this moment, for what is done by a click and not drawn. */
export const heldNow = () => elsewhereNow() ?? liveNow();

/** From now on the page shows this; null: what the agent tells of now. Rates stand still meanwhile. */
export function showElsewhere(held: Held | null): void {
  queryClient.setQueryData<Held | null>(elsewhereKey, held);
  counters.freeze(held?.snapshot.counters ?? null);
}

const stream = createStream({
  resumeFrom() {
    const current = liveNow();
    return current && `${current.epoch}:${current.version}`;
  },
  onMessage(message) {
    if (message.type === 'counters') counters.frame(message.frame);
    const result = reduceStream(liveNow(), message);
    if (result.kind !== 'held') return result.kind !== 'gap';
    if (message.type === 'snapshot') {
      counters.seed(message.snapshot.counters);
      changes.clear();
    }
    queryClient.setQueryData<Held>(heldKey, result.held);
    if (message.type === 'diff') changes.record(message.diff, Date.now());
    return true;
  },
  onConnection: (connection) => queryClient.setQueryData<Connection>(connectionKey, connection),
});

/** Begins to listen to the agent, for as long as the page is seen. The returned function ends it. */
export function goLive(): () => void {
  let hidden: ReturnType<typeof setTimeout> | null = null;
  const onVisibility = () => {
    if (hidden) clearTimeout(hidden);
    hidden = null;
    if (document.visibilityState === 'hidden') hidden = setTimeout(() => stream.rest(), hiddenMs);
    else stream.start();
  };
  const onOnline = () => {
    if (queryClient.getQueryData<Connection>(connectionKey)?.phase === 'lost') stream.retryNow();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  onVisibility();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
    if (hidden) clearTimeout(hidden);
    stream.close();
  };
}

export const reconnect = () => stream.retryNow();

/** What the page shows, where that is not what the agent tells of now. */
export function useElsewhere(): Held | null {
  return useQuery<Held | null>({ queryKey: elsewhereKey, queryFn: skipToken }).data ?? null;
}

/** The Snapshot with its origin; null until the first one has come. */
export function useHeld(): Held | null {
  return useQuery<Held>({ queryKey: heldKey, queryFn: skipToken }).data ?? null;
}

export function useConnection(): Connection {
  const connection = useQuery<Connection>({ queryKey: connectionKey, queryFn: skipToken }).data;
  return connection ?? { phase: 'connecting', since: Date.now() };
}
