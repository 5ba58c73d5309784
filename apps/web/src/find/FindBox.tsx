import { type FindSuggestion, suggestFind } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { EyeOff, Search, X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { shownKey } from '../help/shortcuts.ts';
import { t } from '../text/text.ts';
import { wordsFor } from '../text/wordsFor.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { FindPanel } from './FindPanel.tsx';
import type { Find } from './find.ts';
import { insertSuggestion } from './insertSuggestion.ts';

export const findInputId = 'find';

/** The find expression: what it hits stays lit. Below it, while it has the focus, help to write it, and what to hide. */
export function FindBox({ find, snapshot }: { find: Find; snapshot: Snapshot | null }) {
  const { setFind, setHide, select, open } = usePageActions();
  const [expanded, setExpanded] = useState(false);
  const [active, setActive] = useState(-1);
  const [step, setStep] = useState(-1);
  const [cursor, setCursor] = useState(find.text.length);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const suggestions = expanded && snapshot ? suggestionsFor(find.text, cursor, snapshot) : [];
  const activeSuggestion = suggestions[active];

  const write = (text: string) => {
    setFind(text);
    setActive(-1);
    setStep(-1);
  };

  const pick = (suggestion: FindSuggestion) => {
    const inserted = insertSuggestion(find.text, suggestion);
    write(inserted.text);
    setCursor(inserted.cursor);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(inserted.cursor, inserted.cursor);
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const count = suggestions.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setExpanded(true);
      if (count > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : count + (active < 0 ? 0 : -1))) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (activeSuggestion) pick(activeSuggestion);
      else if (find.hitRecords.length > 0) {
        const next = (step + (event.shiftKey ? find.hitRecords.length - 1 : 1)) % find.hitRecords.length;
        setStep(next);
        select(find.hitRecords[next] ?? null, { reveal: true });
      }
    } else if (event.key === 'Tab' && activeSuggestion) {
      event.preventDefault();
      pick(activeSuggestion);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (active >= 0) setActive(-1);
      else if (find.text) write('');
      else input.current?.blur();
    }
  };

  return (
    <search
      data-tour="find"
      aria-label={t.find.label}
      className="relative w-full max-w-[384px]"
      onFocus={() => setExpanded(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setExpanded(false);
      }}
    >
      <div
        className={classes(
          'flex h-8 items-center gap-2 rounded-lg border bg-sunken pr-1 pl-2.5 focus-within:bg-surface focus-within:outline-2 focus-within:outline-accent',
          find.findError ? 'border-bad' : 'border-line',
        )}
      >
        <Search size={14} aria-hidden className="shrink-0 text-ink-2" />
        <input
          ref={input}
          id={findInputId}
          role="combobox"
          aria-label={t.find.label}
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-invalid={find.findError !== null}
          aria-activedescendant={activeSuggestion ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t.find.placeholder}
          value={find.text}
          onChange={(event) => {
            write(event.target.value);
            setCursor(event.target.selectionStart ?? event.target.value.length);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? find.text.length)}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 text-ellipsis bg-transparent text-[13px] outline-none placeholder:text-ink-2"
        />
        {find.text ? (
          <>
            <span
              aria-live="polite"
              className={classes(
                'whitespace-nowrap font-mono text-[11px]',
                find.findError ? 'text-bad-ink' : 'text-ink-2',
              )}
            >
              {find.findError ? '!' : t.find.hits(find.hits?.size ?? 0)}
            </span>
            <Button look="ghost" size="smallIcon" aria-label={t.find.clear} onClick={() => write('')}>
              <X size={13} aria-hidden />
            </Button>
          </>
        ) : (
          <button
            type="button"
            aria-label={t.header.palette}
            onClick={() => open('palette')}
            className="h-5 shrink-0 rounded border border-line bg-surface px-1.5 font-mono text-[11px] text-ink-2 hover:text-ink-1"
          >
            {shownKey('mod+K')}
          </button>
        )}
      </div>
      {!expanded && (find.hideText !== '' || find.hideError) && (
        <button
          type="button"
          title={find.hideText}
          onClick={() => setHide('')}
          aria-label={`${t.find.hiding(find.hidden)}. ${t.find.showAll}`}
          className="absolute top-full right-0 z-10 mt-2.5 inline-flex h-6 items-center gap-1.5 rounded-full border border-line bg-surface pr-2 pl-2 text-xs shadow-(--card-shadow) hover:border-line-strong"
        >
          <EyeOff size={12} aria-hidden className="text-ink-2" />
          {t.find.hiding(find.hidden)}
          <X size={12} aria-hidden className="text-ink-2" />
        </button>
      )}
      {expanded && <FindPanel find={find} listId={listId} suggestions={suggestions} active={active} onPick={pick} />}
    </search>
  );
}

function suggestionsFor(text: string, cursor: number, snapshot: Snapshot): FindSuggestion[] {
  const word = wordsFor(snapshot);
  const suggestions = suggestFind(text, Math.min(cursor, text.length), snapshot);
  return suggestions.map((suggestion) => ({ ...suggestion, note: word(suggestion.note) }));
}
