import type { ProcessReading, SocketReading, SourceReport } from '@vethscope/model';
import type { Kernel, KernelUnavailable } from '../host/kernel.ts';
import type { NamespaceState } from './namespaceParts.ts';
import { report, rootFix } from './sourceFailure.ts';

type Owner = { pid: number; name: string };
/** Who holds a socket open, by its inode. An entry stays for as long as the socket. */
export type SocketOwnership = ReadonlyMap<number, Owner[]>;

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

const inodesOf = (states: Iterable<NamespaceState>): number[] =>
  [...states].flatMap(({ readings }) => (readings.sockets ?? []).map(({ inode }) => inode));

/**
 * Finds the owners of the sockets that have none yet: to go through all open files of all processes is the dearest reading of all. Gives the
 * owners of the sockets that there are, and whether some processes could not be looked into.
 */
export async function findOwners(
  kernel: Pick<Kernel, 'findSocketOwners'>,
  states: NamespaceState[],
  known: SocketOwnership,
): Promise<{ owners: SocketOwnership; partial: boolean } | null> {
  const inodes = inodesOf(states);
  const unknown = inodes.filter((inode) => !known.has(inode));
  const owners = new Map<number, Owner[]>();
  for (const inode of inodes) {
    const owner = known.get(inode);
    if (owner) owners.set(inode, owner);
  }
  if (unknown.length === 0) return { owners, partial: false };
  const answer = await kernel.findSocketOwners({
    inodes: unknown,
    namespaces: states.filter(({ target }) => target.kind === 'container').map(({ target }) => target.netns),
    firstPids: [],
  });
  if ('unavailable' in answer) return null;
  for (const inode of unknown)
    owners.set(
      inode,
      [...(answer.owners[inode] ?? [])].sort((a, b) => a.pid - b.pid),
    );
  return { owners, partial: answer.partial };
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

/** The state with its sockets' processes as they are known; the same object where nothing changes. */
export function withOwners(state: NamespaceState, owners: SocketOwnership): NamespaceState {
  const { sockets } = state.readings;
  if (sockets === undefined) return state;
  let changed = false;
  const next = sockets.map((socket): SocketReading => {
    const processes = owners.get(socket.inode) ?? null;
    const same =
      processes === socket.processes ||
      (processes !== null &&
        socket.processes !== null &&
        JSON.stringify(processes) === JSON.stringify(socket.processes));
    if (same) return socket;
    changed = true;
    return { ...socket, processes };
  });
  return changed ? { ...state, readings: { ...state.readings, sockets: next } } : state;
}
