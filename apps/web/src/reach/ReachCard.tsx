import type { Disposition } from '@vethscope/model';
import type { ReachCell, ReachSource, ReachTarget } from '@vethscope/path';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { CellMark, inkOf } from './CellMark.tsx';

const width = 320;
const gap = 8;

interface ReachCardProps {
  source: ReachSource;
  target: ReachTarget;
  disposition: Disposition | null;
  /** null while it is not known why. */
  cell: ReachCell | null;
  /** Where its cell is in the window. */
  near: DOMRect;
}

/** Says why, beside the cell that is pointed at. What it says is in the cell's own label, or a key away: it is no dialog. */
export function ReachCard({ source, target, disposition, cell, near }: ReachCardProps) {
  const right = near.right + gap + width < window.innerWidth;
  const below = near.bottom + 160 < window.innerHeight;
  const left = right ? near.right + gap : Math.max(gap, near.left - gap - width);
  const place = below ? { top: near.top } : { bottom: window.innerHeight - near.bottom };
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-40 rounded-lg border border-line bg-surface p-3 text-[13px]"
      style={{ left, width, ...place, boxShadow: 'var(--raised-shadow)' }}
    >
      <p className="flex items-baseline gap-1.5 font-mono text-[12px]">
        <span className="min-w-0 truncate">{source.label}</span>
        <span className="text-ink-2">→</span>
        <span className="min-w-0 truncate">{target.label}</span>
        <span className="text-ink-2">{target.protocol}</span>
      </p>
      {disposition === null ? (
        <p className="mt-1.5 text-ink-2">{t.reach.notYet}</p>
      ) : (
        <p className={classes('mt-1.5 flex items-center gap-1.5 font-medium', inkOf(disposition))}>
          <CellMark disposition={disposition} />
          {t.reach.words[disposition]}
        </p>
      )}
      <p className="mt-1 break-words text-ink-1">{cell?.sentence ?? t.reach.asking}</p>
      <p className="mt-2 border-line border-t pt-1.5 text-ink-2 text-xs">{t.reach.follow}</p>
    </div>
  );
}
