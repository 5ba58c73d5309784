import { type RuleTextPart, ruleTextParts } from '@vethscope/graph';
import type { Rule } from '@vethscope/model';
import { type ReactNode, useMemo } from 'react';
import { useBookActions } from './bookActions.ts';
import { markedPieces } from './markedPieces.ts';

const inks: Record<RuleTextPart['kind'], string> = {
  place: 'text-ink-2',
  match: 'text-ink-1',
  does: 'font-semibold text-ink-1',
  comment: 'text-ink-2 italic',
};

/** Longer than this a word may be broken anywhere. */
const longWord = 40;

interface RuleTextProps {
  rule: Rule;
  marks: readonly string[];
  focusable: boolean;
}

/**
 * A rule verbatim, with as much structure as the eye needs: what must hold, what is done, what was noted. Chains and maps that it leads to are
 * links. Words stay whole, as a browser would break "--dport" after its first hyphen.
 */
export function RuleText({ rule, marks, focusable }: RuleTextProps) {
  const { snapshot, goTo } = useBookActions();
  const parts = useMemo(() => ruleTextParts(rule), [rule]);
  const links = useMemo(() => {
    const found = new Map<string, string>();
    for (const id of rule.jumpsTo) {
      const name = snapshot.records.chain[id]?.name;
      if (name !== undefined) found.set(name, id);
    }
    const table = snapshot.records.chain[rule.chain]?.table;
    for (const name of rule.mentions.sets) {
      const bare = name.replace(/^@/, '');
      const id = `netfilterSet:${table?.slice('table:'.length)}/${bare}`;
      if (snapshot.records.netfilterSet[id]) found.set(`@${bare}`, id);
    }
    return found;
  }, [rule, snapshot]);
  return (
    <code className="block min-w-0 font-mono text-[12px] leading-[19px] wrap-anywhere">
      {parts.map((part) => (
        <span key={part.kind + part.text} className={inks[part.kind]}>
          {part.text.split(/(\s+)/).map((word, index) => {
            if (word === '' || /^\s/.test(word)) return word;
            const target = part.kind === 'does' || word.startsWith('@') ? links.get(word.replace(/,$/, '')) : undefined;
            return target === undefined ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: words of one text, which never move
              <span key={index} className={word.length > longWord ? undefined : 'whitespace-nowrap'}>
                <Marked text={word} marks={marks} />
              </span>
            ) : (
              <ChainLink key={target} tabIndex={focusable ? 0 : -1} onGo={() => goTo(target)}>
                <Marked text={word} marks={marks} />
              </ChainLink>
            );
          })}
        </span>
      ))}
    </code>
  );
}

export function ChainLink({ onGo, tabIndex, children }: { onGo: () => void; tabIndex?: number; children: ReactNode }) {
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        onGo();
      }}
      className="rounded-sm font-inherit underline decoration-line-strong underline-offset-[3px] hover:decoration-current"
    >
      {children}
    </button>
  );
}

export function Marked({ text, marks }: { text: string; marks: readonly string[] }) {
  if (marks.length === 0) return text;
  return markedPieces(text, marks).map(({ piece, marked, at }) =>
    marked ? (
      <mark key={at} className="rounded-[2px] bg-warn-fill text-ink-1 shadow-[0_0_0_1px_var(--warn)]">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
