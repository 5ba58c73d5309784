import type { FindError, FindSuggestion } from '@vethscope/graph';
import { EyeOff, X } from 'lucide-react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import type { Find } from './find.ts';

interface FindPanelProps {
  find: Find;
  listId: string;
  suggestions: readonly FindSuggestion[];
  active: number;
  onPick: (suggestion: FindSuggestion) => void;
}

export function FindPanel({ find, listId, suggestions, active, onPick }: FindPanelProps) {
  const { setHide } = usePageActions();
  return (
    <div className="arrive absolute top-full right-0 left-0 z-30 mt-1.5 min-w-72 overflow-hidden rounded-xl border border-line bg-surface shadow-(--raised-shadow)">
      {find.findError && <Mistake text={find.text} error={find.findError} />}
      <div
        id={listId}
        role="listbox"
        aria-label={t.find.suggestions}
        className="max-h-72 overflow-y-auto p-1 empty:hidden"
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus
          <div
            key={`${suggestion.text} ${suggestion.at}`}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(suggestion)}
            className="flex h-7 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-sunken aria-selected:bg-accent-fill"
          >
            <span className="shrink-0 font-mono text-xs">{suggestion.text}</span>
            <span className="min-w-0 flex-1 truncate text-right text-ink-2 text-xs">{suggestion.note}</span>
          </div>
        ))}
      </div>
      <div className="border-line border-t p-2">
        <label className="flex h-7 items-center gap-2 rounded-md border border-line px-2 focus-within:outline-2 focus-within:outline-accent">
          <EyeOff size={13} aria-hidden className="shrink-0 text-ink-2" />
          <span className="text-ink-2 text-xs">{t.find.hideLabel}</span>
          <input
            value={find.hideText}
            onChange={(event) => setHide(event.target.value)}
            placeholder={t.find.hidePlaceholder}
            aria-invalid={find.hideError !== null}
            autoComplete="off"
            spellCheck={false}
            className="min-w-0 flex-1 bg-transparent text-xs outline-none placeholder:text-ink-2"
          />
          {find.hideText && (
            <>
              <span className="whitespace-nowrap font-mono text-[11px] text-ink-2">{t.find.hiding(find.hidden)}</span>
              <Button look="ghost" size="smallIcon" aria-label={t.find.showAll} onClick={() => setHide('')}>
                <X size={12} aria-hidden />
              </Button>
            </>
          )}
        </label>
        {find.hideError && <Mistake text={find.hideText} error={find.hideError} />}
        <p className="mt-2 px-1 text-ink-2 text-xs">{t.find.syntax}</p>
      </div>
    </div>
  );
}

/** The expression with the wrong part marked, what is wrong with it, and what would be right. */
function Mistake({ text, error }: { text: string; error: FindError }) {
  const end = error.at + Math.max(1, error.length);
  return (
    <div role="alert" className="border-line border-b bg-bad-fill px-3 py-2 text-xs">
      <p className="whitespace-pre-wrap break-all font-mono">
        {text.slice(0, error.at)}
        <mark className="bg-transparent text-bad-ink underline decoration-wavy underline-offset-2">
          {text.slice(error.at, end) || ' '}
        </mark>
        {text.slice(end)}
      </p>
      <p className="mt-1 text-bad-ink">{error.message}</p>
      {error.hint && <p className="text-ink-2">{error.hint}</p>}
    </div>
  );
}
