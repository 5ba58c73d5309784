import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, memo, useCallback, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { type BookRow, chainOf, likelyHeight } from './bookRows.ts';
import { ChainRow, FamilyMark, HookRow, PolicyRow, SetRow, SetsRow } from './ChainRows.tsx';
import { moveInBook } from './moveInBook.ts';
import { RuleRow } from './RuleRow.tsx';

/** Where the book is to be opened. `turn` counts up, so that the same place can be asked for again; `focus` takes the keyboard there too. */
export interface BookPlace {
  key: string;
  turn: number;
  focus: boolean;
}

interface RuleListProps {
  rows: readonly BookRow[];
  place: BookPlace;
  /** The row that has the keyboard, or had it last. */
  onWalk: (key: string) => void;
  opened: ReadonlySet<string>;
  onToggle: (key: string) => void;
  hits: ReadonlySet<string>;
  width: number;
  /** Rules in the whole book. */
  rules: number;
}

/** The book itself: as many lines as there are rules, of which only those in sight are made. */
export function RuleList({ rows, place, onWalk, opened, onToggle, hits, width, rules }: RuleListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const hookOf = useMemo(
    () =>
      new Map(
        rows.flatMap((row) =>
          row.kind === 'hook' ? row.section.chains.map(({ chain }) => [chain.id, row.section.hook] as const) : [],
        ),
      ),
    [rows],
  );
  const indexOf = useMemo(() => new Map(rows.map(({ key }, index) => [key, index])), [rows]);
  const at = indexOf.get(place.key) ?? 0;
  const heights = useMemo(() => rows.map((row) => likelyHeight(row, width)), [rows, width]);
  // The same function for the same rows: with another one the virtualizer would measure all of them anew.
  const keyAt = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[index] ?? 40,
    overscan: 8,
    getItemKey: keyAt,
    // The line that has the focus stays in the document, wherever it is scrolled to.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const start = Math.max(0, startIndex - overscan);
      const end = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
      if (at < start) range.unshift(at);
      else if (at > end && at < count) range.push(at);
      return range;
    },
  });

  const show = useEffectEvent(() => {
    const row = rows[at];
    if (!row || place.turn === 0) return;
    virtual.scrollToIndex(at, { align: row.kind === 'rule' ? 'center' : 'start' });
    if (place.focus) requestAnimationFrame(() => focusRow(at));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks anew for a place, also for the same one
  useEffect(() => show(), [place.turn]);

  const focusRow = (index: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if (!row || !(event.target instanceof HTMLElement)) return;
    // Inside a row its buttons and its output have keys of their own.
    const onRow = event.target.getAttribute('role') === 'row';
    if (onRow && (event.key === 'Enter' || event.key === ' ') && (row.kind === 'rule' || row.kind === 'set')) {
      event.preventDefault();
      onToggle(row.key);
      return;
    }
    if (!onRow && event.key === 'Escape') {
      event.stopPropagation();
      focusRow(at);
      return;
    }
    if (!onRow) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / 56) - 1);
    const next = moveInBook(rows, at, event.key, page);
    const key = next === null ? undefined : rows[next]?.key;
    if (next === null || key === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onWalk(key);
    virtual.scrollToIndex(next, { align: 'auto' });
    // The line may only now be made: it is there after the next frame.
    requestAnimationFrame(() => focusRow(next));
  };

  const first = rows[virtual.range?.startIndex ?? 0];
  const within = first ? chainOf(first) : null;
  return (
    <>
      <p aria-hidden className="flex h-7 shrink-0 items-center gap-2 border-line border-b px-4 text-xs">
        <span className="text-ink-2">
          {within ? (hookOf.get(within.chain.id) ?? t.ruleset.idle) : first && headWord(first)}
        </span>
        {within && (
          <>
            <ChevronRight size={12} className="text-ink-3" />
            <span className="font-mono text-[11.5px] text-ink-2">{within.table.name}</span>
            <span className="truncate font-mono font-medium text-[11.5px]">{within.chain.name}</span>
            <FamilyMark family={within.table.family} />
          </>
        )}
        <span className="ml-auto whitespace-nowrap text-ink-2 tabular-nums">{t.ruleset.rules(rules)}</span>
      </p>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-6">
        <div
          role="treegrid"
          aria-label={t.ruleset.book}
          aria-rowcount={rows.length}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="@container relative outline-none"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const openable = row.kind === 'rule' || row.kind === 'set';
            const open = openable && opened.has(row.key);
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div
                key={key}
                ref={virtual.measureElement}
                role="row"
                data-index={index}
                data-kind={row.kind}
                data-record={row.key}
                aria-rowindex={index + 1}
                aria-level={row.level}
                aria-expanded={openable ? open : undefined}
                aria-selected={row.key === place.key}
                tabIndex={index === at ? 0 : -1}
                onFocus={(event) => event.target === event.currentTarget && row.key !== place.key && onWalk(row.key)}
                className={classes(
                  'book-row',
                  hits.has(row.key) && 'is-hit',
                  index === at && 'is-here',
                  open && 'is-open',
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Line row={row} hit={hits.has(row.key)} active={index === at} open={open} onToggle={onToggle} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

/** What is said of a line that stands in no chain. */
function headWord(row: BookRow): string {
  return row.kind === 'hook' ? (row.section.hook ?? t.ruleset.idle) : t.ruleset.sets;
}

interface LineProps {
  row: BookRow;
  hit: boolean;
  active: boolean;
  open: boolean;
  onToggle: (key: string) => void;
}

/** Scrolling makes new lines, and draws none anew. */
const Line = memo(function Line({ row, hit, active, open, onToggle }: LineProps) {
  switch (row.kind) {
    case 'hook':
      return <HookRow row={row} />;
    case 'chain':
      return <ChainRow entry={row.entry} active={active} />;
    case 'rule':
      return <RuleRow row={row} hit={hit} active={active} open={open} onToggle={() => onToggle(row.key)} />;
    case 'policy':
      return <PolicyRow row={row} />;
    case 'sets':
      return <SetsRow row={row} />;
    case 'set':
      return <SetRow entry={row.entry} active={active} open={open} onToggle={() => onToggle(row.key)} />;
  }
});
