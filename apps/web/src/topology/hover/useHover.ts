import type { Point } from '@vethscope/graph';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { sameTarget, type Target } from './pick.ts';

const restFor = 320;

interface Hover {
  target: Target | null;
  /** Where the pointer rested, once it did for a moment; null before. */
  card: Point | null;
}

const nowhere: Hover = { target: null, card: null };

/** What the pointer is on, at once, and the place for its card, after a rest. `pick` says what is under a pointer. */
export function useHover(pick: (event: PointerEvent<HTMLElement>) => Target | null) {
  const [hover, setHover] = useState(nowhere);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const leave = () => {
    clearTimeout(timer.current);
    setHover((now) => (now === nowhere ? now : nowhere));
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 0 || event.pointerType === 'touch') return leave();
    const target = pick(event);
    if (!target) return leave();
    const frame = event.currentTarget.getBoundingClientRect();
    const card = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    if (sameTarget(target, hover.target) && hover.card) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHover({ target, card }), restFor);
    setHover((now) => (sameTarget(now.target, target) ? now : { target, card: null }));
  };
  return { hover, move, leave };
}
