import type { ProbePlace, ProbeResult, ProbeRule, RuleRef } from '@vethscope/model';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { MonoText } from '../ui/MonoText.tsx';
import { type DotTone, StatusDot } from '../ui/StatusDot.tsx';
import { useExplorer } from './explorerContext.ts';

const words = t.explorer.probe;

const toneOf = (same: boolean | null): DotTone => (same === null ? 'quiet' : same ? 'good' : 'bad');
const wordOf = (same: boolean | null): string => (same === null ? words.untold : same ? words.same : words.different);

/** What came of a probe: observed beside predicted, place by place and rule by rule. */
export function ProbeReport({ result }: { result: ProbeResult }) {
  const { agrees, outcome, predicted, counts, places, notes, cleanedUp, tookMs } = result;
  return (
    <div className="mt-4 max-w-5xl">
      <p className="flex items-baseline gap-2">
        <StatusDot tone={agrees ? 'good' : 'bad'} ring />
        <strong className={classes('font-semibold', agrees ? 'text-good-ink' : 'text-bad-ink')}>
          {agrees ? words.agrees : words.differs}
        </strong>
        <span className="text-ink-2">{words.counts(counts.same, counts.different, counts.untold)}</span>
        <span className="font-mono text-[11px] text-ink-2">{words.tookMs(tookMs)}</span>
      </p>
      <p className="mt-1">
        {words.predicted}: {t.packages.dispositions[predicted.disposition]}. {words.outcome}:{' '}
        {words.outcomes[outcome.observed]}
        {outcome.detail && <code className="ml-1.5 font-mono text-[11px] text-ink-2">{outcome.detail}</code>}
      </p>
      <table className="mt-3 w-full border-collapse text-left">
        <caption className="sr-only">{words.table}</caption>
        <thead>
          <tr className="border-line border-b text-ink-2 text-xs">
            <th scope="col" className="w-1/2 py-1 pr-3 font-normal">
              {words.predicted}
            </th>
            <th scope="col" className="py-1 pr-3 font-normal">
              {words.observed}
            </th>
            <th scope="col" className="w-32 py-1 font-normal">
              {words.compared}
            </th>
          </tr>
        </thead>
        {places.map((place) => (
          <PlaceRows key={`${place.leg} ${place.direction} ${place.sandbox}`} place={place} />
        ))}
      </table>
      {notes.map((note) => (
        <p key={note} className="mt-1.5 text-ink-2">
          {note}
        </p>
      ))}
      <p className={classes('mt-1.5 text-xs', cleanedUp ? 'text-ink-2' : 'text-bad-ink')}>
        {cleanedUp ? words.cleanedUp : words.notCleanedUp}
      </p>
    </div>
  );
}

function PlaceRows({ place }: { place: ProbePlace }) {
  const { name, direction, predicted, observed, rules } = place;
  const seen = observed === null ? words.notAsked : observed ? words.seen : words.notSeen;
  return (
    <tbody>
      <tr className="border-line border-b">
        <th scope="rowgroup" colSpan={2} className="pt-2.5 pb-1 font-semibold">
          {name}
          <span className="ml-2 font-normal text-ink-2 text-xs">
            {direction === 'request' ? words.request : words.reply} · {seen}
          </span>
        </th>
        <td className="pt-2.5 pb-1 text-xs">{observed !== null && observed !== predicted && <Same same={false} />}</td>
      </tr>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one answer, which never move; the same rule may stand twice
        <RuleLine key={index} rule={rule} />
      ))}
    </tbody>
  );
}

const refText = ({ family, table, chain, rule, verdict }: RuleRef): string =>
  `${family} ${table} ${chain} ${rule} → ${verdict}`;

function RuleLine({ rule }: { rule: ProbeRule }) {
  const { showRule } = useExplorer();
  const { predicted, observed, same, record, text } = rule;
  return (
    <tr className={classes('border-line border-b align-top font-mono text-[11px]', same === false && 'bg-bad-fill')}>
      <td className="py-1 pr-3 wrap-anywhere">
        {predicted ? refText(predicted) : <span className="text-ink-2">{words.none}</span>}
        {text !== null &&
          (record === null ? (
            <span className="block text-ink-2">
              <MonoText text={text} />
            </span>
          ) : (
            <button
              type="button"
              title={t.explorer.rules.show}
              onClick={() => showRule(record)}
              className="block text-left text-ink-2 hover:underline"
            >
              <MonoText text={text} />
            </button>
          ))}
      </td>
      <td className="py-1 pr-3 wrap-anywhere">
        {observed ? refText(observed) : <span className="text-ink-2">{words.none}</span>}
      </td>
      <td className="py-1">
        <Same same={same} />
      </td>
    </tr>
  );
}

function Same({ same }: { same: boolean | null }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-sans text-xs">
      <StatusDot tone={toneOf(same)} />
      {wordOf(same)}
    </span>
  );
}
