import { fstatSync } from 'node:fs';
import { cloneNewNet, errno, type Libc, openReadOnly } from './libc.ts';
import { type NetlinkFault, netlinkFault, receiveLength } from './netlinkSocket.ts';
import { type KnownNamespace, resolveNetnsIds } from './netnsIds.ts';
import { faultOf, type KernelFailure, type KernelReadings, type KernelSource, readNamespace } from './readNamespace.ts';
import { type RuleTables, readRuleTables } from './ruleTables.ts';

/*
 * Entering namespaces. setns(2) moves only the calling thread, so this runs in a worker thread of its own, never in one that
 * spawns programs or awaits anything between the way in and the way back. Source: setns(2), namespaces(7).
 */

/** A namespace to read. `path` opens it; `netns` is the inode that it must have, for a pid may be another process's by now. */
export type NamespaceRequest = NamespaceFileRequest & { wanted: KernelSource[] };
export type NamespaceFileRequest = { path: string; netns?: number };

/**
 * What came of it. `netns` is null where the namespace could not be entered: then `failures` has one for each wanted source.
 * `netnsIds` maps those ids that links of this namespace use for others to inodes, as far as the others were in the batch or
 * among `known`. `tookMicroseconds` is the time in the namespace.
 */
export type NamespaceResult = {
  path: string;
  netns: number | null;
  readings: KernelReadings;
  netnsIds: Record<string, number>;
  failures: KernelFailure[];
  tookMicroseconds: number;
};

export type VisitBatch = { requests: NamespaceRequest[]; known: KnownNamespace[] };

/** A thread that can go into namespaces and come back. Throws only where the thread's own namespace cannot be opened. */
export class NamespaceVisitor {
  readonly #libc: Libc;
  readonly #mustEnd: () => boolean;
  readonly #own: number;
  readonly #ownNetns: number;
  readonly #receive = Buffer.allocUnsafeSlow(receiveLength);

  /** Between two namespaces `mustEnd` is asked whether to leave the rest of the batch. */
  constructor(libc: Libc, mustEnd: () => boolean) {
    this.#libc = libc;
    this.#mustEnd = mustEnd;
    this.#own = libc.open('/proc/thread-self/ns/net', openReadOnly);
    if (this.#own < 0) throw new Error(netlinkFault('open /proc/thread-self/ns/net', this.#own).reason);
    this.#ownNetns = fstatSync(this.#own).ino;
  }

  close() {
    this.#libc.close(this.#own);
  }

  /** Reads all the namespaces of a batch, then finds out which of them their links point to. */
  visit({ requests, known }: VisitBatch): NamespaceResult[] {
    const needed = new Map<NamespaceResult, number[]>();
    const results: NamespaceResult[] = [];
    for (const request of requests) {
      if (this.#mustEnd()) return results;
      const { result, neededNetnsIds } = this.#visitOne(request);
      if (neededNetnsIds.length > 0) needed.set(result, neededNetnsIds);
      results.push(result);
    }
    const inBatch = results.flatMap(({ path, netns }) => (netns === null ? [] : [{ path, netns }]));
    const context = { libc: this.#libc, receive: this.#receive };
    resolveNetnsIds(context, {
      needed,
      known: [...known, ...inBatch],
      enter: (namespace, action) => this.#inside(namespace, action),
    });
    return results;
  }

  /** The tables of nf_tables in a namespace; null where it cannot be entered, or its tables cannot be read. */
  listRuleTables(namespace: NamespaceFileRequest): RuleTables | null {
    if (this.#mustEnd()) return null;
    const context = { libc: this.#libc, receive: this.#receive };
    const read = this.run(namespace, () => readRuleTables(context));
    return 'call' in read ? null : read;
  }

  /** Runs a synchronous action in one namespace. The fault where it cannot be entered, or is another one by now. */
  run<T extends object>({ path, netns }: NamespaceFileRequest, action: () => T): T | NetlinkFault {
    const fd = this.#libc.open(path, openReadOnly);
    if (fd < 0) return netlinkFault('open', fd);
    const found = fstatSync(fd).ino;
    if (netns !== undefined && netns !== found) {
      this.#libc.close(fd);
      return { call: 'fstat', errno: errno.ENOENT, reason: `${path} is another namespace now` };
    }
    const result = this.#inside({ fd, netns: found }, action);
    this.#libc.close(fd);
    return typeof result === 'number' ? netlinkFault('setns', result) : result;
  }

  #visitOne(request: NamespaceRequest): { result: NamespaceResult; neededNetnsIds: number[] } {
    const started = process.hrtime.bigint();
    const result: NamespaceResult = {
      path: request.path,
      netns: null,
      readings: {},
      netnsIds: {},
      failures: [],
      tookMicroseconds: 0,
    };
    const fd = this.#libc.open(request.path, openReadOnly);
    if (fd < 0) return refuse(result, request, netlinkFault('open', fd));
    const netns = fstatSync(fd).ino;
    if (request.netns !== undefined && request.netns !== netns) {
      this.#libc.close(fd);
      const reason = `${request.path} is another namespace now`;
      return refuse(result, request, { call: 'fstat', errno: 2, reason });
    }
    const context = { libc: this.#libc, receive: this.#receive };
    const visited = this.#inside({ fd, netns }, () => readNamespace(context, new Set(request.wanted)));
    this.#libc.close(fd);
    if (typeof visited === 'number') return refuse(result, request, netlinkFault('setns', visited));
    result.netns = netns;
    result.readings = visited.readings;
    result.failures = visited.failures;
    result.tookMicroseconds = Number((process.hrtime.bigint() - started) / 1000n);
    return { result, neededNetnsIds: visited.neededNetnsIds };
  }

  /** Runs a synchronous action inside a namespace. The errno, negated, where the namespace cannot be entered. */
  #inside<T extends object>({ fd, netns }: { fd: number; netns: number }, action: () => T): T | number {
    // Not even one's own may be entered without CAP_SYS_ADMIN, but there is no need to.
    if (netns === this.#ownNetns) return action();
    const entered = this.#libc.setns(fd, cloneNewNet);
    if (entered < 0) return entered;
    try {
      return action();
    } finally {
      // A thread lost in a container's namespace would report that one as the host: better no agent than a wrong one.
      if (this.#libc.setns(this.#own, cloneNewNet) < 0) process.abort();
    }
  }
}

function refuse(
  result: NamespaceResult,
  request: NamespaceRequest,
  fault: { call: string; errno: number; reason: string },
) {
  for (const source of request.wanted) {
    result.failures.push({ source, status: 'failed', fault: faultOf(fault), reason: fault.reason });
  }
  return { result, neededNetnsIds: [] };
}
