import { type RuleAction, ruleAction } from '@vethscope/graph';
import type { Rule } from '@vethscope/model';
import { ArrowRightLeft, CornerDownRight, Hash, type LucideIcon, Split, Tag, Undo2 } from 'lucide-react';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { StatusDot } from '../ui/StatusDot.tsx';

type Sign = { dot: 'good' | 'bad' | 'warn'; ink: string } | { icon: LucideIcon; ink: string };

function signOf(kind: RuleAction['kind']): Sign {
  switch (kind) {
    case 'accept':
      return { dot: 'good', ink: 'text-good-ink' };
    case 'drop':
    case 'reject':
      return { dot: 'bad', ink: 'text-bad-ink' };
    case 'queue':
      return { dot: 'warn', ink: 'text-warn-ink' };
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
      return { icon: ArrowRightLeft, ink: 'text-ink-1' };
    case 'jump':
    case 'goto':
      return { icon: CornerDownRight, ink: 'text-ink-2' };
    case 'map':
      return { icon: Split, ink: 'text-ink-2' };
    case 'return':
      return { icon: Undo2, ink: 'text-ink-2' };
    case 'count':
      return { icon: Hash, ink: 'text-ink-2' };
    case 'other':
      return { icon: Tag, ink: 'text-ink-2' };
  }
}

/** What a rule does, by a sign and a word. */
export function ActionWord({ rule }: { rule: Rule }) {
  const { kind, word } = ruleAction(rule);
  const sign = signOf(kind);
  return (
    <span className={classes('flex items-center gap-2 truncate font-medium text-xs', sign.ink)}>
      {'dot' in sign ? (
        <span className="flex w-3 justify-center">
          <StatusDot tone={sign.dot} />
        </span>
      ) : (
        <sign.icon size={12} aria-hidden className="shrink-0" />
      )}
      {kind === 'other' ? word : t.ruleset.actions[kind]}
    </span>
  );
}
