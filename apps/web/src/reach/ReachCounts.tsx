import { dispositions } from '@vethscope/model';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { CellMark, inkOf } from './CellMark.tsx';
import { codeOf } from './cellCode.ts';

/** How many cells end how: the legend of the marks at the same time. `counts` by the code of a cell. */
export function ReachCounts({ counts }: { counts: readonly number[] }) {
  const found = dispositions.filter((disposition) => (counts[codeOf(disposition)] ?? 0) > 0);
  return (
    <ul className="flex flex-wrap items-center gap-x-3.5 gap-y-1">
      {found.map((disposition) => (
        <li
          key={disposition}
          title={t.reach.meanings[disposition]}
          className="flex items-center gap-1 text-xs tabular-nums text-ink-2"
        >
          <span className={classes('flex', inkOf(disposition))}>
            <CellMark disposition={disposition} size={13} />
          </span>
          {t.reach.count(t.reach.words[disposition], counts[codeOf(disposition)] ?? 0)}
        </li>
      ))}
    </ul>
  );
}
