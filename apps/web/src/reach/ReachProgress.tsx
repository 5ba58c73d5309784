import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import type { ReachState } from './reachStore.ts';

/** How far the matrix is. Nothing, where it is whole and of the present state of the host. */
export function ReachProgress({ state, onAgain }: { state: ReachState; onAgain: () => void }) {
  const { matrix, done, phase, fault } = state;
  const all = matrix?.codes.length ?? 0;
  if (phase === 'fault') {
    return (
      <span role="alert" className="flex items-center gap-2 text-bad-ink text-xs" title={fault ?? undefined}>
        {t.reach.fault}
        <Button size="small" onClick={onAgain}>
          {t.reach.again}
        </Button>
      </span>
    );
  }
  if (phase === 'rest')
    return done < all ? <span className="text-ink-2 text-xs tabular-nums">{t.reach.partial(done, all)}</span> : null;
  const text = phase === 'waiting' ? t.reach.waiting : t.reach.computing(done, all);
  return (
    <span className="flex items-center gap-2 text-ink-2 text-xs tabular-nums">
      <span
        role="progressbar"
        aria-label={t.reach.progress}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={done}
        className="h-1 w-28 overflow-hidden rounded-full bg-line"
      >
        <span
          className="block h-full rounded-full bg-ink-2"
          style={{ width: `${all === 0 || phase === 'waiting' ? 0 : (100 * done) / all}%` }}
        />
      </span>
      {text}
    </span>
  );
}
