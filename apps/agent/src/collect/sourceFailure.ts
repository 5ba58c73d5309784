import type { SourceFault, SourceName, SourceReport, SourceStatus } from '@vethscope/model';

/** A source that is there and could not be read: why, in a sentence, and what mends it. */
export class SourceFailure extends Error {
  readonly fault: SourceFault;
  readonly fix: string | null;

  constructor(fault: SourceFault, reason: string, fix: string | null = null) {
    super(reason);
    this.name = 'SourceFailure';
    this.fault = fault;
    this.fix = fix;
  }
}

export function asSourceFailure(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  return new SourceFailure('malformed', error instanceof Error ? error.message : String(error));
}

/** The command that shows what only root may read. */
export const rootFix = 'sudo npx vethscope';

interface Outcome {
  status: SourceStatus;
  fault?: SourceFault | null;
  reason?: string | null;
  fix?: string | null;
  tookMs?: number | null;
}

export function report(source: SourceName, sandbox: string | null, outcome: Outcome): SourceReport {
  return {
    source,
    sandbox,
    status: outcome.status,
    fault: outcome.fault ?? null,
    reason: outcome.reason ?? null,
    fix: outcome.fix ?? null,
    tookMs: outcome.tookMs == null ? null : Math.round(outcome.tookMs * 10) / 10,
  };
}

export function failedReport(source: SourceName, sandbox: string | null, failure: SourceFailure): SourceReport {
  return report(source, sandbox, { status: 'failed', fault: failure.fault, reason: failure.message, fix: failure.fix });
}

/** Whether two reports say the same; how long it took is no news. */
export function sameReport(a: SourceReport, b: SourceReport): boolean {
  return (
    a.source === b.source &&
    a.sandbox === b.sandbox &&
    a.status === b.status &&
    a.fault === b.fault &&
    a.reason === b.reason &&
    a.fix === b.fix
  );
}
