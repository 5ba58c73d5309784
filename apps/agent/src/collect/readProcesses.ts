import type { ProcessReading, SourceReport } from '@vethscope/model';
import type { Kernel, KernelUnavailable } from '../host/kernel.ts';
import { report, rootFix } from './sourceFailure.ts';

export async function readProxies(
  kernel: Pick<Kernel, 'readProxyProcesses'>,
): Promise<{ processes: ProcessReading[]; report: SourceReport }> {
  const started = performance.now();
  const answer = await kernel.readProxyProcesses();
  if ('unavailable' in answer) return { processes: [], report: unavailableReport(answer) };
  // In the order of the pids, so that two readings of the same are the same.
  const processes = [...answer].sort((a, b) => a.pid - b.pid);
  return { processes, report: report('processes', null, { status: 'ok', tookMs: performance.now() - started }) };
}

function unavailableReport({ fault, reason }: KernelUnavailable): SourceReport {
  return report('processes', null, { status: 'failed', fault, reason });
}

/** One report for both. Root sees all processes but those that end in this moment. */
export function processesReport(
  proxies: SourceReport,
  { partial, isRoot }: { partial: boolean; isRoot: boolean },
): SourceReport {
  if (proxies.status !== 'ok' || !partial || isRoot) return proxies;
  return report('processes', null, {
    status: 'partial',
    fault: 'notRoot',
    reason: 'Which process holds a socket open is shown for your own processes only.',
    fix: rootFix,
    tookMs: proxies.tookMs,
  });
}
