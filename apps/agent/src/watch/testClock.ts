import type { Clock } from './schedule.ts';

/** A clock that stands until it is told to go on. `advance` runs what falls due, in order, and lets promises settle in between. */
export interface TestClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function testClock(): TestClock {
  let now = 0;
  let timers: { at: number; action: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.action();
        await settle();
      }
      now = until;
    },
  };
}
