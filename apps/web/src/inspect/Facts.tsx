import type { Fact, FactTone } from '@vethscope/graph';
import { useState } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { usePageActions } from '../view/PageActions.tsx';

const toneInks: Record<FactTone, string> = {
  plain: '',
  good: 'text-good-ink',
  warn: 'text-warn-ink',
  bad: 'text-bad-ink',
  quiet: 'text-ink-2',
};

/** How many are shown before the rest is asked for: a network may have a thousand neighbours. */
const firstFacts = 24;

/** Label and value, one line each. A value that is a thing of its own is a way to it. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const { select } = usePageActions();
  const [all, setAll] = useState(false);
  const shown = all ? facts : facts.slice(0, firstFacts);
  return (
    <>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {shown.map((fact, index) => {
          const target = fact.records[0];
          const look = classes(
            'wrap-anywhere text-left leading-5',
            fact.mono ? 'font-mono text-[11.5px]' : 'text-[13px]',
            toneInks[fact.tone],
          );
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fact has no name of its own, and labels repeat
            <div key={`${fact.label} ${index}`} className="col-span-2 grid grid-cols-subgrid items-start">
              <dt
                title={fact.label}
                className={classes('text-[13px] text-ink-2 leading-5', !fact.label.includes(' ') && 'truncate')}
              >
                {fact.label}
              </dt>
              <dd className="min-w-0">
                {target === undefined ? (
                  <span className={classes('block', look)}>{fact.value}</span>
                ) : (
                  <button
                    type="button"
                    onClick={() => select(target, { reveal: true })}
                    className={classes(
                      look,
                      'rounded-sm underline decoration-line underline-offset-[3px] hover:decoration-accent',
                    )}
                  >
                    {fact.value}
                  </button>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {facts.length > shown.length && (
        <Button look="ghost" size="small" className="mt-1 -ml-2" onClick={() => setAll(true)}>
          {t.inspect.more(facts.length - shown.length)}
        </Button>
      )}
    </>
  );
}
