import { type Comparison, compareSnapshots } from '@vethscope/graph';
import type { ErrorBody, HistoryBody, Moment } from '@vethscope/model';
import { useEffect, useMemo, useState } from 'react';
import { changes as liveChanges, showElsewhere } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { useOpened, useRecordings } from '../recordings/recordingsStore.ts';
import type { ChangesStore } from '../topology/canvasProps.ts';
import { differenceChanges } from './differenceChanges.ts';
import { useHistory, useMoment } from './useHistory.ts';

export interface Shown {
  /** What the whole page shows: the host now, a past moment of it, or an opened file. null: it is not there yet. */
  held: Held | null;
  /** The host as the agent tells of it now. */
  live: Held | null;
  /** The moment in the URL is on its way, and something else stands in its place. */
  pending: boolean;
  /** What the shown is compared with. */
  before: Held | null;
  comparison: Comparison | null;
  /** What is lit on the map. */
  changes: ChangesStore;
  /** null where there is none to ask for: of a recording, or nobody looks at it. */
  history: HistoryBody | null;
  /** Why the moment in the URL, or the history, cannot be shown. */
  fault: ErrorBody | null;
}

interface Asked {
  /** The moments in the URL. */
  at: number | null;
  vs: number | null;
  /** Whether the strip of time is open. */
  timelineOpen: boolean;
}

/** The moment before that one, where it is kept. */
function momentBefore(moments: readonly Moment[], n: number): Moment | null {
  const index = moments.findIndex((moment) => moment.n === n);
  return index > 0 ? (moments[index - 1] ?? null) : null;
}

/** Chooses what the page shows, and what it is compared with. A file goes before a moment, a moment before now. */
export function useShown(live: Held | null, { at, vs, timelineOpen }: Asked): Shown {
  const shownFile = useRecordings((state) => state.shown);
  const against = useRecordings((state) => state.against);
  const isLive = live?.origin.kind === 'live';
  const { history, fault: historyFault } = useHistory(live, isLive && (timelineOpen || at !== null || vs !== null));
  const past = useMoment(live?.epoch, at);
  const opened = useOpened(shownFile);
  const openedAgainst = useOpened(against?.kind === 'file' ? against.id : null);

  const beforeN = vs ?? (at !== null && history ? (momentBefore(history.moments, at)?.n ?? null) : null);
  const beforeMoment = useMoment(live?.epoch, against === null && (shownFile === null || vs !== null) ? beforeN : null);

  // A page that was opened by a link waits for the moment. One that showed the host goes on to show it until the moment is there.
  const [linked] = useState(at);
  const pending = opened === null && at !== null && past.shown === null && past.fault === null;
  const held = opened ?? (at === null || past.fault ? live : (past.shown?.held ?? (at === linked ? null : live)));
  const before =
    against?.kind === 'live' ? live : against?.kind === 'file' ? openedAgainst : (beforeMoment.shown?.held ?? null);
  // While a moment is on its way, the one before stands: it is not compared with the wrong one.
  const settled =
    against !== null || (before?.version === beforeN && (opened !== null || at === null || held?.version === at));

  const [left, right] = [settled ? before?.snapshot : undefined, held?.snapshot];
  const comparison = useMemo(
    () => (left && right && left !== right ? compareSnapshots(left, right) : null),
    [left, right],
  );
  const elsewhere = held?.elsewhere ? held : null;
  useEffect(() => showElsewhere(elsewhere), [elsewhere]);
  const still = elsewhere !== null || comparison !== null;
  const changes = useMemo(() => {
    if (!still) return liveChanges;
    return differenceChanges(comparison, left && right ? { before: left, after: right } : null);
  }, [still, comparison, left, right]);
  return {
    held,
    live,
    pending,
    before: comparison ? before : null,
    comparison,
    changes,
    history: isLive ? history : null,
    fault: past.fault ?? beforeMoment.fault ?? historyFault,
  };
}
