import { useEffect, useEffectEvent, useState } from 'react';

export interface Playback {
  /** The step that is looked at, from 0; null: none, the whole way is shown. */
  at: number | null;
  count: number;
  playing: boolean;
  go: (at: number | null) => void;
  toggle: () => void;
}

interface PlaybackOptions {
  count: number;
  step: number | null;
  onStep: (at: number | null) => void;
  /** How long the step is looked at, in milliseconds. */
  msOf: (at: number) => number;
}

/** Steps that play by themselves. Where it stands is the caller's; whether it runs is not a thing that a link carries. */
export function usePlayback({ count, step, onStep, msOf }: PlaybackOptions): Playback {
  const [running, setRunning] = useState(false);
  const at = step === null || count === 0 ? null : Math.min(step, count - 1);
  const playing = running && at !== null && at < count - 1;
  const advance = useEffectEvent(() => onStep((at ?? -1) + 1));
  const wait = at === null ? 0 : msOf(at);
  useEffect(() => {
    if (!playing) return;
    // The step is named so that each one sets its own timer.
    const timer = setTimeout(advance, at === null ? 0 : wait);
    return () => clearTimeout(timer);
  }, [playing, at, wait]);
  return {
    at,
    count,
    playing,
    go(next) {
      setRunning(false);
      onStep(next === null ? null : Math.max(0, Math.min(count - 1, next)));
    },
    toggle() {
      if (playing) return setRunning(false);
      setRunning(true);
      if (at === null || at >= count - 1) onStep(0);
    },
  };
}
