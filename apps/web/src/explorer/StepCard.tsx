import type { Step } from '@vethscope/model';
import { decidingRules, triedRules } from '@vethscope/path';
import { ChevronRight } from 'lucide-react';
import { type Ref, useId, useState } from 'react';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { MonoText } from '../ui/MonoText.tsx';
import { ChainRules } from './ChainRules.tsx';
import { headerChanges, type LaneStep } from './lanes.ts';
import { StepIcon, stops } from './stepIcons.tsx';

interface StepCardProps {
  ref: Ref<HTMLLIElement> | undefined;
  laneStep: LaneStep;
  current: boolean;
  /** The packet has not come here yet. */
  ahead: boolean;
  onGo: (at: number) => void;
}

/** A chain in which nothing decided says little: it is one line, until it is opened. */
const isQuiet = (step: Step): boolean => step.kind === 'chain' && step.byPolicy && step.verdict === 'accept';

/** One decision of the kernel: what it was, what it changed, and on request the evidence. */
export function StepCard({ ref, laneStep, current, ahead, onGo }: StepCardProps) {
  const { step, ends, at } = laneStep;
  const [open, setOpen] = useState(false);
  const rulesId = useId();
  const bad = ends || stops(step);
  const changes = headerChanges(step);
  const quiet = isQuiet(step);
  return (
    <li
      ref={ref}
      data-step={at}
      aria-current={current ? 'step' : undefined}
      className={classes(
        'rounded-lg border transition-colors',
        current
          ? 'border-accent bg-accent-fill'
          : bad
            ? 'border-bad bg-surface'
            : quiet
              ? 'border-transparent'
              : 'border-line bg-surface',
        ahead && 'border-dashed',
      )}
    >
      <div className="flex items-start">
        <button
          type="button"
          onClick={() => onGo(at)}
          className="flex min-w-0 flex-1 items-start gap-2 rounded-lg px-2 py-1 text-left"
        >
          <span className={classes('mt-[2px]', bad ? 'text-bad-ink' : current ? 'text-accent' : 'text-ink-2')}>
            <StepIcon step={step} />
          </span>
          <span className="min-w-0 flex-1 text-[12.5px] leading-[1.45]">
            <span className="sr-only">{t.explorer.lanes.kinds[step.kind]}: </span>
            <StepWords step={step} quiet={quiet} />
          </span>
        </button>
        {step.kind === 'chain' && (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={rulesId}
            aria-label={`${t.explorer.rules.open(step.chain.name)}: ${countText(step)}`}
            onClick={() => setOpen(!open)}
            className="inline-flex shrink-0 items-center gap-0.5 rounded-md py-1 pr-2 pl-1 text-ink-2 text-xs leading-[1.5] hover:text-ink-1"
          >
            {countText(step)}
            <ChevronRight size={13} aria-hidden className={classes('transition-transform', open && 'rotate-90')} />
          </button>
        )}
      </div>
      {changes.length > 0 && (
        <dl className="space-y-0.5 px-2 pb-1.5 pl-[30px] font-mono text-[11px] leading-[1.5]">
          {changes.map(({ field, before, after }) => (
            <div key={field} className="flex flex-wrap gap-x-1.5">
              <dt className="text-ink-2">{t.explorer.lanes.fields[field]}</dt>
              <dd className="wrap-anywhere">
                <del className="text-ink-2 decoration-ink-3">{before}</del>
                <span className="text-ink-2"> → </span>
                <ins className="rounded-sm bg-warn-fill px-1 no-underline">{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {step.kind === 'chain' && (
        <div id={rulesId} className="px-1.5">
          {open && <ChainRules step={step} />}
        </div>
      )}
    </li>
  );
}

function countText({ chain }: Extract<Step, { kind: 'chain' }>): string {
  const tried = triedRules(chain);
  const matched = decidingRules(chain).length;
  if (tried === 0) return t.explorer.rules.noRules;
  return matched === 0 ? t.explorer.rules.tried(tried) : t.explorer.rules.matched(matched, tried);
}

function StepWords({ step, quiet }: { step: Step; quiet: boolean }) {
  if (step.kind !== 'chain') return step.sentence;
  const place = `${step.family} ${step.table} ${step.chain.name}`;
  const decided = decidingRules(step.chain).at(-1);
  const verdict = step.byPolicy ? `${step.verdict} · ${t.explorer.rules.policy}` : step.verdict;
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className={classes('font-mono text-[11.5px]', quiet ? 'text-ink-2' : 'font-medium')}>{place}</span>
        <span className={classes('text-xs', stops(step) ? 'font-semibold text-bad-ink' : 'text-ink-2')}>{verdict}</span>
      </span>
      {!step.byPolicy && decided && (
        <span
          className={classes(
            'mt-0.5 block wrap-anywhere border-l-2 pl-1.5 font-mono text-[11px] leading-[1.5]',
            stops(step) ? 'border-bad text-bad-ink' : 'border-accent',
          )}
        >
          <MonoText text={decided.rule.text} />
        </span>
      )}
    </>
  );
}
