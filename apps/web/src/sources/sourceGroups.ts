import type { SourceName, SourceReport, SourceStatus } from '@vethscope/model';

/** `notRecorded`: a recording does not have it. That is no proof that there was nothing, so it is not called absent. */
export type SourceState = SourceStatus | 'notRecorded';

/** The reports of one source that say the same, of all the places where it was read. */
export interface SourceProblem {
  state: SourceState;
  reason: string | null;
  fix: string | null;
  /** Sandbox ids; null for what belongs to the whole host. */
  places: (string | null)[];
}

export interface SourceGroup {
  source: SourceName;
  /** The worst of them; `partial` where some were read and some failed. */
  state: SourceState;
  /** The longest of them, in milliseconds. */
  tookMs: number | null;
  problems: SourceProblem[];
}

const order: readonly SourceState[] = ['ok', 'absent', 'notRecorded', 'partial', 'failed'];

export function stateOf({ status, fault }: SourceReport): SourceState {
  return status === 'absent' && fault === 'notRecorded' ? 'notRecorded' : status;
}

function together(a: SourceState, b: SourceState): SourceState {
  const someRead = [a, b].some((state) => state === 'ok' || state === 'partial');
  if (someRead && (a === 'failed' || b === 'failed')) return 'partial';
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** `absent` is no problem: there was nothing to read. */
export const isProblem = (report: SourceReport) => report.status === 'failed' || report.status === 'partial';

/**
 * One group per source, in the order of the reports. With a thousand namespaces the same reason is said once, with its places. Of a container's
 * sandbox only what went wrong is reported, so there is no count of what went well.
 */
export function groupSources(reports: readonly SourceReport[]): SourceGroup[] {
  const groups = new Map<SourceName, SourceGroup>();
  for (const report of reports) {
    const state = stateOf(report);
    const group = groups.get(report.source) ?? {
      source: report.source,
      state,
      tookMs: null,
      problems: [],
    };
    groups.set(report.source, group);
    group.state = together(group.state, state);
    if (report.tookMs !== null) group.tookMs = Math.max(group.tookMs ?? 0, report.tookMs);
    if (state === 'ok' || (state === 'absent' && report.reason === null)) continue;
    const same = group.problems.find(
      (problem) => problem.state === state && problem.reason === report.reason && problem.fix === report.fix,
    );
    if (same) same.places.push(report.sandbox);
    else {
      const { reason, fix, sandbox } = report;
      group.problems.push({ state, reason, fix, places: [sandbox] });
    }
  }
  return [...groups.values()];
}
