import type { RuleThing, ThingKind } from '@vethscope/graph';
import { Box, Cable, EthernetPort, List, type LucideIcon } from 'lucide-react';
import { t } from '../text/text.ts';
import { hueLine } from '../theme/hues.ts';
import { useBookActions } from './bookActions.ts';

const icons: Record<Exclude<ThingKind, 'network'>, LucideIcon> = {
  container: Box,
  link: Cable,
  publishedPort: EthernetPort,
  set: List,
};

/** A line has room for so many; all of them stand in the rule's details. */
const inLine = 4;

interface ThingChipsProps {
  things: readonly RuleThing[];
  all?: boolean;
  focusable: boolean;
}

/** What a rule speaks of; a click selects it. */
export function ThingChips({ things, all = false, focusable }: ThingChipsProps) {
  const shown = all ? things : things.slice(0, inLine);
  return (
    <>
      {shown.map((thing) => (
        <ThingChip key={thing.record} thing={thing} focusable={focusable} />
      ))}
      {things.length > shown.length && (
        <span className="text-ink-2 text-xs">{t.ruleset.moreThings(things.length - shown.length)}</span>
      )}
    </>
  );
}

function ThingChip({ thing, focusable }: { thing: RuleThing; focusable: boolean }) {
  const { choose, hues } = useBookActions();
  const hue = thing.network === null ? null : (hues.get(thing.network) ?? null);
  const Icon = thing.kind === 'network' ? null : icons[thing.kind];
  return (
    <button
      type="button"
      tabIndex={focusable ? 0 : -1}
      title={`${t.ruleset.things[thing.kind]} ${thing.name}`}
      aria-label={`${t.ruleset.things[thing.kind]} ${thing.name}`}
      onClick={(event) => {
        event.stopPropagation();
        choose(thing);
      }}
      className="inline-flex h-[18px] max-w-44 items-center gap-1 rounded-[5px] border border-line bg-surface px-1.5 text-[11.5px] text-ink-1 transition-colors hover:border-line-strong hover:bg-sunken"
    >
      {Icon ? (
        <Icon
          size={11}
          aria-hidden
          className="shrink-0"
          style={{ color: hue === null ? 'var(--ink-2)' : hueLine(hue) }}
        />
      ) : (
        <span aria-hidden className="h-1 w-2.5 shrink-0 rounded-full" style={{ background: hueLine(hue) }} />
      )}
      <span className="truncate">{thing.name}</span>
    </button>
  );
}
