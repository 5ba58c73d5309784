import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';

interface SearchBarProps {
  ref: Ref<HTMLInputElement>;
  text: string;
  onText: (text: string) => void;
  /** How many rules match, and which of them is shown, counted from 1; 0: none yet. null: nothing is asked. */
  hits: { at: number; count: number } | null;
  onStep: (by: 1 | -1) => void;
  onLeave: () => void;
}

export function SearchBar({ ref, text, onText, hits, onStep, onLeave }: SearchBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' || event.key === 'ArrowDown') {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape' && text !== '') onText('');
      else onLeave();
    }
  };
  return (
    <search className="flex h-8 min-w-0 flex-1 items-center gap-1 rounded-lg border border-line bg-surface pr-1 pl-2.5 focus-within:border-accent">
      <Search size={14} aria-hidden className="shrink-0 text-ink-2" />
      <input
        ref={ref}
        type="text"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={t.ruleset.search.label}
        placeholder={t.ruleset.search.placeholder}
        title={t.ruleset.search.hint}
        spellCheck={false}
        autoComplete="off"
        className="h-full min-w-0 flex-1 bg-transparent px-1 outline-none placeholder:text-ink-2"
      />
      <span aria-live="polite" className="whitespace-nowrap px-1 text-ink-2 text-xs tabular-nums">
        {hits && t.ruleset.search.hits(hits.at, hits.count)}
      </span>
      {hits && (
        <>
          <Button
            look="ghost"
            size="smallIcon"
            aria-label={t.ruleset.search.previous}
            disabled={hits.count === 0}
            onClick={() => onStep(-1)}
          >
            <ChevronUp size={14} aria-hidden />
          </Button>
          <Button
            look="ghost"
            size="smallIcon"
            aria-label={t.ruleset.search.next}
            disabled={hits.count === 0}
            onClick={() => onStep(1)}
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Button look="ghost" size="smallIcon" aria-label={t.ruleset.search.clear} onClick={() => onText('')}>
            <X size={14} aria-hidden />
          </Button>
        </>
      )}
      {!hits && (
        <kbd className="mr-1 rounded border border-line px-1.5 font-mono text-[11px] text-ink-2 leading-[18px]">/</kbd>
      )}
    </search>
  );
}
