import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Question } from '@vethscope/model';
import { type ReachCell, type ReachSource, type ReachTarget, reachQuestion } from '@vethscope/path';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import { dispositionOf, packed } from './cellCode.ts';
import { type GridPlace, moveInGrid } from './moveInGrid.ts';
import { ReachCard } from './ReachCard.tsx';
import { bandHeight, bandsOf, ReachHead } from './ReachHead.tsx';
import { ReachRow } from './ReachRow.tsx';
import type { Matrix, ReachStore } from './reachStore.ts';

const rowHeight = 28;
const headWidth = 208;

interface ReachGridProps {
  matrix: Matrix;
  /** Places of the rows and columns that the filters leave. */
  rows: readonly number[];
  columns: readonly number[];
  words: boolean;
  store: ReachStore;
  onAsk: (question: Question) => void;
}

/** The place of a cell that something happened in. */
function placeOf(target: EventTarget): { place: GridPlace; element: HTMLElement } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row][data-column]') : null;
  if (element === null) return null;
  return { place: { row: Number(element.dataset.row), column: Number(element.dataset.column) }, element };
}

/** The matrix: only what is in view is in the document, one cell is in the order of tabs, and the arrow keys move it. */
export function ReachGrid({ matrix, rows, columns, words, store, onAsk }: ReachGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<GridPlace>({ row: 0, column: 0 });
  const [card, setCard] = useState<{ place: GridPlace; near: DOMRect; cell: ReachCell | null } | null>(null);
  const sources = useMemo(() => rows.flatMap((row) => matrix.sources[row] ?? []), [rows, matrix]);
  const targets = useMemo(() => columns.flatMap((column) => matrix.targets[column] ?? []), [columns, matrix]);
  const cellWidth = words ? 96 : 34;
  const headHeight = bandHeight + (words ? 26 : 118);
  const active: GridPlace = {
    row: Math.min(focus.row, sources.length - 1),
    column: Math.min(focus.column, targets.length - 1),
  };
  const keeping = (place: number, range: Parameters<typeof defaultRangeExtractor>[0]): number[] => {
    // The cell that has the focus stays in the document, wherever it is scrolled to.
    const inView = defaultRangeExtractor(range);
    return place < 0 || place >= range.count || inView.includes(place)
      ? inView
      : [...inView, place].sort((a, b) => a - b);
  };
  const vertical = useVirtualizer({
    count: sources.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 4,
    rangeExtractor: (range) => keeping(active.row, range),
  });
  const horizontal = useVirtualizer({
    horizontal: true,
    count: targets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellWidth,
    paddingStart: headWidth,
    scrollPaddingStart: headWidth,
    overscan: 4,
    rangeExtractor: (range) => keeping(active.column, range),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew where the look of the cells changes
  useEffect(() => {
    vertical.measure();
    horizontal.measure();
  }, [words]);

  const virtualRows = vertical.getVirtualItems();
  const virtualColumns = horizontal.getVirtualItems();
  const seen = `${virtualRows[0]?.index}-${virtualRows.at(-1)?.index} ${virtualColumns[0]?.index}-${virtualColumns.at(-1)?.index}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seen` says what is in view, as one word
  useEffect(() => {
    store.look(
      virtualRows.flatMap(({ index }) => rows[index] ?? []),
      virtualColumns.flatMap(({ index }) => columns[index] ?? []),
    );
  }, [store, seen, rows, columns, matrix.sources]);
  const bands = useMemo(() => bandsOf(targets, cellWidth), [targets, cellWidth]);

  const codeAt = (row: number, column: number) => {
    const at = (rows[row] ?? 0) * matrix.targets.length + (columns[column] ?? 0);
    return { code: matrix.codes[at] ?? 0, isOld: matrix.isOld[at] === 1 };
  };
  const show = (place: GridPlace, element: HTMLElement) => {
    setCard({ place, near: element.getBoundingClientRect(), cell: null });
    store.explain(rows[place.row] ?? 0, columns[place.column] ?? 0, (cell) =>
      setCard((now) => (now?.place.row === place.row && now.place.column === place.column ? { ...now, cell } : now)),
    );
  };
  const ask = ({ row, column }: GridPlace) => {
    const source: ReachSource | undefined = sources[row];
    const target: ReachTarget | undefined = targets[column];
    if (source && target) onAsk(reachQuestion(source, target));
  };
  const moveTo = (place: GridPlace) => {
    setFocus(place);
    vertical.scrollToIndex(place.row, { align: 'auto' });
    horizontal.scrollToIndex(place.column, { align: 'auto' });
    // The cell may only now be made: it is there after the next frame.
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-row="${place.row}"][data-column="${place.column}"]`)
        ?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || placeOf(event.target) === null) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      ask(active);
      return;
    }
    if (event.key === 'Escape' && card !== null) {
      event.stopPropagation();
      setCard(null);
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const size = { rows: sources.length, columns: targets.length, page };
    const next = moveInGrid(active, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, size);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(next);
  };
  const onOver = (event: MouseEvent) => {
    const over = placeOf(event.target);
    if (over === null) setCard(null);
    else if (over.place.row !== card?.place.row || over.place.column !== card.place.column)
      show(over.place, over.element);
  };
  const onFocus = (event: FocusEvent) => {
    const at = placeOf(event.target);
    if (at === null) return;
    setFocus(at.place);
    if (at.element.matches(':focus-visible')) show(at.place, at.element);
  };
  const shownSource = card && sources[card.place.row];
  const shownTarget = card && targets[card.place.column];

  return (
    <>
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-auto overscroll-contain bg-surface"
        onScroll={() => card && setCard(null)}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out by what is in view */}
        <div
          role="grid"
          tabIndex={-1}
          aria-label={t.reach.grid}
          aria-rowcount={sources.length + 1}
          aria-colcount={targets.length + 1}
          onKeyDown={onKeyDown}
          onMouseOver={onOver}
          onMouseLeave={() => setCard(null)}
          onFocus={onFocus}
          onBlur={() => setCard(null)}
          onClick={(event) => {
            const at = placeOf(event.target);
            if (at !== null) ask(at.place);
          }}
          className="relative outline-none"
          style={{ height: vertical.getTotalSize(), width: horizontal.getTotalSize() }}
        >
          <ReachHead
            targets={targets}
            columns={virtualColumns}
            bands={bands}
            headWidth={headWidth}
            headHeight={headHeight}
            upright={!words}
            active={card?.place.column ?? -1}
          />
          {virtualRows.map(({ index, start, size }) => {
            const source = sources[index];
            if (source === undefined) return null;
            return (
              <ReachRow
                key={source.id}
                source={source}
                index={index}
                begins={index > 0 && sources[index - 1]?.network !== source.network}
                top={start}
                height={size}
                headWidth={headWidth}
                targets={targets}
                columns={virtualColumns}
                cells={packed(virtualColumns.map((column) => codeAt(index, column.index)))}
                focused={index === active.row ? active.column : null}
                words={words}
              />
            );
          })}
        </div>
      </div>
      {card && shownSource && shownTarget && (
        <ReachCard
          source={shownSource}
          target={shownTarget}
          disposition={dispositionOf(codeAt(card.place.row, card.place.column).code)}
          cell={card.cell}
          near={card.near}
        />
      )}
    </>
  );
}
