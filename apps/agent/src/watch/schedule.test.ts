import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dirt, dirtOf, everythingDirty, partsDirty } from './dirt.ts';
import { createSchedule, paces } from './schedule.ts';
import { testClock } from './testClock.ts';

const container = (id: string) => dirtOf({ containers: new Set([id]) });

function recorded(tookMs = 0) {
  const clock = testClock();
  const readings: { at: number; dirt: Dirt }[] = [];
  let running = 0;
  let most = 0;
  let failures = 0;
  const schedule = createSchedule(async (dirt) => {
    readings.push({ at: clock.now(), dirt });
    running += 1;
    most = Math.max(most, running);
    if (tookMs > 0) await new Promise<void>((resolve) => clock.after(tookMs, resolve));
    running -= 1;
    if (failures > 0) {
      failures -= 1;
      throw new Error('not now');
    }
  }, clock);
  return { clock, schedule, readings, most: () => most, failNext: (count: number) => (failures = count) };
}

describe('createSchedule', () => {
  it('[S3] reads a few milliseconds after the first mark', async () => {
    const { clock, schedule, readings } = recorded();
    schedule.mark(container('a'), 'now');
    await clock.advance(paces.now.leadMs - 1);
    expect(readings).toHaveLength(0);
    await clock.advance(1);
    expect(readings.map(({ at }) => at)).toEqual([paces.now.leadMs]);
  });

  it('[S4] makes few readings of a burst, the first at once and the last soon after its end', async () => {
    const { clock, schedule, readings } = recorded();
    for (let index = 0; index < 100; index++) {
      schedule.mark(container(String(index)), 'now');
      await clock.advance(2);
    }
    await clock.advance(100);
    expect(readings.length).toBeLessThanOrEqual(200 / paces.now.gapMs + 2);
    expect(readings[0]?.at).toBe(paces.now.leadMs);
    expect(readings.at(-1)?.at).toBeLessThanOrEqual(200 + paces.now.gapMs);
    expect(new Set(readings.flatMap(({ dirt }) => [...dirt.containers])).size).toBe(100);
  });

  it('[S1][S2] keeps what becomes dirty during a reading for the next one', async () => {
    const { clock, schedule, readings, most } = recorded(50);
    schedule.mark(container('a'), 'now');
    await clock.advance(10);
    schedule.mark(container('b'), 'now');
    await clock.advance(20);
    expect(readings).toHaveLength(1);
    await clock.advance(200);
    expect(readings.map(({ dirt }) => [...dirt.containers])).toEqual([['a'], ['b']]);
    expect(most()).toBe(1);
  });

  it('[S4] lets what changes by itself wait, however often it is announced', async () => {
    const { clock, schedule, readings } = recorded();
    for (let index = 0; index < 300; index++) {
      schedule.mark(partsDirty('host', ['neighbors']), 'calm');
      await clock.advance(10);
    }
    expect(readings.length).toBeLessThanOrEqual(4);
  });

  it('[S5] does not hold back what is urgent for what is not', async () => {
    const { clock, schedule, readings } = recorded();
    schedule.mark(partsDirty('host', ['neighbors']), 'calm');
    schedule.mark(container('a'), 'now');
    await clock.advance(paces.now.leadMs);
    expect(readings.map(({ dirt }) => [...dirt.containers])).toEqual([['a']]);
    await clock.advance(paces.calm.leadMs);
    expect(readings).toHaveLength(2);
  });

  it('[S5] follows an act at once, with what the kernel announced of it', async () => {
    const { clock, schedule, readings } = recorded();
    schedule.mark(partsDirty('host', ['links']), 'now');
    await clock.advance(paces.now.leadMs);
    schedule.mark(partsDirty('host', ['routes']), 'now');
    schedule.mark(container('a'), 'act');
    await clock.advance(paces.act.gapMs);
    expect(readings).toHaveLength(2);
    expect(readings[1]?.dirt.parts.get('host')).toEqual(new Set(['routes']));
    expect(readings[1]?.dirt.containers).toEqual(new Set(['a']));
  });

  it('[S6] tries again what failed, and loses nothing', async () => {
    const { clock, schedule, readings, failNext } = recorded();
    failNext(2);
    schedule.mark(container('a'), 'now');
    await clock.advance(paces.now.leadMs);
    schedule.mark(container('b'), 'now');
    await clock.advance(10 * paces.calm.gapMs);
    expect([...(readings.at(-1)?.dirt.containers ?? [])].sort()).toEqual(['a', 'b']);
    await expect(schedule.idle()).resolves.toBeUndefined();
  });

  it('reads nothing more once it is stopped', async () => {
    const { clock, schedule, readings } = recorded();
    schedule.mark(everythingDirty(), 'now');
    schedule.stop();
    schedule.mark(everythingDirty(), 'now');
    await clock.advance(10_000);
    expect(readings).toHaveLength(0);
  });

  it('reads all that was ever marked, one reading at a time, whatever comes when', async () => {
    const marks = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 80 }),
        id: fc.nat(20),
        lane: fc.constantFrom('act', 'now', 'soon', 'calm'),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(marks, fc.integer({ min: 0, max: 60 }), async (all, tookMs) => {
        const { clock, schedule, readings, most } = recorded(tookMs);
        const lastMark = new Map<string, number>();
        for (const { waitMs, id, lane } of all) {
          await clock.advance(waitMs);
          schedule.mark(container(String(id)), lane);
          lastMark.set(String(id), clock.now());
        }
        await clock.advance(60_000);
        expect(most()).toBe(1);
        for (const [id, at] of lastMark) {
          expect(readings.some((reading) => reading.at >= at && reading.dirt.containers.has(id))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
