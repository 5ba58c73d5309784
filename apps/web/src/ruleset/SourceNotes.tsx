import type { SourceName, SourceReport } from '@vethscope/model';
import { Fix } from '../sources/Fix.tsx';
import { isProblem, stateOf } from '../sources/sourceGroups.ts';
import { t } from '../text/text.ts';
import { StatusDot } from '../ui/StatusDot.tsx';

const ofRules: ReadonlySet<SourceName> = new Set([
  'iptables',
  'ip6tables',
  'iptablesLegacy',
  'ip6tablesLegacy',
  'nft',
  'ipsets',
]);

/** The readings of a namespace's rules that went wrong; of a recording also those that it does not have. */
export function unreadRules(sources: readonly SourceReport[], sandbox: string, isHost: boolean): SourceReport[] {
  return sources.filter(
    (report) =>
      ofRules.has(report.source) &&
      (report.sandbox === sandbox || (report.sandbox === null && isHost)) &&
      (isProblem(report) || stateOf(report) === 'notRecorded'),
  );
}

/** What of the rule set is not in this book, why, and what to do about it. */
export function SourceNotes({ reports }: { reports: readonly SourceReport[] }) {
  return (
    <section
      aria-label={t.ruleset.unreadTitle}
      className="shrink-0 border-line border-b bg-warn-fill px-4 py-2 text-xs"
    >
      <ul className="flex flex-col gap-1.5">
        {reports.map((report) => (
          <li key={report.source} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <StatusDot tone={report.status === 'failed' ? 'bad' : 'warn'} />
            <span className="font-medium">
              {t.sources.names[report.source]}: {t.sources.states[stateOf(report)]}
            </span>
            {report.reason && <span className="text-ink-1">{report.reason}</span>}
            {report.fix && <Fix fix={report.fix} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
