import type { BookChain, BookSet } from '@vethscope/graph';
import { ChevronRight, List } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { useBookActions } from './bookActions.ts';
import type { BookRow } from './bookRows.ts';
import { familyWord } from './familyWord.ts';
import { OwnerBadge } from './OwnerBadge.tsx';
import { ChainLink, Marked } from './RuleText.tsx';

/** A line has room for so many callers; a bridge's chain may have hundreds. */
const shownCallers = 4;
const shownElements = 100;

/** Where a hook begins. */
export function HookRow({ row: { section, rules } }: { row: Extract<BookRow, { kind: 'hook' }> }) {
  return (
    <Cell className="flex h-[52px] items-baseline gap-2.5 overflow-hidden px-4 pt-5">
      <span className="font-semibold text-[15px]">{section.hook ?? t.ruleset.idle}</span>
      <span className="text-ink-2">
        {section.hook === null ? t.ruleset.idleWhy : t.ruleset.hookWords[section.hook]}
      </span>
      <span className="ml-auto whitespace-nowrap text-ink-2 text-xs">
        {`${t.ruleset.chains(section.chains.length)} · ${t.ruleset.rules(rules)}`}
      </span>
    </Cell>
  );
}

export function SetsRow({ row: { count } }: { row: Extract<BookRow, { kind: 'sets' }> }) {
  return (
    <Cell className="flex h-[52px] items-baseline gap-2.5 overflow-hidden px-4 pt-5">
      <span className="font-semibold text-[15px]">{t.ruleset.sets}</span>
      <span className="ml-auto text-ink-2 text-xs">{number(count)}</span>
    </Cell>
  );
}

/** The head of a chain: where it hangs or who calls it, and what becomes of what no rule of it decided. */
export function ChainRow({ entry, active }: { entry: BookChain; active: boolean }) {
  const { chain, table, rules, callers, depth } = entry;
  const { goTo } = useBookActions();
  const base = chain.hook !== null;
  return (
    <Cell className={classes('chain-head', base && 'is-base')}>
      <span aria-hidden className="chain-depth" style={{ width: Math.min(depth, 6) * 12 }} />
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="font-mono text-[11.5px] text-ink-2">{table.name}</span>
        <span className="truncate font-mono font-semibold text-[12.5px]">{chain.name}</span>
        <FamilyMark family={table.family} />
      </span>
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-ink-2 text-xs">
        <span className="whitespace-nowrap">
          {rules.length === 0 ? t.ruleset.noChains : t.ruleset.rules(rules.length)}
        </span>
        {base && (
          <span className="whitespace-nowrap font-mono text-[11.5px]">{t.ruleset.priority(chain.priority ?? 0)}</span>
        )}
        {chain.devices.length > 0 && <span>{t.ruleset.devices(chain.devices.join(', '))}</span>}
        {chain.policy !== null && (
          <span
            className={classes('whitespace-nowrap', chain.policy === 'drop' ? 'font-medium text-bad-ink' : undefined)}
          >
            {t.ruleset.policy[chain.policy]}
          </span>
        )}
        {!base && (
          <span className="min-w-0 truncate">
            {callers.length === 0 ? t.ruleset.calledByNobody : `${t.ruleset.calledFrom} `}
            {callers.slice(0, shownCallers).map((caller, index) => (
              <span key={`${caller.rule}`} className="font-mono text-[11.5px]">
                {index > 0 && ', '}
                <ChainLink tabIndex={active ? 0 : -1} onGo={() => goTo(caller.rule)}>
                  {`${caller.chainName} ${caller.position}`}
                </ChainLink>
              </span>
            ))}
            {callers.length > shownCallers && ` ${t.ruleset.moreCallers(callers.length - shownCallers)}`}
          </span>
        )}
      </span>
      <span className="ml-auto">
        {/* A built-in chain is nobody's: whose its rules are, they say themselves. */}
        {!(base && chain.owner === 'user') && <OwnerBadge owner={chain.owner} />}
      </span>
    </Cell>
  );
}

