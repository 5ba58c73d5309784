import type { Moment } from '@vethscope/model';
import { useEffect, useState } from 'react';

const stepMs = 1400;

/** Plays the moments one after the other, from the shown one (or from the first) up to now. */
export function usePlayMoments(moments: readonly Moment[], at: number | null, onShow: (n: number | null) => void) {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const next = moments[moments.findIndex(({ n }) => n === at) + 1];
      onShow(next?.n ?? null);
      if (!next) setPlaying(false);
    }, stepMs);
    return () => clearTimeout(timer);
  }, [playing, moments, at, onShow]);
  return {
    playing,
    toggle() {
      if (!playing && at === null) onShow(moments[0]?.n ?? null);
      setPlaying(!playing);
    },
    stop: () => setPlaying(false),
  };
}
