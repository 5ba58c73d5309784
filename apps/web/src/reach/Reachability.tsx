import type { Question } from '@vethscope/model';
import { useMemo, useState } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { CellMarks } from './CellMark.tsx';
import { filterAxis } from './filterAxis.ts';
import { ReachCounts } from './ReachCounts.tsx';
import { ReachGrid } from './ReachGrid.tsx';
import { ReachProgress } from './ReachProgress.tsx';
import { useReach } from './useReach.ts';

interface ReachabilityProps {
  held: Held;
  /** A cell was chosen: its packet is to be followed. */
  onAsk: (question: Question) => void;
}

/** Who reaches what: every sender by everything that listens, computed beside the page while it is looked at. */
export default function Reachability({ held, onAsk }: ReachabilityProps) {
  const { store, state, again } = useReach(held);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [look, setLook] = useState<'marks' | 'words'>('marks');
  const { matrix } = state;
  const sources = matrix?.sources;
  const targets = matrix?.targets;
  const rows = useMemo(
    () => filterAxis(sources ?? [], from, ({ label, network }) => `${label} ${network ?? ''}`),
    [sources, from],
  );
  const columns = useMemo(
    () =>
      filterAxis(
        targets ?? [],
        to,
        ({ label, protocol, group }) => `${label} ${protocol} ${group.label} ${group.network ?? ''}`,
      ),
    [targets, to],
  );
  const isEmpty = matrix !== null && matrix.codes.length === 0;

  return (
    <section aria-label={t.reach.title} className="flex h-full min-h-0 flex-col bg-surface">
      <CellMarks />
      <header className="shrink-0 border-line border-b px-4 pt-3 pb-2.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="font-semibold text-[15px]">{t.reach.title}</h2>
          {matrix && (
            <span className="text-ink-2 text-xs tabular-nums">
              {t.reach.size(matrix.sources.length, matrix.targets.length)}
            </span>
          )}
          <span className="flex-1" />
          <FilterBox label={t.reach.filterFrom} value={from} onChange={setFrom} />
          <FilterBox label={t.reach.filterTo} value={to} onChange={setTo} />
          <Segments
            label={t.reach.look}
            value={look}
            onChange={setLook}
            options={[
              { value: 'marks', text: t.reach.looks.marks, hint: t.reach.looksHint.marks },
              { value: 'words', text: t.reach.looks.words, hint: t.reach.looksHint.words },
            ]}
          />
        </div>
        <div className="mt-2 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1">
          <ReachCounts counts={state.counts} />
          <span className="flex-1" />
          <ReachProgress state={state} onAgain={again} />
        </div>
      </header>
      {isEmpty && <Notice text={t.reach.nothing} />}
      {matrix && !isEmpty && (rows.length === 0 || columns.length === 0) && (
        <Notice text={t.reach.noMatch}>
          <Button
            size="small"
            onClick={() => {
              setFrom('');
              setTo('');
            }}
          >
            {t.reach.clear}
          </Button>
        </Notice>
      )}
      {matrix && rows.length > 0 && columns.length > 0 && (
        <ReachGrid matrix={matrix} rows={rows} columns={columns} words={look === 'words'} store={store} onAsk={onAsk} />
      )}
    </section>
  );
}

function FilterBox({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      className="h-7 w-36 rounded-[7px] border border-line bg-surface px-2.5 text-[13px] placeholder:text-ink-2 hover:border-line-strong"
    />
  );
}

function Notice({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-8 text-center text-ink-2">
      <p>{text}</p>
      {children}
    </div>
  );
}
