import { errno, type Libc } from './libc.ts';
import { readMessages } from './netlinkMessage.ts';
import {
  type NetlinkFault,
  netlinkFault,
  netlinkProtocol,
  nonBlocking,
  openNetlink,
  takeSequence,
  transact,
} from './netlinkSocket.ts';
import {
  openProbeSocket,
  type ProbeHeaders,
  type ProbePacketSpec,
  type ProbeSocket,
  type ProbeState,
} from './probeSocket.ts';
import { makeTable, probeTable, removeTable, type TraceMatch } from './probeTable.ts';
import { type ChainName, readRuleHandles } from './ruleHandles.ts';
import { readRuleTables } from './ruleTables.ts';
import { decodeTrace, type TraceEvent } from './traceMessage.ts';
import type { NamespaceFileRequest, NamespaceVisitor } from './visitNamespaces.ts';

/*
 * One live probe, in the kernel worker: a socket in the sender's namespace, and in each namespace on the way a table that marks the packet and a socket that
 * hears the kernel's trace. All of it goes when the session is closed, and by the kernel's own hand when the process ends.
 */

/** `traced`: the namespaces whose kernel is to be asked. `matches` is given the headers, which are known only once the socket is there. */
export interface ProbeOpening {
  sender: NamespaceFileRequest;
  packet: ProbePacketSpec;
  traced: NamespaceFileRequest[];
  /** What to mark besides the packet and its answer: docker-proxy's own connections, as predicted. */
  further: TraceMatch[];
  /** Addresses that the packet is predicted to have on its way, so that it is found where both its ends were changed. */
  waypoints: string[];
}

/** `untraced` says for each namespace of `traced`, in its order, why its kernel could not be asked; null where it was. */
export interface ProbeOpened {
  headers: ProbeHeaders;
  untraced: (string | null)[];
}

/** What has come since the last time. `events` of each namespace of `traced`, in its order. */
export interface ProbeProgress {
  state: ProbeState;
  events: TraceEvent[][];
}

/** A chain that the trace named, with the handles of its rules in order. */
export interface ChainHandles extends ChainName {
  handles: string[];
}

/** `chains` of each namespace of `traced`. `cleanedUp`: the kernel was asked, and has the table in none of them. */
export interface ProbeClosed {
  chains: ChainHandles[][];
  cleanedUp: boolean;
}

export type ProbeFault = { fault: NetlinkFault };

