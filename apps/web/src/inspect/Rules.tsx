import type { MentioningRule } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { useState, useSyncExternalStore } from 'react';
import { counters } from '../api/live.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { MonoText } from '../ui/MonoText.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { Section } from './Section.tsx';

/** How many rules are shown before the rest is asked for. */
const firstRules = 8;

/** Every rule that mentions the thing, verbatim, in the order in which the kernel would meet them. */
export function Rules({ rules, snapshot }: { rules: readonly MentioningRule[]; snapshot: Snapshot }) {
  const [all, setAll] = useState(false);
  if (rules.length === 0) return null;
  const shown = all ? rules : rules.slice(0, firstRules);
  return (
    <Section title={t.inspect.rules(rules.length)}>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-sunken">
        {shown.map((rule) => (
          <RuleLine key={rule.rule} rule={rule} snapshot={snapshot} />
        ))}
      </ul>
      {rules.length > shown.length && (
        <Button look="ghost" size="small" className="mt-1.5" onClick={() => setAll(true)}>
          {t.inspect.more(rules.length - shown.length)}
        </Button>
      )}
    </Section>
  );
}

function RuleLine({ rule, snapshot }: { rule: MentioningRule; snapshot: Snapshot }) {
  const { select } = usePageActions();
  const live = useSyncExternalStore(
    (listener) => counters.subscribeRule(rule.rule, listener),
    () => counters.rule(rule.rule),
  );
  const count = live ?? snapshot.counters.rules[rule.rule] ?? null;
  return (
    <li className="group relative px-2.5 py-2 font-mono text-[11px] leading-[1.55]">
      <p className="flex justify-between gap-3">
        <button
          type="button"
          onClick={() => select(rule.rule)}
          title={rule.why}
          className="rounded-sm text-left font-medium hover:underline hover:underline-offset-[3px]"
        >
          {rule.place}
        </button>
        <span className="whitespace-nowrap text-ink-2">
          {count ? t.inspect.packets(count.packets) : t.inspect.notCounted}
        </span>
      </p>
      <p className="wrap-anywhere pr-6 text-ink-1">
        <MonoText text={rule.text} />
      </p>
      <span className="absolute right-1 bottom-1 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton text={rule.text} label={t.copy} doneLabel={t.copied} />
      </span>
    </li>
  );
}
