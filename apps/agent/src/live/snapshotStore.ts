import {
  type CountersFrame,
  diffSnapshots,
  isEmptyDiff,
  type Origin,
  type Snapshot,
  type SnapshotDiff,
} from '@vethscope/model';

/** The current Snapshot under its name: a version that counts up within an epoch, which is one run of the agent. */
export interface Published {
  epoch: string;
  version: number;
  origin: Origin;
  snapshot: Snapshot;
}

/** What the store tells its listeners. `full`: the Snapshot was replaced as a whole, no diff leads to it. */
export type StoreEvent =
  | { type: 'full' }
  | { type: 'diff'; version: number; diff: SnapshotDiff }
  | { type: 'origin'; origin: Origin }
  | { type: 'counters'; frame: CountersFrame };

export interface SnapshotStore {
  readonly epoch: string;
  /** null until the first Snapshot is there. */
  current(): Published | null;
  origin(): Origin;
  /** The next Snapshot of the same host. Listeners get the difference, or nothing where there is none; it is returned. */
  advance(snapshot: Snapshot): SnapshotDiff | null;
  /** A Snapshot that has nothing to do with the last one (another host, the first). */
  replace(snapshot: Snapshot, origin: Origin): void;
  setOrigin(origin: Origin): void;
  setCounters(frame: CountersFrame): void;
  /** The diffs that lead from `version` to now, oldest first; null where they are no longer kept: send a full Snapshot. */
  since(version: number): { version: number; diff: SnapshotDiff }[] | null;
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** How many diffs are kept for clients that come back. A reconnect takes seconds; a busy host makes some tens of diffs in that. */
const keptDiffs = 256;

export function createSnapshotStore(epoch: string, firstOrigin: Origin): SnapshotStore {
  let published: Published | null = null;
  let origin = firstOrigin;
  let kept: { version: number; diff: SnapshotDiff }[] = [];
  const listeners = new Set<(event: StoreEvent) => void>();
  const tell = (event: StoreEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  return {
    epoch,
    current: () => published,
    origin: () => origin,

    advance(snapshot) {
      if (!published) {
        this.replace(snapshot, origin);
        return null;
      }
      const diff = diffSnapshots(published.snapshot, snapshot);
      if (isEmptyDiff(diff)) {
        // The moment and the counters move on; nobody needs to be told.
        published = { ...published, snapshot };
        return null;
      }
      const version = published.version + 1;
      published = { epoch, version, origin, snapshot };
      kept.push({ version, diff });
      if (kept.length > keptDiffs) kept = kept.slice(-keptDiffs);
      tell({ type: 'diff', version, diff });
      return diff;
    },

    replace(snapshot, next) {
      origin = next;
      published = { epoch, version: (published?.version ?? 0) + 1, origin, snapshot };
      kept = [];
      tell({ type: 'full' });
    },

    setOrigin(next) {
      if (JSON.stringify(next) === JSON.stringify(origin)) return;
      origin = next;
      if (published) published = { ...published, origin };
      tell({ type: 'origin', origin });
    },

    setCounters(frame) {
      if (published) published = { ...published, snapshot: withCounters(published.snapshot, frame) };
      tell({ type: 'counters', frame });
    },

    since(version) {
      if (!published || version > published.version) return null;
      if (version === published.version) return [];
      const missed = kept.filter((entry) => entry.version > version);
      return missed[0]?.version === version + 1 ? missed : null;
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Packets and bytes of a frame, over what the last full reading said of errors. */
function withCounters(snapshot: Snapshot, frame: CountersFrame): Snapshot {
  const links = { ...snapshot.counters.links };
  frame.links.forEach((id, index) => {
    const before = links[id];
    links[id] = {
      rxBytes: frame.rxBytes[index] ?? 0,
      rxPackets: frame.rxPackets[index] ?? 0,
      rxErrors: before?.rxErrors ?? 0,
      rxDropped: before?.rxDropped ?? 0,
      txBytes: frame.txBytes[index] ?? 0,
      txPackets: frame.txPackets[index] ?? 0,
      txErrors: before?.txErrors ?? 0,
      txDropped: before?.txDropped ?? 0,
    };
  });
  const rules = { ...snapshot.counters.rules };
  frame.rules.forEach((id, index) => {
    rules[id] = { packets: frame.rulePackets[index] ?? 0, bytes: frame.ruleBytes[index] ?? 0 };
  });
  return { ...snapshot, counters: { at: frame.at, links, rules } };
}
