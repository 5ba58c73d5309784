import type { Protocol, Snapshot } from '@vethscope/model';
import { Crosshair } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import type { PathEnd, PathWords } from '../view/PageActions.tsx';
import { type EndSuggestion, suggestEnds } from './suggestEnds.ts';

interface EndBoxProps {
  end: PathEnd;
  word: string;
  from: string;
  proto: Protocol;
  snapshot: Snapshot;
  /** Whether this word is the one that is wrong. */
  invalid: boolean;
  /** Id of the text that says what is wrong. */
  describedBy: string | undefined;
  picking: boolean;
  onAsk: (words: PathWords) => void;
  onPick: () => void;
}

export const endInputId = (end: PathEnd) => `path-${end}`;

/** One end of the question: typed as the command line takes it, taken from suggestions, or picked on the map. */
export function EndBox({
  end,
  word,
  from,
  proto,
  snapshot,
  invalid,
  describedBy,
  picking,
  onAsk,
  onPick,
}: EndBoxProps) {
  // What is typed is asked when it is done: half a word is no question.
  const [draft, setDraft] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const typed = draft ?? word;
  // A field that is only entered shows all there is, not what is like its own word.
  const suggestions = open ? suggestEnds(snapshot, { end, typed: draft ?? '', from, proto }) : [];
  const current = suggestions[active];

  const done = () => {
    setDraft(null);
    setOpen(false);
    setActive(-1);
  };
  const ask = (text: string) => {
    done();
    if (text !== word) onAsk({ [end]: text });
  };
  const take = (suggestion: EndSuggestion) => {
    done();
    onAsk({ [end]: suggestion.word, ...(suggestion.proto && end === 'to' ? { proto: suggestion.proto } : {}) });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const count = suggestions.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (count > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : count + (active < 0 ? 0 : -1))) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current) take(current);
      else ask(typed.trim());
    } else if (event.key === 'Escape' && (open || draft !== null)) {
      event.preventDefault();
      event.stopPropagation();
      done();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears when the focus leaves the field and its list
    <div
      className="relative min-w-0 flex-1"
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        if (draft !== null && draft.trim() !== '') ask(draft.trim());
        else done();
      }}
    >
      <div
        className={classes(
          'flex h-8 items-center gap-2 rounded-lg border bg-sunken pr-1 pl-2.5 focus-within:bg-surface focus-within:outline-2 focus-within:outline-accent',
          invalid ? 'border-bad' : picking ? 'border-accent' : 'border-line',
        )}
      >
        <label htmlFor={endInputId(end)} className="shrink-0 text-ink-2 text-xs">
          {t.explorer[end]}
        </label>
        <input
          ref={input}
          id={endInputId(end)}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-invalid={invalid}
          aria-describedby={describedBy}
          aria-activedescendant={current ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={
            end === 'from'
              ? t.explorer.fromPlaceholder
              : proto === 'icmp'
                ? t.explorer.toPlaceholderIcmp
                : t.explorer.toPlaceholder
          }
          value={typed}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => setOpen(true)}
          onChange={(event) => {
            setDraft(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 text-ellipsis bg-transparent font-mono text-[12.5px] outline-none placeholder:font-sans placeholder:text-[13px] placeholder:text-ink-2"
        />
        <Button
          look="ghost"
          size="smallIcon"
          aria-label={end === 'from' ? t.explorer.pickFrom : t.explorer.pickTo}
          title={end === 'from' ? t.explorer.pickFrom : t.explorer.pickTo}
          aria-pressed={picking}
          onClick={() => {
            done();
            onPick();
          }}
        >
          <Crosshair size={14} aria-hidden className={picking ? 'text-accent' : ''} />
        </Button>
      </div>
      {suggestions.length > 0 && <EndList listId={listId} suggestions={suggestions} active={active} onTake={take} />}
    </div>
  );
}

interface EndListProps {
  listId: string;
  suggestions: readonly EndSuggestion[];
  active: number;
  onTake: (suggestion: EndSuggestion) => void;
}

function EndList({ listId, suggestions, active, onTake }: EndListProps) {
  return (
    <div
      id={listId}
      role="listbox"
      aria-label={t.explorer.suggestions}
      className="arrive absolute top-full left-0 z-30 mt-1.5 max-h-64 w-full min-w-80 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-(--raised-shadow)"
    >
      {suggestions.map((suggestion, index) => (
        <div key={`${suggestion.group} ${suggestion.word} ${suggestion.proto}`}>
          {suggestion.group !== suggestions[index - 1]?.group && (
            <p role="presentation" className="px-2 pt-1.5 pb-0.5 text-ink-2 text-xs">
              {t.explorer.groups[suggestion.group]}
            </p>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys */}
          <div
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(suggestion)}
            className={classes(
              'flex min-h-7 cursor-pointer items-baseline gap-3 rounded-md px-2 py-1',
              index === active ? 'bg-accent-fill' : 'hover:bg-sunken',
            )}
          >
            <span className="shrink-0 font-mono text-[12px]">{suggestion.word}</span>
            {suggestion.proto && suggestion.proto !== 'tcp' && (
              <span className="shrink-0 text-ink-2 text-xs">{suggestion.proto}</span>
            )}
            <span className="min-w-0 flex-1 truncate text-right text-ink-2 text-xs" title={suggestion.note}>
              {suggestion.note}
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}
