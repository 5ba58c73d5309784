import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { ErrorBody, HistoryBody, Moment, Snapshot } from '@vethscope/model';
import { useEffect, useRef } from 'react';
import { AnswerError, bodyOf, getHistory, getMoment } from '../api/client.ts';
import type { Held } from '../api/streamReducer.ts';

/** A burst of changes asks once. */
const restMs = 200;

const faultOf = (error: unknown): ErrorBody | null => {
  if (error === null || error === undefined) return null;
  if (error instanceof AnswerError) return error.body;
  return { code: 'internal', message: String(error), where: null, fix: null };
};

/** The moments that the agent keeps, asked anew with each change of the host; not asked where nobody looks at them. */
export function useHistory(
  live: Held | null,
  wanted: boolean,
): { history: HistoryBody | null; fault: ErrorBody | null } {
  const epoch = live?.epoch;
  const query = useQuery({
    queryKey: ['history', epoch],
    queryFn: wanted && epoch !== undefined ? async ({ signal }) => bodyOf(await getHistory(signal)) : skipToken,
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  const version = live?.version;
  const asked = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    if (!wanted || version === undefined || asked.current === version) return;
    asked.current = version;
    // Not put off by the next change: on a busy host there is always a next one.
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void refetch({ cancelRefetch: true });
    }, restMs);
  }, [wanted, version, refetch]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return { history: query.data ?? null, fault: faultOf(query.error) };
}

export interface ShownMoment {
  moment: Moment;
  held: Held;
}

/** The host as it was at a moment; the one before stands until it is there. `fault`: it cannot be had. */
export function useMoment(
  epoch: string | undefined,
  n: number | null,
): { shown: ShownMoment | null; fault: ErrorBody | null } {
  const query = useQuery<ShownMoment>({
    queryKey: ['moment', epoch, n],
    queryFn:
      n === null || epoch === undefined
        ? skipToken
        : async ({ signal }) => {
            const { moment, snapshot } = bodyOf(await getMoment(n, signal));
            return { moment, held: pastHeld(epoch, moment, snapshot) };
          },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    // Snapshots are large, and a person scrubs over many.
    gcTime: 20_000,
  });
  if (n === null) return { shown: null, fault: null };
  return { shown: query.data ?? null, fault: faultOf(query.error) };
}

/** The history keeps no counters: those that come with a moment are of its beginning. */
function pastHeld(epoch: string, moment: Moment, snapshot: Snapshot): Held {
  return {
    epoch: `${epoch} past`,
    version: moment.n,
    origin: { kind: 'recording', name: snapshot.host.hostname, why: null, fix: null },
    snapshot: { ...snapshot, counters: { at: moment.at, links: {}, rules: {} } },
    elsewhere: { kind: 'past', at: moment.at },
  };
}
