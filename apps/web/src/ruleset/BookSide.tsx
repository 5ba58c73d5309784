import { type BookFamily, bookFamilies, type RuleBook, sandboxesWithRules } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { memo, useMemo } from 'react';
import { t } from '../text/text.ts';
import { Segments } from '../ui/Segments.tsx';
import { Journey } from './Journey.tsx';
import { Outline } from './Outline.tsx';

interface BookSideProps {
  snapshot: Snapshot;
  book: RuleBook;
  family: BookFamily;
  live: boolean;
  /** The chain that is being read. */
  here: string | null;
  onSandbox: (id: string) => void;
  onFamily: (family: BookFamily) => void;
  onGo: (key: string) => void;
}

/** Whose rules they are, the way of a packet past them, and all chains. */
export const BookSide = memo(function BookSide(props: BookSideProps) {
  const { snapshot, book, family, live, here, onSandbox, onFamily, onGo } = props;
  const { sandbox: sandboxes } = snapshot.records;
  const known = useMemo(() => sandboxesWithRules(snapshot), [snapshot]);
  const nameOf = (id: string) => (sandboxes[id]?.kind === 'host' ? t.ruleset.host : (sandboxes[id]?.name ?? id));
  return (
    <aside
      aria-label={t.ruleset.journey}
      className="flex w-[clamp(248px,23vw,320px)] shrink-0 flex-col border-line border-r bg-page"
    >
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2">
        <select
          aria-label={t.ruleset.sandbox}
          value={book.sandbox}
          onChange={(event) => onSandbox(event.target.value)}
          className="h-7 min-w-[130px] flex-1 rounded-md border border-line bg-surface px-1.5"
        >
          {(known.includes(book.sandbox) ? known : [book.sandbox, ...known]).map((id) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </select>
        <Segments
          label={t.ruleset.family}
          value={family}
          onChange={onFamily}
          options={bookFamilies.map((value) => ({ value, text: t.ruleset.families[value] }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div tabIndex={0} className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-3">
        <Journey hooks={book.hooks} where={nameOf(book.sandbox)} live={live} here={here} onGo={onGo} />
        <Outline book={book} here={here} onGo={onGo} />
      </div>
    </aside>
  );
});