export function FamilyMark({ family }: { family: BookChain['table']['family'] }) {
  const word = familyWord(family);
  if (word === null) return null;
  return (
    <span className="rounded-[4px] border border-line px-1 font-mono text-[10.5px] text-ink-2 leading-[14px]">
      {word}
    </span>
  );
}

/** The end of a base chain. */
export function PolicyRow({ row: { policy } }: { row: Extract<BookRow, { kind: 'policy' }> }) {
  return (
    <Cell className="rule-line h-[30px] items-center text-ink-2 text-xs">
      <span className="text-right">–</span>
      <span className={classes('font-medium', policy === 'drop' ? 'text-bad-ink' : 'text-good-ink')}>
        {t.ruleset.actions[policy]}
      </span>
      <span>{t.ruleset.policyEnd[policy]}</span>
    </Cell>
  );
}

interface SetRowProps {
  entry: BookSet;
  active: boolean;
  open: boolean;
  onToggle: () => void;
}

/** A named set or map with who asks it; opened, its elements. */
export function SetRow({ entry: { set, table, users }, active, open, onToggle }: SetRowProps) {
  const { goTo, marks } = useBookActions();
  const [all, setAll] = useState(false);
  const shown = all ? set.elements : set.elements.slice(0, shownElements);
  return (
    <Cell className="px-4">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the key is Enter on the row */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div className="flex cursor-pointer items-center gap-2 h-9" onClick={onToggle}>
        <ChevronRight
          size={13}
          aria-hidden
          className={classes('shrink-0 text-ink-2 transition-transform', open && 'rotate-90')}
        />
        <List size={13} aria-hidden className="shrink-0 text-ink-2" />
        <span className="truncate font-mono font-semibold text-[12.5px]">{set.name}</span>
        {table && <FamilyMark family={table.family} />}
        <span className="whitespace-nowrap text-ink-2 text-xs">
          {t.ruleset.setKinds[set.kind]} · <span className="font-mono text-[11.5px]">{set.dataType}</span> ·{' '}
          {t.ruleset.elements(set.elements.length)}
        </span>
        <span className="ml-auto truncate text-ink-2 text-xs">
          {users.length > 0 && `${t.ruleset.askedFrom} `}
          {users.slice(0, shownCallers).map((user, index) => (
            <span key={user.rule} className="font-mono text-[11.5px]">
              {index > 0 && ', '}
              <ChainLink tabIndex={active ? 0 : -1} onGo={() => goTo(user.rule)}>
                {`${user.chainName} ${user.position}`}
              </ChainLink>
            </span>
          ))}
        </span>
      </div>
      {open && (
        <div className="fade mb-3 ml-5 rounded-lg border border-line bg-sunken px-3 py-2">
          <ul className="gap-x-8 font-mono text-[11.5px] leading-[1.7] @3xl:columns-2">
            {shown.map((element) => (
              <li key={element} className="break-inside-avoid wrap-anywhere">
                <Element text={element} table={set.table} marks={marks} active={active} />
              </li>
            ))}
          </ul>
          {set.elements.length > shown.length && (
            <Button look="ghost" size="small" className="mt-1" onClick={() => setAll(true)}>
              {t.ruleset.moreElements(set.elements.length - shown.length)}
            </Button>
          )}
        </div>
      )}
    </Cell>
  );
}

interface ElementProps {
  text: string;
  table: string | null;
  marks: readonly string[];
  active: boolean;
}

/** `"docker0" : jump NAME` leads to its chain. */
function Element({ text, table, marks, active }: ElementProps) {
  const { snapshot, goTo } = useBookActions();
  const jump = /^(.*: (?:jump|goto) )(\S+)$/.exec(text);
  const chain = jump && table ? `chain:${table.slice('table:'.length)}/${jump[2]}` : null;
  if (!jump || chain === null || !snapshot.records.chain[chain]) return <Marked text={text} marks={marks} />;
  return (
    <>
      <Marked text={jump[1] ?? ''} marks={marks} />
      <ChainLink tabIndex={active ? 0 : -1} onGo={() => goTo(chain)}>
        {jump[2]}
      </ChainLink>
    </>
  );
}

function Cell({ className, children }: { className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: lines are placed one by one, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className={className}>
      {children}
    </div>
  );
}
