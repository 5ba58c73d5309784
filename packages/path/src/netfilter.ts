import type { Hook, Link, Rule } from '@vethscope/model';
import { contextOf, inCallOrder } from './callOrder.ts';
import type { Flight } from './flight.ts';
import type { BaseChain, Namespace } from './namespace.ts';
import { beginConnection, translateByConnection, translateFirst } from './nat.ts';
import type { Translation } from './rules/ruleContext.ts';
import { type ChainRun, runChain } from './rules/runChain.ts';
import type { End, Run } from './run.ts';

export interface HookCall {
  namespace: Namespace;
  hook: Hook;
  /** The link that the packet leaves by, and the address that it is sent to there: what MASQUERADE asks. */
  outLink?: Link | null;
  towards?: string;
  /** On OUTPUT: routes again at once what a chain changed. Where the new route refuses, that is the end, and no later chain is asked. */
  reroute?: (flight: Flight) => End | null;
}

/** `by`: the rule that ended it, or null where the policy of `chain` did. */
export type HookResult =
  | { verdict: 'accept'; flight: Flight }
  | { verdict: 'unrouted'; flight: Flight; end: End }
  | {
      verdict: 'drop' | 'reject';
      namespace: Namespace;
      flight: Flight;
      by: Rule | null;
      chain: BaseChain;
      how: string;
    };

const natSide = { prerouting: 'destination', output: 'destination', input: 'source', postrouting: 'source' } as const;

/**
 * Runs all of a hook [P1]: the base chains of every family by priority, conntrack at -200 on the two hooks where packets come in, the nat chains
 * together at their place. Sources: kernel nf_conntrack_proto.c, nf_nat_proto.c, uapi netfilter_ipv4.h (NF_IP_PRI_*).
 */
export function runHook(run: Run, flight: Flight, call: HookCall): HookResult {
  const { namespace, hook } = call;
  const family = flight.family === 4 ? 'ip' : 'ip6';
  const chains = namespace.baseChains(family, hook);
  let now = flight;
  let tracked = (hook !== 'prerouting' && hook !== 'output') || !namespace.tracks(flight.family);
  let translated = !(hook in natSide);
  for (const base of inCallOrder(run, chains, { flightNow: () => now, call })) {
    if (!tracked && base.priority > -200) {
      tracked = true;
      now = track(run, now, namespace);
    }
    const place = hook === 'prerouting' || hook === 'output' ? -100 : 100;
    if (!translated && base.priority >= place && (base.chain.kind === 'nat' || base.priority > place)) {
      translated = true;
      const result = runNat(run, now, { ...call, chains });
      if (result.verdict !== 'accept') return result;
      now = result.flight;
    }
    if (base.chain.kind === 'nat') continue;
    const before = now;
    const { chainRun, flight: after } = runBase(run, now, { base, call });
    now = after;
    const dropped = droppedBy(chainRun, base, { flight: now, namespace });
    if (dropped !== null && !lifted(run, base, dropped)) return dropped;
    // A route chain has the packet routed again where it changed the mark. Source: kernel nft_chain_route.c, iptable_mangle.c.
    const end = base.chain.kind === 'route' && now.mark !== before.mark ? (call.reroute?.(now) ?? null) : null;
    if (end !== null) return { verdict: 'unrouted', flight: now, end };
  }
  if (!tracked) now = track(run, now, namespace);
  if (!translated) {
    const result = runNat(run, now, { ...call, chains });
    if (result.verdict !== 'accept') return result;
    now = result.flight;
  }
  if (now.connection !== null && (hook === 'input' || hook === 'postrouting')) now.connection.confirmed = true;
  return { verdict: 'accept', flight: now };
}

type Dropped = Extract<HookResult, { verdict: 'drop' | 'reject' }>;

function lifted(run: Run, base: BaseChain, { by }: Dropped): boolean {
  return by === null && run.decisions.lifted.has(base.chain.id);
}

function droppedBy(
  { action, by }: ChainRun,
  base: BaseChain,
  at: { flight: Flight; namespace: Namespace },
): Dropped | null {
  if (action?.kind === 'drop') return { verdict: 'drop', ...at, by, chain: base, how: 'drop' };
  if (action?.kind === 'reject') return { verdict: 'reject', ...at, by, chain: base, how: action.with };
  if (action === null && base.chain.policy === 'drop')
    return { verdict: 'drop', ...at, by: null, chain: base, how: 'policy' };
  return null;
}

