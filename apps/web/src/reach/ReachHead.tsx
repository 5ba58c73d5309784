import type { VirtualItem } from '@tanstack/react-virtual';
import type { ReachTarget } from '@vethscope/path';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';

export const bandHeight = 22;

/** Columns side by side whose containers have one home network. */
interface Band {
  label: string;
  start: number;
  size: number;
}

/** Whether a new container, or a new network, begins with a column. */
export function borderOf(before: ReachTarget | undefined, target: ReachTarget): 'none' | 'container' | 'network' {
  if (before === undefined) return 'none';
  if (before.group.network !== target.group.network || before.group.kind !== target.group.kind) return 'network';
  return before.group.id === target.group.id ? 'none' : 'container';
}

const bandLabel = ({ group }: ReachTarget): string =>
  group.kind === 'host' ? t.reach.host : (group.network ?? t.reach.networkless);

/** The bands above the columns, from all columns: one that begins out of view still has its name in view. */
export function bandsOf(targets: readonly ReachTarget[], cellWidth: number): Band[] {
  const bands: Band[] = [];
  for (const [at, target] of targets.entries()) {
    const last = bands.at(-1);
    if (last !== undefined && borderOf(targets[at - 1], target) !== 'network') last.size += cellWidth;
    else bands.push({ label: bandLabel(target), start: at * cellWidth, size: cellWidth });
  }
  return bands;
}

interface ReachHeadProps {
  targets: readonly ReachTarget[];
  columns: readonly VirtualItem[];
  bands: readonly Band[];
  headWidth: number;
  headHeight: number;
  /** Labels stand upright where columns are narrow. */
  upright: boolean;
  active: number;
}

/** The two lines of the head: networks, and under them the targets. It stays at the top. */
export function ReachHead({ targets, columns, bands, headWidth, headHeight, upright, active }: ReachHeadProps) {
  const from = columns[0]?.start ?? 0;
  const to = columns.at(-1)?.end ?? 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out by what is in view
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className="sticky top-0 z-20 bg-surface"
      style={{ height: headHeight }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="columnheader"
        tabIndex={-1}
        aria-colindex={1}
        className="sticky left-0 z-10 flex items-end justify-between border-line border-r border-b bg-surface px-3 pb-1.5 text-ink-2 text-xs"
        style={{ width: headWidth, height: headHeight }}
      >
        <span>{t.reach.corner.from} ↓</span>
        <span>{t.reach.corner.to} →</span>
      </div>
      <div aria-hidden className="absolute inset-x-0 top-0" style={{ height: bandHeight }}>
        {bands.map(({ label, start, size }) =>
          start + size + headWidth < from || start + headWidth > to ? null : (
            <div
              key={`${label} ${start}`}
              className="absolute inset-y-0 flex items-center border-line-strong border-l first:border-l-0"
              style={{ left: headWidth + start, width: size }}
            >
              <span
                title={label}
                className="sticky max-w-full truncate px-1 text-[11px] text-ink-2"
                style={{ left: headWidth }}
              >
                {label}
              </span>
            </div>
          ),
        )}
      </div>
      {columns.map(({ index, start, size }) => {
        const target = targets[index];
        if (target === undefined) return null;
        const border = borderOf(targets[index - 1], target);
        const label = target.protocol === 'tcp' ? target.label : `${target.label}/${target.protocol}`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div
            key={target.id}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={index + 2}
            title={`${label} · ${target.group.label}`}
            className={classes(
              'absolute bottom-0 flex justify-center border-line border-b',
              upright ? 'items-end pb-1.5' : 'items-center px-1',
              border === 'network' && 'border-l border-l-line-strong',
              border === 'container' && 'border-l border-l-line',
              index === active ? 'text-ink-1' : 'text-ink-2',
            )}
            style={{ left: start, width: size, top: bandHeight }}
          >
            <span
              className={classes(
                'truncate font-mono text-[11.5px]',
                upright && 'max-h-full rotate-180 [writing-mode:vertical-rl]',
                target.kind === 'published' && 'font-medium text-ink-1',
              )}
            >
              {label}
            </span>
          </div>
        );
      })}
    </div>
  );
}
