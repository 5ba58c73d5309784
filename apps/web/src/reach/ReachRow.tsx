import type { VirtualItem } from '@tanstack/react-virtual';
import type { ReachSource, ReachTarget } from '@vethscope/path';
import { memo } from 'react';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { CellMark, fillOf, inkOf } from './CellMark.tsx';
import { dispositionOf, unpacked } from './cellCode.ts';
import { borderOf } from './ReachHead.tsx';

interface ReachRowProps {
  source: ReachSource;
  index: number;
  /** The sender is of another network than the one above. */
  begins: boolean;
  top: number;
  height: number;
  headWidth: number;
  targets: readonly ReachTarget[];
  columns: readonly VirtualItem[];
  /** The cells of these columns, packed (see cellCode.ts). */
  cells: string;
  /** The column that has the focus, if it is in this row. */
  focused: number | null;
  words: boolean;
}

/** One sender: its name, which stays at the left, and a cell for each target in view. */
export const ReachRow = memo(function ReachRow({
  source,
  index,
  begins,
  top,
  height,
  headWidth,
  targets,
  columns,
  cells,
  focused,
  words,
}: ReachRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out by what is in view
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={classes('group absolute inset-x-0', begins && 'border-line border-t')}
      style={{ top, height }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="rowheader"
        tabIndex={-1}
        aria-colindex={1}
        title={source.network === null ? source.label : `${source.label} · ${source.network}`}
        className={classes(
          'sticky left-0 z-10 flex items-center gap-2 border-line border-r bg-surface px-3',
          focused !== null && 'bg-sunken',
        )}
        style={{ width: headWidth, height: begins ? height - 1 : height }}
      >
        <span className="min-w-0 flex-1 truncate font-mono text-[12px]">{source.label}</span>
        {source.network !== null && (
          <span className="max-w-[45%] truncate text-[11px] text-ink-2">{source.network}</span>
        )}
      </div>
      {columns.map(({ index: column, start, size }, at) => {
        const target = targets[column];
        if (target === undefined) return null;
        const { code, isOld } = unpacked(cells, at);
        const disposition = dispositionOf(code);
        const word = disposition === null ? t.reach.notYet : t.reach.words[disposition];
        const border = borderOf(targets[column - 1], target);
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div
            key={target.id}
            role="gridcell"
            tabIndex={focused === column ? 0 : -1}
            aria-colindex={column + 2}
            aria-label={t.reach.cell(source.label, target.label, isOld ? `${word}, ${t.reach.old}` : word)}
            data-row={index}
            data-column={column}
            className={classes(
              'absolute top-0 h-full cursor-pointer p-px -outline-offset-1',
              border === 'network' && 'border-l border-l-line-strong',
              border === 'container' && 'border-l border-l-line',
            )}
            style={{ left: start, width: size }}
          >
            {disposition === null ? (
              <span className="m-auto mt-[11px] block size-1 rounded-full bg-line-strong" />
            ) : (
              <span
                className={classes(
                  'flex h-full items-center justify-center gap-1 rounded-[5px] text-[11.5px] hover:outline-1 hover:outline-line-strong hover:-outline-offset-1',
                  inkOf(disposition),
                  isOld ? 'opacity-50 outline-1 outline-line outline-dashed -outline-offset-1' : fillOf(disposition),
                )}
              >
                <CellMark disposition={disposition} />
                {words && <span className="truncate">{word}</span>}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});
