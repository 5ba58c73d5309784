import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ProbeAvailability,
  type ProbeRequest,
  type ProbeResult,
  type Snapshot,
  VethscopeError,
} from '@vethscope/model';
import { tracePath } from '@vethscope/path';
import type { NamespaceState } from '../collect/namespaceParts.ts';
import { sandboxIdOf } from '../collect/namespaceParts.ts';
import type { KernelUnavailable, ProbingKernel } from '../host/kernel.ts';
import type { ProbeClosed, ProbeFault, ProbeOpened, ProbeProgress } from '../host/probeSession.ts';
import type { ProbeState } from '../host/probeSocket.ts';
import type { TraceEvent } from '../host/traceMessage.ts';
import type { NamespaceFileRequest } from '../host/visitNamespaces.ts';
import { judgeProbe } from './judgeProbe.ts';
import { type ProbePlan, planProbe } from './planProbe.ts';

/** What sends live probes, if anything does. */
export interface Prober {
  availability(): ProbeAvailability;
  /** Throws `probeNotAllowed`, `probeNotPossible`, `probeNeedsConfirmation`, `probeBusy`, `probeFailed`. */
  probe(request: ProbeRequest): Promise<ProbeResult>;
}

export interface ProberOptions {
  availability: () => ProbeAvailability;
  kernel: ProbingKernel;
  snapshot: () => Promise<Snapshot>;
  /** The namespaces as they stand when the Snapshot has been read. */
  namespaces: () => readonly NamespaceState[];
}

/** A SYN is sent again after a second: whoever waits less sends one packet. The others are not sent again. */
const patienceMs = { tcp: 950, udp: 1_500, icmp: 1_500 } as const;
/** After the outcome, for what the kernel still tells. */
const settleMs = 40;
/** After a connection was made: docker-proxy, who makes his own only then, is given longer. */
const acceptedMs = { direct: 60, proxied: 500 } as const;
const pollMs = 8;

export function createProber({ availability, kernel, snapshot, namespaces }: ProberOptions): Prober {
  let isBusy = false;

  async function probe(request: ProbeRequest): Promise<ProbeResult> {
    const { allowed, why, fix } = availability();
    if (!allowed) throw new VethscopeError('probeNotAllowed', why ?? 'Live probes are off.', { fix });
    if (isBusy)
      throw new VethscopeError('probeBusy', 'Another probe is under way.', { fix: 'Try again in two seconds.' });
    isBusy = true;
    try {
      const now = await snapshot();
      return await run(now, planProbe(now, request));
    } finally {
      isBusy = false;
    }
  }

  async function run(now: Snapshot, plan: ProbePlan): Promise<ProbeResult> {
    const files = new Map(namespaces().map(({ target }) => [sandboxIdOf(target), target]));
    const fileOf = (sandbox: string): NamespaceFileRequest | null => {
      const target = files.get(sandbox);
      return target === undefined ? null : { path: target.opens, netns: target.netns };
    };
    const sender = fileOf(plan.sender);
    if (sender === null)
      throw new VethscopeError('probeNotPossible', 'The sender’s namespace is gone.', { where: plan.sender });
    const traced = plan.traced.flatMap((sandbox) => {
      const file = fileOf(sandbox);
      return file === null ? [] : [{ sandbox, file }];
    });
    const { packet, further, waypoints } = plan;
    const started = performance.now();
    let closed: ProbeClosed = { chains: [], cleanedUp: false };
    let sent: { opened: ProbeOpened; sentAt: string; state: ProbeState; events: TraceEvent[][] };
    try {
      const opening = { sender, packet, traced: traced.map(({ file }) => file), further, waypoints };
      const opened = granted(await kernel.probe.open(opening));
      const sentAt = new Date().toISOString();
      granted(await kernel.probe.send());
      sent = { opened, sentAt, ...(await listen(plan)) };
    } finally {
      const answer = await kernel.probe.close();
      if (!('unavailable' in answer)) closed = answer;
    }
    const { opened, sentAt, state, events } = sent;
    const { headers } = opened;
    return judgeProbe(now, {
      plan,
      trace: tracePath(now, { ...plan.question, sourcePort: headers.sourcePort }, { blockers: false }),
      observation: {
        sentAt,
        tookMs: Math.round((performance.now() - started) * 10) / 10,
        headers,
        state,
        namespaces: traced.map(({ sandbox }, at) => ({
          sandbox,
          untraced: opened.untraced[at] ?? null,
          events: events[at] ?? [],
          chains: closed.chains[at] ?? [],
        })),
        cleanedUp: closed.cleanedUp,
      },
    });
  }

  /** Until the sender knows how it ended, or has waited long enough. */
  async function listen(plan: ProbePlan): Promise<Pick<ProbeProgress, 'state' | 'events'>> {
    const started = performance.now();
    const isProxied = plan.further.length > 0;
    let until = started + patienceMs[plan.packet.protocol];
    let hasEnded = false;
    const events: TraceEvent[][] = [];
    for (;;) {
      const progress = granted(await kernel.probe.poll());
      for (const [at, more] of progress.events.entries()) {
        const list = events[at] ?? [];
        list.push(...more);
        events[at] = list;
      }
      const { state } = progress;
      const now = performance.now();
      if (!hasEnded && state.kind !== 'waiting') {
        hasEnded = true;
        const longest = acceptedMs[isProxied ? 'proxied' : 'direct'];
        until = Math.min(until, now + (state.kind === 'accepted' ? longest : settleMs));
      }
      if (state.kind === 'accepted' && state.ended) until = Math.min(until, now + settleMs);
      if (now >= until) return { state, events };
      await sleep(pollMs);
    }
  }

  return { availability, probe };
}

function granted<T extends object>(answer: T | ProbeFault | KernelUnavailable): T {
  if ('unavailable' in answer)
    throw new VethscopeError('probeFailed', `The kernel cannot be asked: ${answer.reason}.`, {
      about: [answer.reason],
    });
  if ('fault' in answer) {
    const { reason } = (answer as ProbeFault).fault;
    throw new VethscopeError('probeFailed', `The kernel would not take the probe: ${reason}.`, { about: [reason] });
  }
  return answer;
}
