import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { ActionWord } from './ActionWord.tsx';
import { useBookActions } from './bookActions.ts';
import type { BookRow } from './bookRows.ts';
import { OwnerBadge } from './OwnerBadge.tsx';
import { RuleCount } from './RuleCount.tsx';
import { RuleDetails } from './RuleDetails.tsx';
import { Marked, RuleText } from './RuleText.tsx';
import { ruleSentence } from './ruleSentence.ts';
import { ThingChips } from './ThingChips.tsx';

const noMarks: readonly string[] = [];

interface RuleRowProps {
  row: Extract<BookRow, { kind: 'rule' }>;
  /** It is what the search found. */
  hit: boolean;
  active: boolean;
  open: boolean;
  onToggle: () => void;
}

/** One rule: what it does, its text as the tool prints it, the same in plain words, what it speaks of, what it counted, who wrote it. */
export function RuleRow({ row: { rule, position, entry }, hit, active, open, onToggle }: RuleRowProps) {
  const { things, marks: sought } = useBookActions();
  const marks = hit ? sought : noMarks;
  const sentence = useMemo(() => ruleSentence(rule), [rule]);
  const mentioned = useMemo(() => things(rule), [things, rule]);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the key is Enter on the row */}
      <div
        role="presentation"
        onClick={() => document.getSelection()?.isCollapsed !== false && onToggle()}
        className="rule-line cursor-pointer"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: lines are placed one by one, which a table cannot do */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
        <span
          role="gridcell"
          title={t.ruleset.position(position)}
          className="flex justify-end gap-1 font-mono text-[11.5px] text-ink-2 leading-[19px]"
        >
          <ChevronRight
            size={12}
            aria-hidden
            className={classes('rule-chevron mt-[3.5px] transition-transform', open && 'rotate-90')}
          />
          {position}
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        <span role="gridcell" className="flex h-[19px] min-w-0 items-center">
          <ActionWord rule={rule} />
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        <div role="gridcell" className="min-w-0">
          <RuleText rule={rule} marks={marks} focusable={active} />
          <p className="mt-0.5 flex min-h-5 flex-wrap items-center gap-x-1.5 gap-y-1 text-ink-2 text-xs">
            {rule.unparsed !== null && (
              <span
                title={t.ruleset.unparsedPart(rule.unparsed)}
                className="inline-flex items-center gap-1 rounded bg-warn-fill px-1.5 font-medium text-warn-ink"
              >
                <TriangleAlert size={11} aria-hidden />
                {t.ruleset.unparsed}
              </span>
            )}
            <span className="mr-1">
              <Marked text={sentence} marks={marks} />
            </span>
            <ThingChips things={mentioned} focusable={active} />
          </p>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        <div role="gridcell" className="rule-figures">
          <RuleCount rule={rule.id} />
          <OwnerBadge owner={rule.owner} />
        </div>
      </div>
      {open && <RuleDetails rule={rule} entry={entry} things={mentioned} />}
    </>
  );
}
