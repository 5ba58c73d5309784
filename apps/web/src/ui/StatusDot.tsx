import { classes } from './classes.ts';

export type DotTone = 'good' | 'warn' | 'bad' | 'quiet';

const tones: Record<DotTone, string> = {
  good: 'bg-good ring-good/20',
  warn: 'bg-warn ring-warn/20',
  bad: 'bg-bad ring-bad/20',
  quiet: 'bg-ink-3 ring-ink-3/20',
};

/** Never alone: the word that says the same stands beside it. */
export function StatusDot({ tone, ring = false, pulse = false }: { tone: DotTone; ring?: boolean; pulse?: boolean }) {
  return (
    <span
      aria-hidden
      className={classes(
        'inline-block size-2 shrink-0 rounded-full',
        tones[tone],
        ring && 'ring-[3px]',
        pulse && 'pulse',
      )}
    />
  );
}