/** A probe that nobody ended is ended after this time. */
const longestMs = 15_000;
const groupTrace = 9; // NFNLGRP_NFTRACE
const levelNetlink = 270;
const addMembership = 1;
const anyPort = Buffer.from([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

interface Tracer {
  /** Owns the table, and asks for rules. */
  table: number;
  /** Hears the trace. */
  trace: number;
  chains: Map<string, ChainName>;
}

interface Session {
  socket: ProbeSocket;
  tracers: (Tracer | null)[];
  watchdog: NodeJS.Timeout;
}

export class Prober {
  readonly #libc: Libc;
  readonly #visitor: NamespaceVisitor;
  readonly #receive = Buffer.allocUnsafeSlow(65_536);
  #session: Session | null = null;

  constructor(libc: Libc, visitor: NamespaceVisitor) {
    this.#libc = libc;
    this.#visitor = visitor;
  }

  /** Makes everything ready; nothing is sent yet. What was left of an earlier one is closed first. */
  open({ sender, packet, traced, further, waypoints }: ProbeOpening): ProbeOpened | ProbeFault {
    this.close();
    const opened = this.#visitor.run(sender, () => openProbeSocket(this.#libc, packet));
    if ('call' in opened) return { fault: opened };
    const matches = [...matchesOf(packet, opened.headers, waypoints), ...further];
    const started = traced.map((namespace) => {
      const tracer = this.#visitor.run(namespace, () => this.#startTracer(matches));
      return 'call' in tracer ? { tracer: null, why: tracer.reason } : { tracer, why: null };
    });
    this.#session = {
      socket: opened,
      tracers: started.map(({ tracer }) => tracer),
      watchdog: setTimeout(() => this.close(), longestMs),
    };
    return { headers: opened.headers, untraced: started.map(({ why }) => why) };
  }

  send(): ProbeState | ProbeFault {
    return this.#session?.socket.send() ?? gone;
  }

  poll(): ProbeProgress | ProbeFault {
    const session = this.#session;
    if (session === null) return gone;
    const state = session.socket.poll();
    return { state, events: session.tracers.map((tracer) => (tracer === null ? [] : this.#hear(tracer))) };
  }

  /** Takes everything away again. Safe to call at any time. */
  close(): ProbeClosed {
    const session = this.#session;
    this.#session = null;
    if (session === null) return { chains: [], cleanedUp: true };
    clearTimeout(session.watchdog);
    session.socket.close();
    const ended = session.tracers.map((tracer) =>
      tracer === null ? { chains: [], isGone: true } : this.#endTracer(tracer),
    );
    return { chains: ended.map(({ chains }) => chains), cleanedUp: ended.every(({ isGone }) => isGone) };
  }

  /** Removes the table that a killed agent left in a namespace, where the kernel did not. Whether there was one to remove. */
  sweep(namespace: NamespaceFileRequest): boolean {
    const swept = this.#visitor.run(namespace, () => {
      const tables = readRuleTables({ libc: this.#libc, receive: this.#receive });
      if ('call' in tables || !tables.tables.some(isProbeTable)) return { done: false };
      const fd = openNetlink(this.#libc, netlinkProtocol.netfilter);
      if (fd < 0) return { done: false };
      // Refused where the table belongs to another agent that is at work.
      const fault = this.#transact(fd, removeTable(takeSequence(3)));
      this.#libc.close(fd);
      return { done: fault === null };
    });
    return 'done' in swept && swept.done;
  }

  #transact(fd: number, batch: ReturnType<typeof removeTable>): NetlinkFault | null {
    return transact({ libc: this.#libc, fd, receive: this.#receive }, batch);
  }

  /** In the namespace. The trace is heard before the table is there, so that nothing is missed. */
  #startTracer(matches: readonly TraceMatch[]): Tracer | NetlinkFault {
    const libc = this.#libc;
    const trace = openNetlink(libc, netlinkProtocol.netfilter, nonBlocking);
    if (trace < 0) return netlinkFault('socket', trace);
    const group = Buffer.from([groupTrace, 0, 0, 0]);
    const bound = libc.bind(trace, anyPort);
    const joined = bound < 0 ? bound : libc.setsockopt(trace, levelNetlink, addMembership, group);
    const table = joined < 0 ? joined : openNetlink(libc, netlinkProtocol.netfilter);
    if (table < 0) {
      libc.close(trace);
      return netlinkFault('hearing the trace', table);
    }
    const fault = this.#makeTable(table, matches);
    if (fault === null) return { table, trace, chains: new Map() };
    libc.close(table);
    libc.close(trace);
    return fault;
  }

  #makeTable(fd: number, matches: readonly TraceMatch[]): NetlinkFault | null {
    const make = (owned: boolean) => {
      const sequence = takeSequence(matches.length * 2 + 5);
      return this.#transact(fd, makeTable(matches, { owned, sequence }));
    };
    let fault = make(true);
    if (fault?.errno === errno.EEXIST) {
      // Left by an agent that was killed on a kernel without owners; refused where another agent is at work with it.
      const removed = this.#transact(fd, removeTable(takeSequence(3)));
      if (removed !== null) return { ...removed, reason: 'another vethscope has its table there' };
      fault = make(true);
    }
    // Kernels before 5.12 know no owner of a table, and say so in two ways.
    return fault?.errno === errno.EINVAL || fault?.errno === errno.EOPNOTSUPP ? make(false) : fault;
  }

  #hear(tracer: Tracer): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (;;) {
      const length = this.#libc.recv(tracer.trace, this.#receive);
      if (length === -errno.EINTR) continue;
      if (length <= 0) return events;
      for (const message of readMessages(this.#receive, length).messages) {
        const event = decodeTrace(this.#receive, message);
        if (event === null) continue;
        events.push(event);
        const { family, table, chain, kind } = event;
        if (kind === 'rule') tracer.chains.set(`${family} ${table} ${chain}`, { family, table, chain });
      }
    }
  }

  #endTracer({ table, trace, chains }: Tracer): { chains: ChainHandles[]; isGone: boolean } {
    const context = { libc: this.#libc, fd: table, receive: this.#receive };
    const named = [...chains.values()].filter(({ table: name }) => name !== probeTable.name);
    const read = named.flatMap((chain) => {
      const handles = readRuleHandles(context, chain);
      return 'call' in handles ? [] : [{ ...chain, handles }];
    });
    const removed = this.#transact(table, removeTable(takeSequence(3)));
    this.#libc.close(table);
    this.#libc.close(trace);
    return { chains: read, isGone: removed === null || removed.errno === errno.ENOENT };
  }
}

const gone: ProbeFault = { fault: { call: 'probe', errno: 0, reason: 'the probe was ended' } };

const isProbeTable = ({ family, name }: { family: string; name: string }) =>
  family === probeTable.family && name === probeTable.name;

/**
 * The packet on its way, and the first that answers it. Its port (or echo id) and one of its addresses are enough: on its way the kernel may change
 * either end.
 */
function matchesOf(packet: ProbePacketSpec, headers: ProbeHeaders, waypoints: readonly string[]): TraceMatch[] {
  const six = packet.destination.includes(':');
  const ends = new Set([...(headers.source === null ? [] : [headers.source]), packet.destination, ...waypoints]);
  const family = six ? 6 : 4;
  const common = { family, protocol: packet.protocol, echoId: headers.echoId } as const;
  const port = headers.sourcePort;
  return [...ends]
    .filter((end) => end.includes(':') === six)
    .flatMap((end): TraceMatch[] => {
      const there = { ...common, direction: 'request', sourcePort: port, destinationPort: null } as const;
      const back = { ...common, direction: 'reply', sourcePort: null, destinationPort: port } as const;
      return [
        { ...there, source: end, destination: null },
        { ...there, source: null, destination: end },
        { ...back, source: end, destination: null },
        { ...back, source: null, destination: end },
      ];
    });
}
