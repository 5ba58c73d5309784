import type { Moment } from '@vethscope/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markAt, rangeOf, timeGaps, timeMarks, timeTicks } from './timeMarks.ts';

const start = Date.UTC(2026, 0, 1);
const iso = (ms: number) => new Date(start + ms).toISOString();

function moment(n: number, ms: number, more: Partial<Moment> = {}): Moment {
  return {
    n,
    at: iso(ms),
    unseenSince: null,
    changes: { added: 0, updated: 1, removed: 0 },
    highlights: [],
    ...more,
  };
}

const range = { from: start, to: start + 100_000 };

describe('timeMarks', () => {
  it('makes one mark of moments that are too near to be told apart, and keeps all of them', () => {
    const marks = timeMarks([moment(1, 10_000), moment(2, 10_100), moment(3, 50_000)], range, 1000);
    expect(marks.map(({ moments }) => moments.map(({ n }) => n))).toEqual([[1, 2], [3]]);
    expect(marks[0]).toMatchObject({ x: 100, width: 1 });
  });

  it('never loses a moment of the range, and keeps marks apart from each other', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 60 }), fc.integer({ min: 50, max: 1500 }), (times, width) => {
        const moments = times.sort((a, b) => a - b).map((time, index) => moment(index, time));
        const marks = timeMarks(moments, range, width);
        expect(marks.flatMap((mark) => mark.moments)).toEqual(moments);
        for (const [index, mark] of marks.entries()) {
          const before = marks[index - 1];
          if (before) expect(mark.x - before.x - before.width).toBeGreaterThanOrEqual(9);
        }
      }),
    );
  });

  it('says what came and what went by what a person would name', () => {
    const named = (change: 'added' | 'removed') =>
      ({ highlights: [{ change, type: 'container', id: 'container:a', name: 'a' }] }) satisfies Partial<Moment>;
    const marks = timeMarks([moment(1, 0, named('added')), moment(2, 50_000, named('removed'))], range, 1000);
    expect(marks.map(({ came, went }) => [came, went])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('finds the mark under the pointer, and none far from it', () => {
    const marks = timeMarks([moment(1, 10_000), moment(2, 50_000)], range, 1000);
    expect(markAt(marks, 104, 7)?.moments[0]?.n).toBe(1);
    expect(markAt(marks, 300, 7)).toBeNull();
    expect(markAt(marks, 400, Number.POSITIVE_INFINITY)?.moments[0]?.n).toBe(2);
  });
});

it('hatches the time in which nobody looked, as far as it is in sight', () => {
  const unseen = moment(2, 40_000, { unseenSince: iso(-5000) });
  expect(timeGaps([moment(1, -6000), unseen], range, 1000)).toEqual([
    { x: 0, width: 400, from: iso(-5000), to: iso(40_000) },
  ]);
});

describe('rangeOf', () => {
  const moments = [moment(1, 0), moment(2, 7_200_000)];

  it('ends now, or with the last moment where the clock of the host is ahead', () => {
    expect(rangeOf(moments, 'all', { now: start + 9_000_000, shown: null })).toEqual({
      from: start,
      to: start + 9_000_000,
    });
    expect(rangeOf(moments, 'all', { now: start, shown: null }).to).toBe(start + 7_200_000);
  });

  it('goes back as far as the moment that is shown', () => {
    const { from, to } = rangeOf(moments, 'minutes', { now: start + 9_000_000, shown: 2 });
    expect(to - from).toBe(600_000);
    expect(from).toBeLessThan(start + 7_200_000);
    expect(to).toBeGreaterThan(start + 7_200_000);
  });

  it('has a width also with one moment, or none', () => {
    for (const list of [[], [moment(1, 0)]]) {
      const { from, to } = rangeOf(list, 'all', { now: start, shown: null });
      expect(to).toBeGreaterThan(from);
    }
  });
});

it('puts ticks at round times of the zone, not nearer to each other than asked', () => {
  const ticks = timeTicks({ from: start, to: start + 3_600_000 }, { width: 600, apart: 96 }, 19_800_000);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.length).toBeLessThanOrEqual(7);
  for (const tick of ticks) expect((tick + 19_800_000) % 600_000).toBe(0);
});
