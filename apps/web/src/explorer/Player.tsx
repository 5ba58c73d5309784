import { ChevronFirst, Pause, Play, StepBack, StepForward } from 'lucide-react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import type { Playback } from './usePlayback.ts';

/** Plays the steps, one after the other. */
export function Player({ playback }: { playback: Playback }) {
  const { at, count, playing, go, toggle } = playback;
  const shown = at ?? -1;
  return (
    <fieldset className="flex items-center gap-1" disabled={count === 0}>
      <legend className="sr-only">{t.explorer.play.group}</legend>
      <Tip text={t.explorer.play.first} keys="Home">
        <Button look="ghost" size="smallIcon" aria-label={t.explorer.play.first} onClick={() => go(null)}>
          <ChevronFirst size={14} aria-hidden />
        </Button>
      </Tip>
      <Tip text={t.explorer.play.previous} keys="←">
        <Button
          look="ghost"
          size="smallIcon"
          aria-label={t.explorer.play.previous}
          disabled={at === null}
          onClick={() => go(shown <= 0 ? null : shown - 1)}
        >
          <StepBack size={14} aria-hidden />
        </Button>
      </Tip>
      <Tip text={playing ? t.explorer.play.pause : t.explorer.play.play} keys="Space">
        <Button size="smallIcon" aria-label={playing ? t.explorer.play.pause : t.explorer.play.play} onClick={toggle}>
          {playing ? <Pause size={13} aria-hidden /> : <Play size={13} aria-hidden />}
        </Button>
      </Tip>
      <Tip text={t.explorer.play.next} keys="→">
        <Button
          look="ghost"
          size="smallIcon"
          aria-label={t.explorer.play.next}
          disabled={shown >= count - 1}
          onClick={() => go(shown + 1)}
        >
          <StepForward size={14} aria-hidden />
        </Button>
      </Tip>
      <input
        type="range"
        aria-label={t.explorer.play.scrubber}
        aria-valuetext={at === null ? t.explorer.play.none(count) : t.explorer.play.step(at + 1, count)}
        min={0}
        max={count}
        value={at === null ? 0 : at + 1}
        onChange={({ target }) => go(Number(target.value) === 0 ? null : Number(target.value) - 1)}
        className="h-4 w-28 accent-accent max-lg:w-20"
      />
      <span className="min-w-14 text-right font-mono text-[11px] text-ink-2">
        {at === null ? t.explorer.play.none(count) : t.explorer.play.step(at + 1, count)}
      </span>
    </fieldset>
  );
}
