import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same and does what the one of the last render does: for lines that are not to be drawn anew with every step. */
export function useLatest<Words extends unknown[]>(act: (...words: Words) => void): (...words: Words) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...words: Words) => latest.current(...words), []);
}
