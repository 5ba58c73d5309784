import type { RuleBook } from '@vethscope/graph';
import { Fragment } from 'react';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { FamilyMark } from './ChainRows.tsx';

interface OutlineProps {
  book: RuleBook;
  here: string | null;
  onGo: (key: string) => void;
}

/** All chains as they stand in the book, each under what leads to it. */
export function Outline({ book, here, onGo }: OutlineProps) {
  return (
    <nav aria-label={t.ruleset.outline}>
      <h3 className="pb-1.5 text-ink-2 text-xs">{t.ruleset.outline}</h3>
      {book.hooks.map(({ hook, chains }) => (
        <Fragment key={hook ?? 'none'}>
          <p className="px-1.5 pt-2 pb-0.5 font-semibold text-xs">{hook ?? t.ruleset.idle}</p>
          <ul>
            {chains.map(({ chain, table, rules, depth }) => (
              <li key={chain.id}>
                <button
                  type="button"
                  aria-current={here === chain.id ? 'true' : undefined}
                  onClick={() => onGo(chain.id)}
                  title={`${table.family} ${table.name} ${chain.name}`}
                  className={classes(
                    'flex h-[22px] w-full items-center gap-1.5 rounded-md pr-1.5 text-left hover:bg-sunken',
                    here === chain.id && 'bg-accent-fill hover:bg-accent-fill',
                  )}
                  style={{ paddingLeft: 6 + Math.min(depth, 6) * 10 }}
                >
                  {depth === 0 && <span className="shrink-0 font-mono text-[11px] text-ink-2">{table.name}</span>}
                  <span className="truncate font-mono text-[11.5px]">{chain.name}</span>
                  <FamilyMark family={table.family} />
                  <span className="ml-auto font-mono text-[11px] text-ink-2">{number(rules.length)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}
