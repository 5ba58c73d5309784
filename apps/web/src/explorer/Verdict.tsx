import type { Snapshot, Trace } from '@vethscope/model';
import { outcomeOf, type WhatIf } from '@vethscope/path';
import { X } from 'lucide-react';
import { t } from '../text/text.ts';
import { StatusDot } from '../ui/StatusDot.tsx';
import { changeText } from './changeText.ts';
import type { PathAnswer } from './pathMessages.ts';
import { inkOf, toneOf } from './tones.ts';

interface VerdictProps {
  answer: PathAnswer;
  changes: readonly WhatIf[];
  snapshot: Snapshot;
  onUndo: (change: WhatIf) => void;
}

/** The answer in one sentence: how it ends and why; below it, what is taken to be otherwise and what that made of it. */
export function Verdict({ answer, changes, snapshot, onUndo }: VerdictProps) {
  const shown = answer.otherwise ?? answer.trace;
  const { disposition, cause } = shown;
  return (
    <div data-outcome={outcomeOf(disposition)} className="min-w-0">
      <p className="flex items-baseline gap-2 leading-snug">
        <span className="translate-y-[-1px]">
          <StatusDot tone={toneOf(disposition)} ring />
        </span>
        <strong className={`shrink-0 font-semibold ${inkOf(disposition)}`}>
          {t.packages.dispositions[disposition]}
        </strong>
        <span className="line-clamp-2 min-w-0 wrap-anywhere" title={cause.sentence}>
          {cause.sentence}
        </span>
        <code title={t.explorer.verdict.code} className="shrink-0 font-mono text-[11px] text-ink-2">
          {cause.code}
        </code>
      </p>
      {changes.length > 0 && (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
          <span className="text-ink-2">{t.explorer.verdict.now}</span>
          {changes.map((change) => {
            const text = changeText(snapshot, change);
            const missing = answer.missing.some((one) => JSON.stringify(one) === JSON.stringify(change));
            return (
              <button
                key={JSON.stringify(change)}
                type="button"
                title={t.explorer.blockers.undo}
                aria-label={`${t.explorer.blockers.undo}: ${text}`}
                onClick={() => onUndo(change)}
                className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-full border border-accent bg-accent-fill pr-2 pl-2.5 text-ink-1"
              >
                <span className={`truncate ${missing ? 'line-through' : ''}`}>{text}</span>
                <X size={11} aria-hidden className="shrink-0" />
              </button>
            );
          })}
          <span className="text-ink-2">{difference(answer)}</span>
        </div>
      )}
    </div>
  );
}

/** What the changes made of the answer. */
function difference({ trace, otherwise }: { trace: Trace; otherwise: Trace | null }): string {
  const words = t.explorer.verdict;
  if (otherwise === null) return words.same;
  const was = t.explorer.announced(t.packages.dispositions[trace.disposition], trace.cause.sentence);
  const [before, after] = [outcomeOf(trace.disposition), outcomeOf(otherwise.disposition)];
  if (before !== 'success' && after === 'success') return words.nowPasses(was);
  if (before === 'success' && after !== 'success') return words.nowStops;
  if (trace.cause.code === otherwise.cause.code && trace.cause.rule === otherwise.cause.rule) return words.same;
  return words.nextBlocker(was);
}
