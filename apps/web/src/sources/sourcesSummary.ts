import type { SourceReport } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { DotTone } from '../ui/StatusDot.tsx';
import { isProblem, stateOf } from './sourceGroups.ts';

/** The health of all sources in one sentence. */
export function sourcesSummary(reports: readonly SourceReport[]): { tone: DotTone; text: string } {
  const problems = reports.filter(isProblem).length;
  if (problems > 0) return { tone: 'warn', text: t.sources.problems(problems) };
  const missing = reports.filter((report) => stateOf(report) === 'notRecorded').length;
  if (missing > 0) return { tone: 'quiet', text: t.sources.missing(missing) };
  return { tone: 'good', text: t.sources.allRead };
}
