import { useVirtualizer } from '@tanstack/react-virtual';
import type { Snapshot } from '@vethscope/model';
import { ChevronRight, X } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import { hueLine } from '../theme/hues.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { StatusDot } from '../ui/StatusDot.tsx';
import type { ContainerDots } from '../view/containerDots.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { moveInTree } from './moveInTree.ts';
import { firstExpanded, type TreeRow, treeRows } from './treeRows.ts';

const rowHeight = 28;

interface TreeProps {
  snapshot: Snapshot;
  selection: string | null;
  hues: ReadonlyMap<string, number>;
  dots: ContainerDots;
}

/** What the map shows, as lines that can be read aloud, walked through by keys, and searched by eye. */
export default function Tree({ snapshot, selection, hues, dots }: TreeProps) {
  const { select, toggleTree } = usePageActions();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focused, setFocused] = useState('networks');
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () =>
      treeRows({ snapshot, dots }, (key) => toggled.get(key) ?? (firstExpanded.has(key) || key.startsWith('network:'))),
    [snapshot, dots, toggled],
  );
  const focusedIndex = Math.max(
    0,
    rows.findIndex(({ key }) => key === focused),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    // The line that has the focus stays in the document, wherever it is scrolled to.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const start = Math.max(0, startIndex - overscan);
      const end = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
      if (focusedIndex < start) range.unshift(focusedIndex);
      else if (focusedIndex > end && focusedIndex < count) range.push(focusedIndex);
      return range;
    },
  });

  const toggle = (key: string, expanded: boolean) => setToggled(new Map(toggled).set(key, expanded));

  const focusRow = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setFocused(row.key);
    virtual.scrollToIndex(index, { align: 'auto' });
    // The line may only now be made: it is there after the next frame.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };

  const choose = (row: TreeRow) => {
    setFocused(row.key);
    if (row.record) select(row.record, { reveal: true });
    else if (row.expanded !== null) toggle(row.key, !row.expanded);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[focusedIndex];
    if (row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      choose(row);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const move = moveInTree(rows, focusedIndex, event.key, page);
    if (!move) return;
    event.preventDefault();
    // Letters are for this tree while it has the focus, not shortcuts of the page.
    event.stopPropagation();
    if (move.kind === 'focus') focusRow(move.index);
    else toggle(move.key, move.kind === 'expand');
  };

  return (
    <div className="flex h-full flex-col bg-surface">
      <header className="flex h-10 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
        <h2 className="font-semibold">{t.tree.title}</h2>
        <p className="min-w-0 flex-1 truncate text-ink-2 text-xs">{t.tree.hints}</p>
        <Button look="ghost" size="smallIcon" aria-label={t.tree.close} onClick={toggleTree}>
          <X size={14} aria-hidden />
        </Button>
      </header>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        <div
          role="tree"
          aria-label={t.tree.label}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="relative outline-none"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <Row
                key={key}
                row={row}
                index={index}
                top={start}
                hue={row.record ? (hues.get(row.record) ?? null) : null}
                selected={row.record !== null && row.record === selection}
                focusable={index === focusedIndex}
                onChoose={() => choose(row)}
                onToggle={() => row.expanded !== null && toggle(row.key, !row.expanded)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  row: TreeRow;
  index: number;
  top: number;
  hue: number | null;
  selected: boolean;
  focusable: boolean;
  onChoose: () => void;
  onToggle: () => void;
}

function Row({ row, index, top, hue, selected, focusable, onChoose, onToggle }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its lines
    <div
      role="treeitem"
      data-index={index}
      tabIndex={focusable ? 0 : -1}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-expanded={row.expanded ?? undefined}
      aria-selected={selected}
      onClick={onChoose}
      className={classes(
        'absolute inset-x-0 flex h-7 cursor-pointer items-center gap-2 rounded-md pr-2 hover:bg-sunken',
        selected && 'bg-accent-fill hover:bg-accent-fill',
      )}
      style={{ transform: `translateY(${top}px)`, paddingLeft: (row.level - 1) * 16 }}
    >
      {row.expanded === null ? (
        <span className="w-4 shrink-0" />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the keys are arrow left and right
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <span
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
          className="flex h-7 w-4 shrink-0 items-center justify-center text-ink-2"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={classes('transition-transform', row.expanded && 'rotate-90')}
          />
        </span>
      )}
      {hue !== null && (
        <span aria-hidden className="h-3.5 w-1.5 shrink-0 rounded-full" style={{ background: hueLine(hue) }} />
      )}
      {row.dot && (
        <>
          <StatusDot tone={row.dot.tone} />
          <span className="sr-only">{`${row.dot.word}: `}</span>
        </>
      )}
      <span
        className={classes(
          'min-w-0 shrink-0 truncate',
          row.level === 1 ? 'font-semibold' : row.expanded !== null && 'font-medium',
        )}
        style={{ maxWidth: '60%' }}
      >
        {row.text}
      </span>{' '}
      <span
        title={row.dot ? `${row.dot.word} · ${row.fact}` : row.fact}
        className="min-w-0 flex-1 truncate text-right font-mono text-[11px] text-ink-2"
      >
        {row.dot && row.dot.tone !== 'good' ? `${row.dot.word} · ${row.fact}` : row.fact}
      </span>
    </div>
  );
}
