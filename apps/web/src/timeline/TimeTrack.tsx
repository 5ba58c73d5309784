import type { Moment } from '@vethscope/model';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { locale, t } from '../text/text.ts';
import { MomentCard } from './MomentCard.tsx';
import { clockTime, momentWords } from './momentWords.ts';
import {
  markAt,
  placeOf,
  type TimeGap,
  type TimeMark,
  type TimeRange,
  timeGaps,
  timeMarks,
  timeTicks,
} from './timeMarks.ts';
import { useTrackWidth } from './useTrackWidth.ts';

interface TimeTrackProps {
  moments: readonly Moment[];
  range: TimeRange;
  /** The moment that is shown; null: now. */
  at: number | null;
  /** The moment that it is compared with. */
  vs: number | null;
  onShow: (n: number | null) => void;
  onCompare: (n: number) => void;
  /** Escape: back to the live host. */
  onLeave: () => void;
}

/** Marks stand this far from the ends, so that the first and the last can be reached. */
const inset = 14;
const reach = 14;

/** The line of time. One slider: drag, click, arrow keys; a click with Shift compares. */
export function TimeTrack({ moments, range, at, vs, onShow, onCompare, onLeave }: TimeTrackProps) {
  const { ref, width } = useTrackWidth();
  const inner = Math.max(0, width - 2 * inset);
  const marks = useMemo(() => timeMarks(moments, range, inner), [moments, range, inner]);
  const gaps = useMemo(() => timeGaps(moments, range, inner), [moments, range, inner]);
  const [hover, setHover] = useState<TimeMark | TimeGap | null>(null);
  const [dragging, setDragging] = useState(false);
  const index = at === null ? moments.length : moments.findIndex(({ n }) => n === at);
  const shown = moments[index] ?? null;

  const show = (to: number) => onShow(moments[Math.max(0, to)]?.n ?? null);
  const placeIn = (event: PointerEvent<HTMLElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left - inset;
  const momentUnder = (x: number): Moment | null => {
    const mark = markAt(marks, x, Number.POSITIVE_INFINITY);
    if (!mark) return null;
    // Within a cluster by the place in it: its ends are its first and its last moment.
    const share = mark.width === 0 ? 1 : (x - mark.x) / mark.width;
    return mark.moments[Math.round(Math.min(1, Math.max(0, share)) * (mark.moments.length - 1))] ?? null;
  };
  const scrub = (event: PointerEvent<HTMLElement>) => {
    const x = placeIn(event);
    const last = marks.at(-1);
    const nowX = placeOf(Math.min(range.to, Date.now()), range, inner);
    // Right of the last moment there is only now.
    const isNow = x > nowX - 6 || (last !== undefined && x > last.x + last.width + reach);
    const next = isNow ? null : (momentUnder(x)?.n ?? null);
    if (next !== at) onShow(next);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    if (event.shiftKey) {
      const moment = momentUnder(placeIn(event));
      if (moment) onCompare(moment.n);
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    setHover(null);
    scrub(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (dragging) return scrub(event);
    const x = placeIn(event);
    setHover(markAt(marks, x, 7) ?? gaps.find((gap) => x >= gap.x && x <= gap.x + gap.width) ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && (at ?? vs) !== null) {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
      return;
    }
    const to = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 10,
      PageUp: index + 10,
      Home: 0,
      End: moments.length,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    show(to);
  };

  const xOf = (moment: Moment | null | undefined) =>
    moment ? placeOf(Date.parse(moment.at), range, inner) + inset : null;
  const nowX = placeOf(Math.min(range.to, Date.now()), range, inner) + inset;
  const headX = shown ? xOf(shown) : nowX;
  const vsX = vs === null ? null : xOf(moments.find(({ n }) => n === vs));
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={t.timeline.slider}
      aria-valuemin={0}
      aria-valuemax={moments.length}
      aria-valuenow={Math.max(0, index)}
      aria-valuetext={shown ? `${clockTime(shown.at)}, ${momentWords(shown)}` : t.timeline.nowValue}
      className="relative h-full min-w-0 flex-1 cursor-pointer touch-none select-none overflow-visible rounded-md -outline-offset-2"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => setHover(null)}
      onKeyDown={onKeyDown}
    >
      <svg width={width} height="100%" aria-hidden className="absolute inset-0 overflow-visible">
        <defs>
          <pattern id="nobody-looked" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V6" className="stroke-line-strong" strokeWidth="1.5" />
          </pattern>
        </defs>
        <Ticks range={range} inner={inner} />
        {gaps.map((gap) => (
          <rect key={gap.from} x={gap.x + inset} y={14} width={gap.width} height={14} fill="url(#nobody-looked)" />
        ))}
        <path d={`M${inset} 21H${inset + inner}`} className="stroke-line-strong" strokeWidth="1" />
        {marks.map((mark) => (
          <Mark key={mark.moments[0]?.n} mark={mark} />
        ))}
        {vsX !== null && vsX >= inset - 1 && (
          <path d={`M${vsX} 4V38`} className="stroke-accent" strokeWidth="1.5" strokeDasharray="3 3" />
        )}
        {headX !== null && headX >= inset - 1 && headX <= inset + inner + 1 && (
          <g className="text-accent">
            <path d={`M${headX} 4V38`} className="stroke-accent" strokeWidth="2" />
            <circle cx={headX} cy={21} r={5} className="fill-accent stroke-surface" strokeWidth="2" />
          </g>
        )}
      </svg>
      {hover && <MomentCard at={hover} x={hover.x + hover.width / 2 + inset} room={width} />}
    </div>
  );
}

/** Up: something came. Down: something went. A dot: what is there changed. A broad one stands for several moments. */
function Mark({ mark: { x, width, came, went, moments } }: { mark: TimeMark }) {
  const middle = x + inset;
  const only = !came && !went;
  return (
    <g data-moments={moments.length}>
      {came && <rect x={middle - 1.5} y={11} width={width + 3} height={10} rx={1.5} className="fill-ink-2" />}
      {went && <rect x={middle - 1.5} y={21} width={width + 3} height={10} rx={1.5} className="fill-ink-3" />}
      {only && <rect x={middle - 2.5} y={18.5} width={width + 5} height={5} rx={2.5} className="fill-ink-3" />}
    </g>
  );
}

function Ticks({ range, inner }: { range: TimeRange; inner: number }) {
  const offset = -new Date(range.to).getTimezoneOffset() * 60_000;
  const ticks = timeTicks(range, { width: inner, apart: 96 }, offset);
  const short = new Intl.DateTimeFormat(
    'en-GB',
    range.to - range.from < 300_000 ? { timeStyle: 'medium' } : { timeStyle: 'short' },
  );
  const dated = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  return ticks.map((time) => {
    const x = placeOf(time, range, inner) + inset;
    if (x < inset + 18 || x > inset + inner - 24) return null;
    const midnight = (time + offset) % 86_400_000 === 0;
    return (
      <g key={time}>
        <path d={`M${x} 8V34`} className="stroke-line" strokeWidth="1" />
        <text x={x} y={49} textAnchor="middle" className="fill-ink-2 font-mono text-[10.5px]">
          {midnight ? dated.format(time) : short.format(time)}
        </text>
      </g>
    );
  });
}
