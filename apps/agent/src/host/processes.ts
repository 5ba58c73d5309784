import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { ProcessReading } from '@vethscope/model';
import { type Libc, openReadOnly } from './libc.ts';

/*
 * Which processes hold sockets, and the docker-proxy processes, from /proc. Source: proc_pid_fd(5), proc_pid_comm(5), proc_pid_stat(5).
 */

const proxyNames = new Set(['docker-proxy', 'rootlesskit-doc']); // comm is cut at 15 characters
const content = Buffer.allocUnsafeSlow(4096);

function listPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** A small file of /proc; null when it is not there (any more). */
function readSmall(libc: Libc, path: string): string | null {
  const fd = libc.open(path, openReadOnly);
  if (fd < 0) return null;
  const length = libc.read(fd, content);
  libc.close(fd);
  return length <= 0 ? null : content.toString('utf8', 0, length);
}

/** The name of a process as the kernel has it (at most 15 characters); null when it has ended. */
const processName = (libc: Libc, pid: number): string | null => readSmall(libc, `/proc/${pid}/comm`)?.trimEnd() ?? null;

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

/**
 * `doubtful` are the inodes of sockets that a process holds which may be on its way to another program: see youthOf. It is left out
 * where another process holds the socket. `partial`: some processes were not ours to see, and sockets without an owner may be theirs.
 */
export type SocketOwners = {
  owners: Record<string, { pid: number; name: string }[]>;
  doubtful: number[];
  partial: boolean;
};

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

/** In clock ticks since the boot, of which a second has 100 for every program (USER_HZ). */
const youngTicks = 100;
const forkedWithoutExec = 0x40; // PF_FORKNOEXEC, linux/sched.h

/** What the kernel says of the time, in the ticks of proc_pid_stat(5); 0, of which nothing is young, where it says nothing. */
function uptimeTicks(libc: Libc): number {
  const text = readSmall(libc, '/proc/uptime');
  return text === null ? 0 : Number.parseFloat(text) * 100;
}

/**
 * How far a process is, by /proc/PID/stat; null when it has ended. One that starts a program forks first, and its child has copies of all open files until
 * it has become that program: a child of dockerd holds every socket of dockerd for some milliseconds. So one that is younger than a second and has
 * not become another program yet is `forming`: an owner perhaps (a worker of a web server stays what it is), or a passing one.
 */
function youthOf(libc: Libc, { pid, uptime }: { pid: number; uptime: number }): 'forming' | 'young' | 'settled' | null {
  const text = readSmall(libc, `/proc/${pid}/stat`);
  if (text === null) return null;
  // The name stands in brackets and may hold anything, brackets too. Behind it: state (field 3), ..., flags (9), ..., start (22).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [flags, start] = [Number(fields[6]), Number(fields[19])];
  if (uptime - start >= youngTicks) return 'settled';
  return (flags & forkedWithoutExec) === 0 ? 'young' : 'forming';
}

class OwnerSearch {
  readonly #libc: Libc;
  readonly #open: Set<number>;
  readonly #wanted: ReadonlySet<number>;
  readonly #owners: SocketOwners['owners'] = {};
  /** What processes hold that may be on their way to another program. */
  readonly #forming: SocketOwners['owners'] = {};
  readonly #uptime: number;
  #refused = false;

  constructor(libc: Libc, inodes: number[]) {
    this.#libc = libc;
    this.#uptime = uptimeTicks(libc);
    this.#wanted = new Set(inodes);
    this.#open = new Set(inodes);
  }

  get isComplete(): boolean {
    return this.#open.size === 0;
  }

  result(): SocketOwners {
    return {
      // Who forks and ends (a daemon at its start) leaves the socket to its child alone.
      owners: { ...this.#forming, ...this.#owners },
      doubtful: Object.keys(this.#forming).map(Number),
      partial: this.#refused && !this.isComplete,
    };
  }

  /** Goes through the open files of a process. */
  look(pid: number) {
    let held = this.#heldBy(pid);
    if (held.size === 0) return;
    const youth = youthOf(this.#libc, { pid, uptime: this.#uptime });
    // It may have become another program since its files were read, and closed what that one is not given.
    if (youth === 'young') held = this.#heldBy(pid);
    const name = processName(this.#libc, pid);
    if (name === null || youth === null) return;
    const into = youth === 'forming' ? this.#forming : this.#owners;
    for (const inode of held) {
      const owners = into[inode] ?? [];
      owners.push({ pid, name });
      into[inode] = owners;
      if (youth !== 'forming') this.#open.delete(inode);
    }
  }

  #heldBy(pid: number): Set<number> {
    const held = new Set<number>();
    const directory = `/proc/${pid}/fd`;
    let files: string[];
    try {
      files = readdirSync(directory);
    } catch (cause) {
      if (isRefusal(cause)) this.#refused = true;
      return held;
    }
    for (const file of files) {
      const inode = this.#socketInode(`${directory}/${file}`);
      if (inode !== null && this.#wanted.has(inode)) held.add(inode);
    }
    return held;
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
