import type { Change } from '@vethscope/graph';
import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { CompareWith } from './CompareWith.tsx';
import { changeWords } from './changeWords.ts';
import { byKind, comparisonMarkdown, countChanges } from './comparisonMarkdown.ts';
import type { Shown } from './useShown.ts';

/** A list longer than this is opened on demand. */
const shortList = 60;

/** What is different between what is shown and what it is compared with, in words; each selects its thing on the map. */
export default function ChangesPane({ shown, selection }: { shown: Shown; selection: string | null }) {
  const { endComparison } = usePageActions();
  const { comparison } = shown;
  const counts = useMemo(() => countChanges(comparison?.changes ?? []), [comparison]);
  const groups = useMemo(() => byKind(comparison?.changes ?? []), [comparison]);
  const words = t.timeline.compare;
  const at = shown.held?.elsewhere?.kind === 'past' ? shown.held.version : null;
  const first = at !== null && shown.history?.moments[0]?.n === at;
  return (
    <div className="flex h-full flex-col bg-surface">
      <header className="border-line border-b px-4 pt-3 pb-3">
        <div className="flex items-center gap-1">
          <h2 className="min-w-0 flex-1 font-semibold text-[15px]">{words.title}</h2>
          {comparison && <CopyButton text={comparisonMarkdown(comparison)} label={words.copy} doneLabel={t.copied} />}
          <Button look="ghost" size="smallIcon" aria-label={words.close} title={words.close} onClick={endComparison}>
            <X size={14} aria-hidden />
          </Button>
        </div>
        <CompareWith shown={shown} />
        <p className="mt-2 text-ink-2 text-xs" aria-live="polite">
          {comparison
            ? comparison.changes.length === 0
              ? words.same
              : words.counts(counts.came, counts.went, counts.changed)
            : first
              ? words.firstMoment
              : words.pick}
        </p>
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pt-2 pb-6 -outline-offset-2"
      >
        {comparison?.changes.length === 0 && <p className="px-2 py-1 text-ink-2">{words.small}</p>}
        {groups.map(({ kind, changes }) => (
          <Group key={kind} title={t.timeline.kinds[kind]} changes={changes} selection={selection} />
        ))}
      </div>
    </div>
  );
}

function Group({ title, changes, selection }: { title: string; changes: readonly Change[]; selection: string | null }) {
  const [all, setAll] = useState(false);
  const listed = all ? changes : changes.slice(0, shortList);
  return (
    <section className="pb-2">
      <h3 className="px-2 py-1 font-semibold text-ink-2 text-xs">
        {title} · {number(changes.length)}
      </h3>
      <ul>
        {listed.map((change) => (
          <li key={`${change.change} ${change.before} ${change.after} ${change.title} ${change.place}`}>
            <Line change={change} selection={selection} />
          </li>
        ))}
      </ul>
      {listed.length < changes.length && (
        <Button size="small" className="mx-2 mt-1" onClick={() => setAll(true)}>
          {t.timeline.compare.more(changes.length - listed.length)}
        </Button>
      )}
    </section>
  );
}

const looks: Record<Change['change'], { mark: string; ink: string }> = {
  came: { mark: '+', ink: 'text-good-ink' },
  went: { mark: '−', ink: 'text-bad-ink' },
  changed: { mark: '~', ink: 'text-warn-ink' },
};

function Line({ change, selection }: { change: Change; selection: string | null }) {
  const { select } = usePageActions();
  const record = change.after ?? change.before;
  const { mark, ink } = looks[change.change];
  return (
    <button
      type="button"
      disabled={record === null}
      aria-current={record !== null && record === selection}
      onClick={() => select(record, { reveal: true })}
      className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left enabled:hover:bg-sunken aria-[current=true]:bg-accent-fill"
    >
      <span aria-hidden className={`w-2.5 shrink-0 text-center font-mono font-semibold ${ink}`}>
        {mark}
      </span>
      <span className="sr-only">{t.timeline.compare.marks[change.change]}: </span>
      <bdi className="line-clamp-4 min-w-0 wrap-anywhere text-[12.5px]">{changeWords(change).slice(0, 600)}</bdi>
    </button>
  );
}
