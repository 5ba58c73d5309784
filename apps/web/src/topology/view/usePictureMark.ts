import { useEffect } from 'react';

/** Marks the moment of the first picture on the page's own timeline (`vethscope:picture`), for people who measure, and for the benchmark. */
export function usePictureMark(drawn: boolean): void {
  useEffect(() => {
    if (!drawn || performance.getEntriesByName('vethscope:picture').length > 0) return;
    // The frame after the one in which it was drawn: by then it is on the screen.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('vethscope:picture')));
    return () => cancelAnimationFrame(frame);
  }, [drawn]);
}
