import type { SourceFault, SourceName, SourceReport } from '@vethscope/model';
import type { Kernel, KernelUnavailable } from '../host/kernel.ts';
import type { KernelSource } from '../host/readNamespace.ts';
import type { NamespaceRequest, NamespaceResult } from '../host/visitNamespaces.ts';
import { type NamespacePatch, type NamespaceState, sandboxIdOf } from './namespaceParts.ts';
import { report, rootFix } from './sourceFailure.ts';

export interface KernelRequest {
  state: NamespaceState;
  wanted: KernelSource[];
}

const fixOf = (fault: SourceFault): string | null => {
  switch (fault) {
    case 'notRoot':
      return rootFix;
    case 'unsupported':
      return 'npm install, on Linux, brings the part by which the kernel is asked.';
    case 'timeout':
      return 'It is asked again with the next change.';
    default:
      return null;
  }
};

/**
 * Reads the wanted sources of each namespace. Gives what came of it in the same order; null for a namespace that has gone, which is no
 * fault: its container has ended in this moment. `known` are the other namespaces, to which links may lead.
 */
export async function readKernel(
  kernel: Pick<Kernel, 'readNamespaces'>,
  requests: KernelRequest[],
  known: NamespaceState[],
): Promise<(NamespacePatch | null)[]> {
  const answer = await kernel.readNamespaces({
    requests: requests.map(
      ({ state, wanted }): NamespaceRequest => ({ path: state.target.opens, netns: state.target.netns, wanted }),
    ),
    known: known.map(({ target }) => ({ path: target.opens, netns: target.netns })),
  });
  return requests.map((request, index) => {
    const result = 'unavailable' in answer ? answer : answer[index];
    return result === undefined ? { sources: [], readings: {}, reports: [] } : patchOf(request, result);
  });
}

function patchOf({ state, wanted }: KernelRequest, result: NamespaceResult | KernelUnavailable): NamespacePatch | null {
  const sandbox = sandboxIdOf(state.target);
  const isHost = state.target.kind === 'host';
  if ('unavailable' in result) {
    const { fault, reason } = result;
    // Once for all sandboxes: it is the same for each of them.
    const reports = isHost
      ? wanted.map((source) => report(source, sandbox, { status: 'failed', fault, reason, fix: fixOf(fault) }))
      : [];
    return { sources: wanted, readings: {}, reports };
  }
  const isGone = result.netns === null && result.failures.every(({ fault }) => fault === 'gone');
  if (isGone && !isHost) return null;

  const tookMs = result.tookMicroseconds / 1000;
  const reports: SourceReport[] = result.failures.map(({ source, status, fault, reason }) =>
    report(source, sandbox, { status, fault, reason, fix: fixOf(fault), tookMs }),
  );
  if (isHost) {
    // Of the host each source has a report. Of a sandbox only what was not read is told: a thousand of them would say
    // "ok" eight thousand times, in every diff that holds reports.
    const failed = new Set<SourceName>(result.failures.map(({ source }) => source));
    for (const source of wanted)
      if (!failed.has(source)) reports.push(report(source, sandbox, { status: 'ok', tookMs }));
  }
  const patch: NamespacePatch = { sources: wanted, readings: result.readings, reports };
  return wanted.includes('links') ? { ...patch, netnsIds: result.netnsIds } : patch;
}
