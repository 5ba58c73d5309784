import { type NamespaceReadings, type SourceName, type SourceReport, sameValue, sourceNames } from '@vethscope/model';
import { type KernelSource, kernelSources } from '../host/readNamespace.ts';
import type { NamespaceTarget } from './findNamespaces.ts';
import { sameReport } from './sourceFailure.ts';

/** What of a namespace can be read again by itself. `rules` stands for all tools that print rules. */
export type NamespacePart = KernelSource | 'rules';
export const namespaceParts: readonly NamespacePart[] = [...kernelSources, 'rules'];

/** The readings of a namespace as they stand, with how each went. Never changed: a new reading makes a new one. */
export interface NamespaceState {
  target: NamespaceTarget;
  readings: NamespaceReadings;
  netnsIds: Record<string, number> | null;
  reports: SourceReport[];
}

type ReadingName = keyof NamespaceReadings & SourceName;

/**
 * What one reading of some sources brought. A source of `sources` without a reading was not read; all others stand as they are, for
 * they may have been read again in the meantime.
 */
export interface NamespacePatch {
  sources: readonly ReadingName[];
  readings: NamespaceReadings;
  reports: SourceReport[];
  netnsIds?: Record<string, number>;
}

export function patched(state: NamespaceState, patch: NamespacePatch): NamespaceState {
  const readings = { ...state.readings };
  let changed = false;
  for (const source of patch.sources) {
    const next = patch.readings[source];
    if (sameValue(readings[source], next)) continue;
    changed = true;
    if (next === undefined) delete readings[source];
    else Object.assign(readings, { [source]: next });
  }
  const netnsIds = patch.netnsIds ?? state.netnsIds;
  const reports = replaceReports(state.reports, new Set<SourceName>(patch.sources), patch.reports);
  // A reading that brought nothing new leaves the same object, of which nothing is parsed again.
  if (!changed && sameValue(netnsIds, state.netnsIds) && sameValue(reports, state.reports)) return state;
  return { target: state.target, readings, netnsIds, reports };
}

export const sandboxIdOf = (target: NamespaceTarget): string =>
  target.kind === 'host' ? 'sandbox:host' : `sandbox:${target.netns}`;

/** The reports with those of `sources` replaced. One that says what the last one said stays, so that no diff comes of it. */
export function replaceReports(
  before: SourceReport[],
  sources: ReadonlySet<SourceName>,
  next: SourceReport[],
): SourceReport[] {
  const settled = next.map((report) => before.find((old) => sameReport(old, report)) ?? report);
  const rest = before.filter(({ source }) => !sources.has(source));
  return [...rest, ...settled].sort((a, b) => sourceNames.indexOf(a.source) - sourceNames.indexOf(b.source));
}
