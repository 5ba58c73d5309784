import type { SourceReport, Warning } from '@vethscope/model';

/** A source that was read, with elements that were not understood, was read in part. */
export function withWarnings(sources: readonly SourceReport[], warnings: readonly Warning[]): SourceReport[] {
  const counts = new Map<string, number>();
  for (const { source, sandbox } of warnings) {
    const key = `${source} ${sandbox}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return sources.map((report) => {
    const count = counts.get(`${report.source} ${report.sandbox}`);
    if (count === undefined || report.status !== 'ok') return report;
    const reason = count === 1 ? '1 part of it was not understood' : `${count} parts of it were not understood`;
    return { ...report, status: 'partial', fault: 'malformed', reason };
  });
}
