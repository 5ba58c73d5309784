import type { ChainEvaluation, RuleEvaluation, Step } from '@vethscope/model';
import { FlaskConical, ListTree } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { counters } from '../api/live.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { MonoText } from '../ui/MonoText.tsx';
import { useExplorer } from './explorerContext.ts';
import { stops } from './stepIcons.tsx';

/** More than these are shown when they are asked for. */
const firstRules = 24;

/** The rules tried in a chain, in the order in which the kernel tried them: the one that matched lit, the others with what did not match. */
export function ChainRules({ step }: { step: Extract<Step, { kind: 'chain' }> }) {
  return (
    <div className="mb-1">
      <RuleList chain={step.chain} stopping={stops(step)} />
      {step.byPolicy && (
        <p className="px-1.5 py-0.5 text-ink-2 text-xs">{t.explorer.rules.fellThrough(step.verdict)}</p>
      )}
    </div>
  );
}

function RuleList({ chain, stopping }: { chain: ChainEvaluation; stopping: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? chain.evaluated : withMatches(chain.evaluated);
  return (
    <>
      <ol className="space-y-px">
        {shown.map((rule) => (
          <RuleItem key={`${rule.position} ${rule.rule}`} rule={rule} stopping={stopping} />
        ))}
      </ol>
      {chain.evaluated.length > shown.length && (
        <Button look="ghost" size="small" onClick={() => setAll(true)}>
          {t.explorer.rules.more(chain.evaluated.length - shown.length)}
        </Button>
      )}
      {chain.passedOver > 0 && (
        <p className="px-1.5 py-0.5 text-ink-2 text-xs">{t.explorer.rules.passedOver(chain.passedOver)}</p>
      )}
    </>
  );
}

/** The first rules, and every one that matched wherever it stands. */
function withMatches(rules: readonly RuleEvaluation[]): readonly RuleEvaluation[] {
  if (rules.length <= firstRules) return rules;
  return rules.filter(({ matched }, index) => matched !== 'no' || index < firstRules);
}

function RuleItem({ rule, stopping }: { rule: RuleEvaluation; stopping: boolean }) {
  const { showRule, lift } = useExplorer();
  const { matched, failed, inside, owner, position, text } = rule;
  const live = useSyncExternalStore(
    (listener) => counters.subscribeRule(rule.rule, listener),
    () => counters.rule(rule.rule),
  );
  const packets = live?.packets ?? rule.packets;
  const lit = matched !== 'no' && inside === null;
  return (
    <li>
      <div
        className={classes(
          'group/rule rounded-md px-1.5 py-1 font-mono text-[11px] leading-[1.5]',
          lit && (stopping ? 'bg-bad-fill' : 'bg-accent-fill'),
        )}
      >
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="shrink-0 text-ink-2">{position}</span>
          <span
            className={classes(
              'min-w-[60%] flex-1 wrap-anywhere',
              matched === 'no' && 'text-ink-2',
              lit && 'font-medium',
            )}
          >
            <RuleWords text={text} failed={failed} />
          </span>
          <span className="ml-auto flex items-center gap-x-2.5 pl-4 font-sans text-ink-2 text-xs">
            {matched === 'no' && failed !== null && !text.includes(failed) && (
              <span>{t.explorer.rules.failed(failed)}</span>
            )}
            {matched === 'depends' && <span className="text-warn-ink">{t.explorer.rules.depends}</span>}
            <span>{owner}</span>
            {packets !== null && packets !== undefined && <span>{t.explorer.rules.packets(packets)}</span>}
            <span className="flex w-12 justify-end">
              {matched !== 'no' && (
                <Button
                  look="ghost"
                  size="smallIcon"
                  aria-label={`${t.explorer.rules.without} ${text}`}
                  title={t.explorer.rules.without}
                  onClick={() => lift(rule.rule)}
                >
                  <FlaskConical size={12} aria-hidden />
                </Button>
              )}
              <Button
                look="ghost"
                size="smallIcon"
                aria-label={`${t.explorer.rules.show}: ${text}`}
                title={t.explorer.rules.show}
                onClick={() => showRule(rule.rule)}
              >
                <ListTree size={12} aria-hidden />
              </Button>
            </span>
          </span>
        </div>
      </div>
      {inside !== null && (inside.evaluated.length > 0 || inside.passedOver > 0) && (
        <div className="ml-3 border-line border-l pl-1.5">
          <p className="px-1.5 pt-0.5 font-mono text-[11px] text-ink-2">{inside.name}</p>
          <RuleList chain={inside} stopping={stopping} />
          {inside.verdict === null && <p className="px-1.5 pb-1 text-ink-2 text-xs">{t.explorer.rules.returned}</p>}
        </div>
      )}
    </li>
  );
}

/** The rule as it is written, with the part marked that did not match. */
function RuleWords({ text, failed }: { text: string; failed: string | null }) {
  const at = failed === null || failed === '' ? -1 : text.indexOf(failed);
  if (at < 0 || failed === null) return <MonoText text={text} />;
  return (
    <>
      <MonoText text={text.slice(0, at)} />
      <mark
        title={t.explorer.rules.failed(failed)}
        className="bg-transparent text-bad-ink underline decoration-bad decoration-wavy underline-offset-2"
      >
        <span className="sr-only">{t.explorer.rules.failed('')} </span>
        {failed}
      </mark>
      <MonoText text={text.slice(at + failed.length)} />
    </>
  );
}
