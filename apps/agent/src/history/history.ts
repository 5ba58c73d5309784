import { applyDiff, type Moment, type Snapshot, type SnapshotDiff } from '@vethscope/model';
import { highlightsOf } from './highlights.ts';

/** A moment with what led to it. */
export interface KeptMoment {
  moment: Moment;
  diff: SnapshotDiff;
  bytes: number;
}

/** What a History is written to, so that it outlives the agent. Failures are told by `log`, and end nothing. */
export interface HistoryFile {
  readonly directory: string;
  append(kept: KeptMoment): void;
  /** Begins anew: from this moment, with these. */
  rewrite(base: { moment: Moment; snapshot: Snapshot }, kept: readonly KeptMoment[]): void;
  close(): Promise<void>;
}

export interface HistoryOptions {
  limitBytes: number;
  file: HistoryFile | null;
  /** What was kept before this run of the agent. */
  earlier?: { base: { moment: Moment; snapshot: Snapshot }; kept: KeptMoment[] } | null;
}

export interface History {
  /** The first Snapshot, or one that no diff leads to: the difference is told as one moment. */
  begin(snapshot: Snapshot, diffFrom: (before: Snapshot) => SnapshotDiff | null): void;
  /** `unseenSince`: nobody looked from then on. */
  record(diff: SnapshotDiff, unseenSince: string | null): void;
  moments(): Moment[];
  /** The host as it was; null for a moment that is not kept, or no more. */
  at(n: number): { moment: Moment; snapshot: Snapshot } | null;
  bytes(): number;
  readonly limitBytes: number;
  readonly directory: string | null;
  close(): Promise<void>;
}

/** Objects take about twice the room of their text in V8, measured on records of the sample. */
const bytesPerCharacter = 2;

/** How much is let go at once when there is no room: to fold single moments into the base would copy its tables each time. */
const shareKept = 0.75;

/**
 * The last changes of a host: the Snapshot where the memory begins, and the diffs since. The oldest diffs are folded into that Snapshot when
 * their text takes more than `limitBytes`. The records of a diff are the Snapshot's own objects, so what did not change costs nothing.
 */
export function createHistory({ limitBytes, file, earlier = null }: HistoryOptions): History {
  let base = earlier?.base ?? null;
  let kept = earlier?.kept ?? [];
  let bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
  let now = base ? kept.reduce((snapshot, { diff }) => applyDiff(snapshot, diff), base.snapshot) : null;
  // A page asks for neighbours of the moment that it has.
  let lastAsked: { n: number; snapshot: Snapshot } | null = null;

  function makeRoom(): void {
    if (bytes <= limitBytes || !base) return;
    let folded = 0;
    let { moment, snapshot } = base;
    while (folded < kept.length && bytes > limitBytes * shareKept) {
      const oldest = kept[folded];
      if (!oldest) break;
      snapshot = applyDiff(snapshot, oldest.diff);
      moment = { ...oldest.moment, changes: noChanges, highlights: [] };
      bytes -= oldest.bytes;
      folded += 1;
    }
    kept = kept.slice(folded);
    base = { moment, snapshot };
    file?.rewrite(base, kept);
  }

  function record(diff: SnapshotDiff, unseenSince: string | null): void {
    if (!base || !now) return;
    const after = applyDiff(now, diff);
    const moment: Moment = {
      n: (kept.at(-1)?.moment.n ?? base.moment.n) + 1,
      at: diff.readAt,
      unseenSince,
      changes: { added: diff.added.length, updated: diff.updated.length, removed: diff.removed.length },
      highlights: highlightsOf(diff, now, after),
    };
    const entry = { moment, diff, bytes: JSON.stringify(diff).length * bytesPerCharacter };
    kept.push(entry);
    bytes += entry.bytes;
    now = after;
    file?.append(entry);
    makeRoom();
  }

  return {
    begin(snapshot, diffFrom) {
      if (!base || !now) {
        base = {
          moment: { n: 1, at: snapshot.readAt, unseenSince: null, changes: noChanges, highlights: [] },
          snapshot,
        };
        now = snapshot;
        file?.rewrite(base, []);
        return;
      }
      const unseenSince = kept.at(-1)?.moment.at ?? base.moment.at;
      const diff = diffFrom(now);
      if (diff) record(diff, unseenSince);
    },
    record,
    moments: () => (base ? [base.moment, ...kept.map(({ moment }) => moment)] : []),
    at(n) {
      if (!base) return null;
      if (n === base.moment.n) return base;
      const index = kept.findIndex(({ moment }) => moment.n === n);
      const moment = kept[index]?.moment;
      if (!moment) return null;
      const known = lastAsked && lastAsked.n <= n && lastAsked.n > base.moment.n ? lastAsked : null;
      const from = known ? kept.findIndex((each) => each.moment.n === known.n) + 1 : 0;
      let snapshot = known?.snapshot ?? base.snapshot;
      for (const { diff } of kept.slice(from, index + 1)) snapshot = applyDiff(snapshot, diff);
      lastAsked = { n, snapshot };
      return { moment, snapshot };
    },
    bytes: () => bytes,
    limitBytes,
    directory: file?.directory ?? null,
    close: async () => file?.close(),
  };
}

const noChanges = { added: 0, updated: 0, removed: 0 };
