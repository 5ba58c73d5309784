import type { Moment } from '@vethscope/model';

/** In milliseconds since the epoch. */
export interface TimeRange {
  from: number;
  to: number;
}

/** One mark on the line of time: a moment, or several that are too near to each other to be told apart. `x` and `width` in pixels. */
export interface TimeMark {
  moments: readonly Moment[];
  x: number;
  width: number;
  came: boolean;
  went: boolean;
}

/** A time in which nobody looked. */
export interface TimeGap {
  x: number;
  width: number;
  from: string;
  to: string;
}

/** Marks that are nearer than this to each other become one. */
const nearest = 9;

export const rangeNames = ['all', 'hour', 'minutes'] as const;
export type RangeName = (typeof rangeNames)[number];
const spans: Record<Exclude<RangeName, 'all'>, number> = { hour: 3_600_000, minutes: 600_000 };

const timeOf = (iso: string) => Date.parse(iso);

/** Up to now, with a little room before the first; where the shown moment lies outside, so far back that it is seen. */
export function rangeOf(
  moments: readonly Moment[],
  name: RangeName,
  at: { now: number; shown: number | null },
): TimeRange {
  const [first, last] = [moments[0], moments.at(-1)];
  const begin = first ? timeOf(first.at) : at.now - 60_000;
  // The clock of the host may be ahead of the browser's.
  const end = last ? Math.max(at.now, timeOf(last.at)) : at.now;
  if (name === 'all') return { from: Math.min(begin, end - 10_000), to: end };
  const from = Math.max(begin, end - spans[name]);
  const shown = at.shown === null ? null : timeOf(moments.find(({ n }) => n === at.shown)?.at ?? '');
  if (shown === null || Number.isNaN(shown) || shown >= from) return { from: Math.min(from, end - 10_000), to: end };
  const to = Math.min(end, shown + spans[name] / 2);
  return { from: to - spans[name], to };
}

export const placeOf = (time: number, range: TimeRange, width: number): number =>
  ((time - range.from) / Math.max(1, range.to - range.from)) * width;

/** The marks of those moments that lie in the range, from left to right. Time: linear in the moments. */
export function timeMarks(moments: readonly Moment[], range: TimeRange, width: number): TimeMark[] {
  const marks: { moments: Moment[]; x: number; end: number }[] = [];
  for (const moment of moments) {
    const time = timeOf(moment.at);
    if (time < range.from || time > range.to) continue;
    const x = placeOf(time, range, width);
    const last = marks.at(-1);
    if (last && x - last.end < nearest) {
      last.moments.push(moment);
      last.end = x;
    } else marks.push({ moments: [moment], x, end: x });
  }
  const some = (list: readonly Moment[], change: 'added' | 'removed') =>
    list.some(({ highlights }) => highlights.some((each) => each.change === change));
  return marks.map(({ moments: list, x, end }) => ({
    moments: list,
    x,
    width: end - x,
    came: some(list, 'added'),
    went: some(list, 'removed'),
  }));
}

/** The times in the range in which nobody looked. */
export function timeGaps(moments: readonly Moment[], range: TimeRange, width: number): TimeGap[] {
  return moments.flatMap(({ unseenSince, at }) => {
    if (unseenSince === null) return [];
    const from = Math.max(0, placeOf(timeOf(unseenSince), range, width));
    const to = Math.min(width, placeOf(timeOf(at), range, width));
    return to - from < 1 ? [] : [{ x: from, width: to - from, from: unseenSince, to: at }];
  });
}

/** The mark that is nearest to a place, within `reach` pixels. */
export function markAt(marks: readonly TimeMark[], x: number, reach: number): TimeMark | null {
  let best: { mark: TimeMark; far: number } | null = null;
  for (const mark of marks) {
    const far = x < mark.x ? mark.x - x : Math.max(0, x - mark.x - mark.width);
    if (far <= reach && (best === null || far < best.far)) best = { mark, far };
  }
  return best?.mark ?? null;
}

const steps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800,
].map((seconds) => seconds * 1000);

/** Round times on the line, at least `apart` pixels from each other; round in the reader's own zone (`offset` in ms east of UTC). */
export function timeTicks(range: TimeRange, size: { width: number; apart: number }, offset: number): number[] {
  const least = ((range.to - range.from) / Math.max(1, size.width)) * size.apart;
  const step = steps.find((each) => each >= least) ?? 604_800_000;
  const first = Math.ceil((range.from + offset) / step) * step - offset;
  const ticks: number[] = [];
  for (let time = first; time <= range.to && ticks.length < 200; time += step) ticks.push(time);
  return ticks;
}
