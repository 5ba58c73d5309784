import { cleanDirt, type Dirt, isClean, mergeDirt } from './dirt.ts';

/** The clock as an argument, so that tests can hold it. Times in milliseconds. */
export interface Clock {
  now(): number;
  /** Calls once after `ms`; the result forgets it. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** How long dirt waits for company. */
export interface Pace {
  /** The first sign of a change is followed at once, but for this: what one act does, it does in a few messages. */
  leadMs: number;
  /** From one reading's start to the next while changes keep coming. */
  gapMs: number;
}

/**
 * - `act`: the engine says that it is done with what a person asked of it. Its events are few, and all is there to be read.
 * - `now`: the kernel says that something changes; more of the same act is about to follow.
 * - `soon`: what may be some tenths of a second late for the sake of the rest (a sandbox's own rules, who holds a socket).
 * - `calm`: what the kernel changes by itself all the time (neighbour states): at most once in its gap.
 */
export type Lane = 'act' | 'now' | 'soon' | 'calm';

export const paces: Record<Lane, Pace> = {
  act: { leadMs: 1, gapMs: 10 },
  now: { leadMs: 4, gapMs: 30 },
  soon: { leadMs: 60, gapMs: 150 },
  calm: { leadMs: 200, gapMs: 1000 },
};
const lanes: readonly Lane[] = ['act', 'now', 'soon', 'calm'];

export interface Schedule {
  mark(dirt: Dirt, lane: Lane): void;
  /** Forgets what is dirty and starts nothing more. A reading that runs comes to its end. */
  stop(): void;
  /** Resolves when nothing is dirty and nothing runs. */
  idle(): Promise<void>;
}

/**
 * [S1] One reading at a time. [S2] Dirt that comes during a reading is for the next one. [S3] The first mark after a pause starts a
 * reading after the lane's lead. [S4] While marks keep coming, a lane starts at most one reading in its gap, so that a burst becomes
 * few diffs. [S5] What is due goes together, and a reading that is made for an act takes along what the kernel announced of it. [S6] A reading that rejects loses
 * nothing: its dirt is marked again, after the gap.
 */
export function createSchedule(read: (dirt: Dirt) => Promise<void>, clock: Clock): Schedule {
  const waiting = new Map<Lane, { dirt: Dirt; dueAt: number }>();
  const startedAt = new Map<Lane, number>();
  let running = false;
  let stopped = false;
  let cancel: (() => void) | null = null;
  const whenIdle: (() => void)[] = [];

  function arm(): void {
    cancel?.();
    cancel = null;
    if (running || stopped) return;
    if (waiting.size === 0) {
      for (const resolve of whenIdle.splice(0)) resolve();
      return;
    }
    const dueAt = Math.min(...[...waiting.values()].map((entry) => entry.dueAt));
    cancel = clock.after(Math.max(0, dueAt - clock.now()), () => void run());
  }

  function add(dirt: Dirt, lane: Lane, notBefore: number): void {
    const known = waiting.get(lane);
    if (known) {
      known.dirt = mergeDirt(known.dirt, dirt);
      known.dueAt = Math.max(known.dueAt, notBefore);
      return;
    }
    const { leadMs, gapMs } = paces[lane];
    const last = startedAt.get(lane) ?? Number.NEGATIVE_INFINITY;
    waiting.set(lane, { dirt, dueAt: Math.max(clock.now() + leadMs, last + gapMs, notBefore) });
  }

  async function run(): Promise<void> {
    const now = clock.now();
    const isDue = (lane: Lane) => (waiting.get(lane)?.dueAt ?? Number.POSITIVE_INFINITY) <= now;
    const due = lanes.filter((lane) => isDue(lane) || (lane === 'now' && waiting.has(lane) && isDue('act')));
    const taken = due.map((lane) => ({ lane, dirt: waiting.get(lane)?.dirt ?? cleanDirt() }));
    for (const { lane } of taken) {
      waiting.delete(lane);
      startedAt.set(lane, now);
    }
    running = true;
    try {
      await read(taken.reduce((sum, { dirt }) => mergeDirt(sum, dirt), cleanDirt()));
    } catch {
      for (const { lane, dirt } of taken) add(dirt, lane, clock.now() + paces.calm.gapMs);
    }
    running = false;
    arm();
  }

  return {
    mark(dirt, lane) {
      if (stopped || isClean(dirt)) return;
      add(dirt, lane, 0);
      arm();
    },
    stop() {
      stopped = true;
      waiting.clear();
      cancel?.();
      cancel = null;
      for (const resolve of whenIdle.splice(0)) resolve();
    },
    idle: () => (running || waiting.size > 0 ? new Promise((resolve) => whenIdle.push(resolve)) : Promise.resolve()),
  };
}
