import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { classes } from './classes.ts';

/** The edge of a pane that is pulled: it stands at the other side of it than the pane. */
type Edge = 'left' | 'right' | 'top';

interface PullOptions {
  edge: Edge;
  /** In pixels, along the way that the edge is pulled. */
  size: number;
  min: number;
  max: number;
  onSize: (size: number) => void;
}

export interface Pull extends PullOptions {
  /** While it is pulled the pane follows, and who keeps its size hears of it at the end. */
  shown: number;
  pulled: { from: number; size: number } | null;
  setPulled: (pulled: Pull['pulled']) => void;
}

const step = 16;

const clamp = ({ min, max }: PullOptions, wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));

/** The size of a pane that is pulled at its edge. */
export function usePull(options: PullOptions): Pull {
  const [pulled, setPulled] = useState<Pull['pulled']>(null);
  return { ...options, shown: clamp(options, pulled ? pulled.size : options.size), pulled, setPulled };
}

const looks: Record<Edge, { place: string; line: string }> = {
  left: {
    place: 'inset-y-0 -left-[5px] w-[9px] cursor-col-resize',
    line: 'inset-y-0 left-1 w-px group-focus-visible:w-0.5',
  },
  right: {
    place: 'inset-y-0 -right-[5px] w-[9px] cursor-col-resize',
    line: 'inset-y-0 left-1 w-px group-focus-visible:w-0.5',
  },
  top: {
    place: 'inset-x-0 -top-[5px] h-[9px] cursor-row-resize',
    line: 'inset-x-0 top-1 h-px group-focus-visible:h-0.5',
  },
};

/** What is pulled, by mouse, finger or arrow keys: a hairline to the eye, a broad target to the hand. */
export function PullEdge({ pull, label }: { pull: Pull; label: string }) {
  const { edge, shown, min, max, onSize, pulled, setPulled } = pull;
  // Which way the pane grows.
  const outward = edge === 'right' ? 1 : -1;
  const at = (event: PointerEvent) => (edge === 'top' ? event.clientY : event.clientX);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setPulled({ from: at(event) - outward * shown, size: shown });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (pulled) setPulled({ ...pulled, size: clamp(pull, outward * (at(event) - pulled.from)) });
  };
  const onPointerEnd = () => {
    if (!pulled) return;
    onSize(pulled.size);
    setPulled(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [back, on] = edge === 'top' ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const wanted = { [back]: shown - outward * step, [on]: shown + outward * step, Home: min, End: max }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    onSize(clamp(pull, wanted));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      role="separator"
      aria-orientation={edge === 'top' ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={shown}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      className={`group absolute z-10 touch-none outline-none ${looks[edge].place}`}
    >
      <span
        className={classes(
          'absolute transition-colors group-hover:bg-accent group-focus-visible:bg-accent',
          looks[edge].line,
          pulled !== null && 'bg-accent',
        )}
      />
    </div>
  );
}
