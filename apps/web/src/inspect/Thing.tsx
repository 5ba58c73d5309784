import type { FactTone } from '@vethscope/graph';
import { ChevronLeft, X } from 'lucide-react';
import { useMemo } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { PathEntries } from '../explorer/PathEntries.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Pill } from '../ui/Pill.tsx';
import type { DotTone } from '../ui/StatusDot.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { Commands } from './Commands.tsx';
import { Facts } from './Facts.tsx';
import { inspectInWords } from './inspectInWords.ts';
import { Labels } from './Labels.tsx';
import { Rules } from './Rules.tsx';
import { Section } from './Section.tsx';
import { Traffic } from './Traffic.tsx';

const dots: Record<FactTone, DotTone> = { plain: 'quiet', good: 'good', warn: 'warn', bad: 'bad', quiet: 'quiet' };

/** All that is known of one thing, and how to see it oneself. */
export default function Thing({ held, selection }: { held: Held; selection: string }) {
  const { select } = usePageActions();
  const { snapshot, origin } = held;
  const inspection = useMemo(() => inspectInWords(snapshot, selection), [snapshot, selection]);
  if (!inspection) return <Gone selection={selection} />;
  const { title, subtitle, state, sections, rules, neighbours, labels, counters } = inspection;
  return (
    <>
      <header>
        <div className="flex items-start gap-2">
          <h2 className="min-w-0 flex-1 break-words font-semibold text-base leading-snug">{title}</h2>
          {state && (
            <Pill tone={dots[state.tone]} className="mt-px">
              {state.text}
            </Pill>
          )}
          <Button
            look="ghost"
            size="smallIcon"
            aria-label={t.inspect.close}
            title={t.inspect.back}
            onClick={() => select(null)}
          >
            <X size={14} aria-hidden />
          </Button>
        </div>
        {subtitle && <p className="break-words text-[13px] text-ink-2">{subtitle}</p>}
      </header>
      <PathEntries snapshot={snapshot} record={inspection.record} />
      {sections
        .filter(({ facts }) => facts.length > 0)
        .map((section) => (
          <Section key={section.title} title={section.title}>
            <Facts facts={section.facts} />
          </Section>
        ))}
      {counters.map((linkId) => (
        <Traffic key={linkId} linkId={linkId} snapshot={snapshot} origin={origin} />
      ))}
      {neighbours.length > 0 && (
        <Section title={t.inspect.neighbours}>
          <Facts facts={neighbours} />
        </Section>
      )}
      <Rules rules={rules} snapshot={snapshot} />
      <Commands record={inspection.record} still={held.elsewhere ? held : null} />
      <Labels labels={labels} />
    </>
  );
}

function Gone({ selection }: { selection: string }) {
  const { select } = usePageActions();
  return (
    <>
      <h2 className="font-semibold text-base">{t.inspect.goneTitle}</h2>
      <p className="mt-1 text-ink-2">{t.inspect.gone}</p>
      <p className="mt-3 break-all font-mono text-[11px] text-ink-2">{selection}</p>
      <Button className="mt-4" onClick={() => select(null)}>
        <ChevronLeft size={14} aria-hidden />
        {t.inspect.back}
      </Button>
    </>
  );
}
