import { bytes } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { useRuleCount } from './useRuleCount.ts';

/** Packets and bytes of a rule, now. They light up for a moment when they move. */
export function RuleCount({ rule }: { rule: string }) {
  const count = useRuleCount(rule);
  if (count === null)
    return (
      <span title={t.ruleset.notCountedWhy} className="text-ink-2 text-xs">
        {t.ruleset.notCounted}
      </span>
    );
  return (
    <span
      // A new key is a new element, whose animation begins anew.
      key={count.packets}
      data-packets={count.packets}
      title={t.ruleset.counted(count.packets, count.bytes)}
      className={classes('rule-count font-mono text-[11.5px] leading-[19px]', count.packets === 0 && 'text-ink-2')}
    >
      {t.ruleset.packets(count.packets)}
      {count.packets > 0 && <span className="text-ink-2"> · {bytes(count.bytes)}</span>}
    </span>
  );
}
