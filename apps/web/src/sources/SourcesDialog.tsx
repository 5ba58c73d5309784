import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import { DialogPanel } from '../ui/DialogPanel.tsx';
import { type DotTone, StatusDot } from '../ui/StatusDot.tsx';
import { Fix } from './Fix.tsx';
import { groupSources, type SourceGroup, type SourceProblem, type SourceState } from './sourceGroups.ts';
import { sourcesSummary } from './sourcesSummary.ts';

const stateTones: Record<SourceState, DotTone> = {
  ok: 'good',
  partial: 'warn',
  absent: 'quiet',
  failed: 'bad',
  notRecorded: 'quiet',
};

/** How many places are named before the rest is counted. */
const namedPlaces = 6;

interface SourcesDialogProps {
  snapshot: Snapshot;
  onOpenChange: (open: boolean) => void;
}

/** Every source with how its reading went: what could not be read stands here, and nowhere as an empty list. */
export default function SourcesDialog({ snapshot, onOpenChange }: SourcesDialogProps) {
  return (
    <DialogPanel
      open
      onOpenChange={onOpenChange}
      title={t.sources.title}
      description={`${t.sources.description} ${sourcesSummary(snapshot.sources).text}`}
      closeLabel={t.close}
    >
      <ul className="-my-2 divide-y divide-line">
        {groupSources(snapshot.sources).map((group) => (
          <Source key={group.source} group={group} snapshot={snapshot} />
        ))}
      </ul>
    </DialogPanel>
  );
}

function Source({ group, snapshot }: { group: SourceGroup; snapshot: Snapshot }) {
  return (
    <li className="py-2.5">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 font-medium">{t.sources.names[group.source]}</span>
        {group.tookMs !== null && (
          <span className="font-mono text-[11.5px] text-ink-2">{t.sources.took(group.tookMs)}</span>
        )}
        <span className="flex w-28 items-center gap-2 text-xs">
          <StatusDot tone={stateTones[group.state]} />
          {t.sources.states[group.state]}
        </span>
      </div>
      {group.problems.map((problem) => (
        <Problem key={`${problem.state} ${problem.reason} ${problem.fix}`} problem={problem} snapshot={snapshot} />
      ))}
    </li>
  );
}

function Problem({ problem, snapshot }: { problem: SourceProblem; snapshot: Snapshot }) {
  const places = problem.places
    .slice(0, namedPlaces)
    .map((place) => (place === null ? t.sources.wholeHost : (snapshot.records.sandbox[place]?.name ?? place)));
  const more = problem.places.length - places.length;
  return (
    <div className="mt-1.5 border-line border-l-2 pl-3 text-[13px]">
      <p>{problem.reason}</p>
      {!(places.length === 1 && problem.places[0] === null) && (
        <p className="mt-0.5 break-words font-mono text-[11.5px] text-ink-2">
          {places.join(', ')}
          {more > 0 && ` ${t.sources.more(more)}`}
        </p>
      )}
      {problem.fix && (
        <div className="mt-1.5">
          <Fix fix={problem.fix} />
        </div>
      )}
    </div>
  );
}
