import type { Cause, Snapshot } from '@vethscope/model';
import { outcomeOf, type WhatIf } from '@vethscope/path';
import { Switch } from 'radix-ui';
import { useId } from 'react';
import { Fix } from '../sources/Fix.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { changeText } from './changeText.ts';
import type { PathAnswer } from './pathMessages.ts';

interface BlockersProps {
  answer: PathAnswer;
  changes: readonly WhatIf[];
  snapshot: Snapshot;
  onChanges: (changes: readonly WhatIf[]) => void;
}

export const sameChange = (a: WhatIf, b: WhatIf): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Everything that stands in the way, each with what mends it, and switches that ask what would be without it. */
export function Blockers({ answer, changes, snapshot, onChanges }: BlockersProps) {
  const { switches } = answer;
  const shown = answer.otherwise ?? answer.trace;
  const stopped = outcomeOf(shown.disposition) !== 'success';
  const turn = (change: WhatIf, on: boolean) =>
    onChanges(on ? [...changes, change] : changes.filter((one) => !sameChange(one, change)));
  return (
    <div className="grid gap-x-8 gap-y-4 px-4 py-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-label={t.explorer.blockers.title}>
        {!stopped && <p className="text-ink-2">{t.explorer.blockers.none}</p>}
        <ol className="space-y-3">
          {stopped &&
            switches.map(({ cause, changes: offered }, index) => (
              <li
                key={`${cause.code} ${cause.rule} ${cause.sentence}`}
                className="rounded-lg border border-line bg-surface px-3 py-2.5"
              >
                <BlockerWords cause={cause} first={index === 0} />
                {offered.length > 0 ? (
                  <ul className="mt-2 space-y-1.5 border-line border-t pt-2">
                    {offered.map((change) => (
                      <li key={JSON.stringify(change)}>
                        <ChangeSwitch change={change} on={false} snapshot={snapshot} onTurn={turn} />
                      </li>
                    ))}
                  </ul>
                ) : (
                  <p className="mt-2 text-ink-2 text-xs">{t.explorer.blockers.noSwitch}</p>
                )}
              </li>
            ))}
        </ol>
      </section>
      <section aria-label={t.explorer.blockers.applied}>
        <h3 className="text-ink-2 text-xs">{t.explorer.blockers.applied}</h3>
        {changes.length === 0 ? (
          <p className="mt-1.5 max-w-prose text-ink-2">{t.explorer.blockers.appliedNone}</p>
        ) : (
          <>
            <ul className="mt-1.5 space-y-1.5">
              {changes.map((change) => (
                <li key={JSON.stringify(change)}>
                  <ChangeSwitch
                    change={change}
                    on
                    snapshot={snapshot}
                    onTurn={turn}
                    missing={answer.missing.some((one) => sameChange(one, change))}
                  />
                </li>
              ))}
            </ul>
            <Button size="small" className="mt-3" onClick={() => onChanges([])}>
              {t.explorer.blockers.undoAll}
            </Button>
          </>
        )}
      </section>
    </div>
  );
}

function BlockerWords({ cause, first }: { cause: Cause; first: boolean }) {
  return (
    <>
      <p className="flex items-baseline gap-2">
        <span className="shrink-0 text-ink-2 text-xs">
          {first ? t.explorer.blockers.first : t.explorer.blockers.behind}
        </span>
        <span className="min-w-0 flex-1 wrap-anywhere">{cause.sentence}</span>
        <code className="shrink-0 font-mono text-[11px] text-ink-2">{cause.code}</code>
      </p>
      {cause.fix !== null && (
        <div className="mt-1.5 flex items-center gap-2">
          <span className="shrink-0 text-ink-2 text-xs">{t.explorer.blockers.mend}</span>
          <span className="min-w-0 flex-1">
            <Fix fix={cause.fix} />
          </span>
        </div>
      )}
    </>
  );
}

interface ChangeSwitchProps {
  change: WhatIf;
  on: boolean;
  snapshot: Snapshot;
  onTurn: (change: WhatIf, on: boolean) => void;
  missing?: boolean;
}

function ChangeSwitch({ change, on, snapshot, onTurn, missing = false }: ChangeSwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={(next) => onTurn(change, next)}
        className="relative mt-px h-4 w-7 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-3 translate-x-px rounded-full bg-ink-2 transition-transform data-[state=checked]:translate-x-[13px] data-[state=checked]:bg-on-accent" />
      </Switch.Root>
      <label htmlFor={id} className="min-w-0 cursor-pointer wrap-anywhere text-[12.5px]">
        {changeText(snapshot, change)}
        {missing && <span className="text-warn-ink"> · {t.explorer.blockers.missing}</span>}
      </label>
    </div>
  );
}
