import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { ProcessReading } from '@vethscope/model';
import { type Libc, openReadOnly } from './libc.ts';

/*
 * Which processes hold sockets, and the docker-proxy processes, from /proc. Source: proc_pid_fd(5), proc_pid_comm(5).
 */

const proxyNames = new Set(['docker-proxy', 'rootlesskit-doc']); // comm is cut at 15 characters
const content = Buffer.allocUnsafeSlow(4096);

function listPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** The name of a process as the kernel has it (at most 15 characters); null when it has ended. */
function processName(libc: Libc, pid: number): string | null {
  const fd = libc.open(`/proc/${pid}/comm`, openReadOnly);
  if (fd < 0) return null;
  const length = libc.read(fd, content);
  libc.close(fd);
  return length <= 0 ? null : content.toString('utf8', 0, length).trimEnd();
}

/** All docker-proxy processes with their arguments. Any user may see them. */
export function readProxyProcesses(libc: Libc): ProcessReading[] {
  const found: ProcessReading[] = [];
  for (const pid of listPids()) {
    const name = processName(libc, pid);
    if (name === null || !proxyNames.has(name)) continue;
    const argv = commandLine(pid);
    if (argv !== null) found.push({ pid, argv });
  }
  return found;
}

/** The arguments of a process; null when it has ended. */
function commandLine(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').split('\0');
  } catch {
    return null;
  }
}

/**
 * Which sockets to find the owners of, by inode. `namespaces` are those (inodes of network namespaces) whose processes are
 * looked at first: the containers'. `firstPids` are further processes to look at first, such as the engine's. With `firstOnly`
 * no others are looked at: worth it for sockets that were searched for before in vain, such as the kernel's own.
 */
export type SocketOwnerQuestion = { inodes: number[]; namespaces: number[]; firstPids: number[]; firstOnly?: boolean };

/** `partial`: some processes were not ours to see, and sockets without an owner may be theirs. */
export type SocketOwners = { owners: Record<string, { pid: number; name: string }[]>; partial: boolean };

/**
 * Looks at likely owners first (the containers' processes, the engine and its proxies), and at all other processes only for
 * sockets that none of those holds, and only until each has an owner.
 */
export function findSocketOwners(libc: Libc, question: SocketOwnerQuestion): SocketOwners {
  const search = new OwnerSearch(libc, question.inodes);
  if (search.isComplete) return search.result();
  const first = new Set(question.firstPids);
  const namespaces = new Set(question.namespaces);
  const rest: number[] = [];
  for (const pid of listPids()) {
    const isFirst = first.has(pid) || namespaces.has(namespaceInode(pid)) || isEngine(processName(libc, pid));
    if (isFirst) search.look(pid);
    else rest.push(pid);
  }
  for (const pid of question.firstOnly === true ? [] : rest) {
    if (search.isComplete) break;
    search.look(pid);
  }
  return search.result();
}

const isEngine = (name: string | null) => name !== null && (proxyNames.has(name) || name === 'dockerd');

function namespaceInode(pid: number): number {
  try {
    return statSync(`/proc/${pid}/ns/net`).ino;
  } catch {
    return -1;
  }
}

class OwnerSearch {
  readonly #libc: Libc;
  readonly #open: Set<number>;
  readonly #wanted: ReadonlySet<number>;
  readonly #owners: SocketOwners['owners'] = {};
  #refused = false;

  constructor(libc: Libc, inodes: number[]) {
    this.#libc = libc;
    this.#wanted = new Set(inodes);
    this.#open = new Set(inodes);
  }

  get isComplete(): boolean {
    return this.#open.size === 0;
  }

  result(): SocketOwners {
    return { owners: this.#owners, partial: this.#refused && !this.isComplete };
  }

  /** Goes through the open files of a process. */
  look(pid: number) {
    const directory = `/proc/${pid}/fd`;
    let files: string[];
    try {
      files = readdirSync(directory);
    } catch (cause) {
      if (isRefusal(cause)) this.#refused = true;
      return;
    }
    const held = new Set<number>();
    for (const file of files) {
      const inode = this.#socketInode(`${directory}/${file}`);
      if (inode !== null && this.#wanted.has(inode)) held.add(inode);
    }
    if (held.size === 0) return;
    const name = processName(this.#libc, pid);
    if (name === null) return;
    for (const inode of held) {
      const owners = this.#owners[inode] ?? [];
      owners.push({ pid, name });
      this.#owners[inode] = owners;
      this.#open.delete(inode);
    }
  }

  /** 4711 for a link to `socket:[4711]`. */
  #socketInode(path: string): number | null {
    try {
      const target = readlinkSync(path);
      return target.startsWith('socket:[') ? Number(target.slice(8, -1)) : null;
    } catch (cause) {
      if (isRefusal(cause)) this.#refused = true;
      return null;
    }
  }
}

function isRefusal(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return code === 'EACCES' || code === 'EPERM';
}
