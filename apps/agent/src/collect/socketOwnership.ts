import { type NamespaceReadings, type SocketReading, sameValue } from '@vethscope/model';
import type { Kernel } from '../host/kernel.ts';
import type { NamespaceState } from './namespaceParts.ts';

type Owner = { pid: number; name: string };

/** Who holds a socket open, and how sure that is. */
interface Ownership {
  owners: Owner[];
  /** When these owners were first found, by the reader's clock. */
  since: number;
  /** A later search found the same: it is not searched for again. */
  isSettled: boolean;
  /** Somebody may hold it of whom we may see nothing. */
  isPartial: boolean;
}

/** By the socket's inode. An entry stays for as long as the socket. */
export type SocketOwnership = ReadonlyMap<number, Ownership>;

/**
 * A socket changes hands soon after it was opened, if ever: dockerd opens it, and the docker-proxy that it starts keeps it. So owners count as
 * settled when they are found again after this time; a child on its way to another program is gone by then, too.
 */
const settledAfterMs = 3_000;

const inodesOf = (states: Iterable<NamespaceState>): number[] =>
  [...states].flatMap(({ readings }) => (readings.sockets ?? []).map(({ inode }) => inode));

export interface OwnerSearchResult {
  owners: SocketOwnership;
  /** Some processes could not be looked into, and there are sockets without an owner. */
  partial: boolean;
  /** Some sockets are held by a process that may be on its way to another program: look again in a moment. */
  isDoubtful: boolean;
}

/**
 * Finds the owners of the sockets that have none yet, and once more those that are not settled: to go through all open files of all processes is the
 * dearest reading of all, so what is settled is left alone. null: nobody could be asked, and all stands as it was.
 */
export async function findOwners(
  kernel: Pick<Kernel, 'findSocketOwners'>,
  states: NamespaceState[],
  { known, now }: { known: SocketOwnership; now: number },
): Promise<OwnerSearchResult | null> {
  const owners = new Map<number, Ownership>();
  const wanted: number[] = [];
  for (const inode of inodesOf(states)) {
    const before = known.get(inode);
    if (before) owners.set(inode, before);
    if (!before?.isSettled) wanted.push(inode);
  }
  let isDoubtful = false;
  if (wanted.length > 0) {
    const answer = await kernel.findSocketOwners({
      inodes: wanted,
      namespaces: states.filter(({ target }) => target.kind === 'container').map(({ target }) => target.netns),
      firstPids: [],
    });
    if ('unavailable' in answer) return null;
    const doubtful = new Set(answer.doubtful);
    isDoubtful = doubtful.size > 0;
    for (const inode of wanted) {
      const found = [...(answer.owners[inode] ?? [])].sort((a, b) => a.pid - b.pid);
      const before = owners.get(inode);
      const isSame = before !== undefined && sameValue(before.owners, found);
      const since = isSame ? before.since : now;
      owners.set(inode, {
        owners: isSame ? before.owners : found,
        since,
        isSettled: isSame && !doubtful.has(inode) && now - since >= settledAfterMs,
        isPartial: answer.partial && found.length === 0,
      });
    }
  }
  return { owners, partial: [...owners.values()].some(({ isPartial }) => isPartial), isDoubtful };
}

/** All of them are searched for once more: a server may have replaced the workers that share its socket. */
export function unsettled(owners: SocketOwnership): SocketOwnership {
  return new Map([...owners].map(([inode, ownership]) => [inode, { ...ownership, isSettled: false }]));
}

/** The same readings with their sockets' processes as they are known; the same object where nothing changes. */
export function withOwners<T extends { readings: NamespaceReadings }>(holder: T, ownership: SocketOwnership): T {
  const { sockets } = holder.readings;
  if (sockets === undefined) return holder;
  let changed = false;
  const next = sockets.map((socket): SocketReading => {
    const processes = ownership.get(socket.inode)?.owners ?? null;
    if (sameValue(processes, socket.processes)) return socket;
    changed = true;
    return { ...socket, processes };
  });
  return changed ? { ...holder, readings: { ...holder.readings, sockets: next } } : holder;
}