/** One base chain, written down as a step. */
function runBase(
  run: Run,
  flight: Flight,
  { base, call }: { base: BaseChain; call: HookCall },
): { chainRun: ChainRun; flight: Flight } {
  const { table, chain, hook } = base;
  const context = contextOf(run, flight, { base, call });
  const open = run.decisions.taken.length;
  const chainRun = runChain(chain, context, { indexed: run.indexed });
  // A chain moves no packet, so that without its step nothing is to be written down.
  if (run.brief) return { chainRun, flight: context.flight };
  for (const { at, why, kind } of run.decisions.taken.slice(open)) {
    if (kind === 'unmodelled') {
      run.trail.add(
        { kind: 'unmodelled', at, why },
        { flight, touches: [at], sentence: run.say.step.notModelled(why) },
      );
    }
  }
  const byPolicy = chainRun.action === null;
  const verdict = byPolicy ? (chain.policy ?? 'accept') : (chainRun.evaluation.verdict ?? 'accept');
  const counted = run.world.snapshot.counters.rules[chain.id]?.packets ?? 0;
  // iptables-save prints the built-in chains of a table whether the kernel has them or not. Source: iptables nft-cache.c NFT_CL_FAKE.
  const certain = !(
    table.backend === 'iptables-nft' &&
    chain.rules.length === 0 &&
    verdict === 'accept' &&
    counted === 0
  );
  const place = `${table.family} ${table.name} ${chain.name}`;
  run.trail.add(
    {
      kind: 'chain',
      hook,
      family: table.family,
      table: table.name,
      chain: chainRun.evaluation,
      verdict,
      byPolicy,
      certain,
    },
    {
      flight: context.flight,
      before: flight,
      touches: [chain.id, chainRun.by?.id ?? null],
      sentence: byPolicy
        ? run.say.step.byPolicy(place, verdict)
        : run.say.step.byRule(place, verdict, chainRun.by?.text ?? ''),
    },
  );
  return { chainRun, flight: context.flight };
}

/** Base chains of the families bridge and netdev, which stand outside of conntrack's and nat's order. */
export function runOuterHook(
  run: Run,
  flight: Flight,
  {
    namespace,
    hook,
    family,
    device,
  }: { namespace: Namespace; hook: Hook; family: 'bridge' | 'netdev'; device?: string },
): HookResult {
  let now = flight;
  for (const base of namespace.baseChains(family, hook)) {
    if (device !== undefined && !base.chain.devices.includes(device)) continue;
    const { chainRun, flight: after } = runBase(run, now, { base, call: { namespace, hook } });
    now = after;
    const dropped = droppedBy(chainRun, base, { flight: now, namespace });
    if (dropped !== null && !lifted(run, base, dropped)) return dropped;
  }
  return { verdict: 'accept', flight: now };
}

/** Finds or makes the conntrack entry [P4]. A packet that has one already, or is not to have one, stays as it is. */
function track(run: Run, flight: Flight, namespace: Namespace): Flight {
  if (flight.connection !== null || flight.ctState === 'untracked') return flight;
  const now = beginConnection(run, flight, namespace);
  const state = now.ctState ?? 'new';
  const sentence = state === 'new' ? run.say.step.conntrackNew : run.say.step.conntrackKnows(state);
  run.trail.add({ kind: 'conntrack', state }, { flight: now, before: flight, touches: [], sentence });
  return now;
}

/**
 * NAT [P3]: nat chains run for the first packet only, and only while that side of the connection is not settled, be it without a translation;
 * every packet is then changed as the connection says. Source: kernel nf_nat_core.c nf_nat_inet_fn, nf_nat_packet.
 */
function runNat(run: Run, flight: Flight, call: HookCall & { chains: readonly BaseChain[] }): HookResult {
  const { connection } = flight;
  const { hook } = call;
  if (
    connection === null ||
    (hook !== 'prerouting' && hook !== 'output' && hook !== 'input' && hook !== 'postrouting')
  ) {
    return { verdict: 'accept', flight };
  }
  const side = natSide[hook];
  const done = side === 'destination' ? connection.destinationDone : connection.sourceDone;
  let now = flight;
  let rule: Rule | null = null;
  if (!done && beginsOrResets(flight)) {
    const nats = call.chains.filter(({ chain }) => chain.kind === 'nat');
    for (const base of inCallOrder(run, nats, { flightNow: () => now, call })) {
      const { chainRun, flight: after } = runBase(run, now, { base, call });
      now = after;
      const dropped = droppedBy(chainRun, base, { flight: now, namespace: call.namespace });
      if (dropped !== null && !lifted(run, base, dropped)) return dropped;
      if (chainRun.action?.kind !== 'translate') continue;
      const translation: Translation = chainRun.action.translation;
      rule = chainRun.by;
      translateFirst(now, { translation, call });
      break;
    }
    if (side === 'destination') connection.destinationDone = true;
    else connection.sourceDone = true;
  }
  const changed = translateByConnection(now, side);
  if (changed !== now) {
    run.trail.add(
      { kind: 'translate', rule: rule?.id ?? null },
      {
        flight: changed,
        before: now,
        touches: [rule?.id ?? null],
        sentence: run.say.step.translated({
          isReply: changed.direction === 'reply',
          side,
          before: now,
          after: changed,
        }),
      },
    );
  }
  const end = changed.destination === flight.destination ? null : (call.reroute?.(changed) ?? null);
  return end === null ? { verdict: 'accept', flight: changed } : { verdict: 'unrouted', flight: changed, end };
}

/**
 * The packets that settle a side of a connection: its first, and a reset by which REJECT refuses that one, where it was not settled before. Source:
 * kernel nf_nat_core.c nf_nat_inet_fn (IP_CT_RELATED_REPLY).
 */
function beginsOrResets({ ctState, direction, about }: Flight): boolean {
  return (ctState === 'new' && direction === 'original') || (ctState === 'related' && about === null);
}
