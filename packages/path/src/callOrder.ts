import { Decisions } from './decisions.ts';
import type { Flight } from './flight.ts';
import type { BaseChain } from './namespace.ts';
import type { HookCall } from './netfilter.ts';
import type { RuleContext } from './rules/ruleContext.ts';
import { type ChainRun, runChain } from './rules/runChain.ts';
import type { Run } from './run.ts';

/** Where the rules of a base chain are tried. */
export function contextOf(
  run: Pick<Run, 'world' | 'decisions' | 'brief'>,
  flight: Flight,
  { base: { table, chain, hook }, call }: { base: BaseChain; call: HookCall },
): RuleContext {
  const family =
    table.family === 'bridge' || table.family === 'netdev' ? table.family : flight.family === 4 ? 'ip' : 'ip6';
  const { world, decisions, brief } = run;
  const { namespace } = call;
  return { world, namespace, decisions, why: decisions.say.why, hook, family, table, chain, rule: null, flight, brief };
}

/**
 * The base chains of a hook in the order of their calls. Of one priority the newest runs first, and in one table the listing says which that is. Between
 * tables it says only which table is newer: a chain may have come to the older one later. Where that decides what becomes of the packet, it is an
 * open question [P14].
 */
export function* inCallOrder(
  run: Run,
  chains: readonly BaseChain[],
  { flightNow, call }: { flightNow: () => Flight; call: HookCall },
): Generator<BaseChain> {
  const waiting = [...chains];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [other] = waiting;
    if (
      other !== undefined &&
      mayBeEitherWay(next, other) &&
      differs(run, [next, other], { flight: flightNow(), call })
    ) {
      const why = run.say.why.samePriority(placeOf(next), placeOf(other));
      if (run.decisions.ask({ at: other.chain.id, why })) {
        waiting[0] = next;
        yield other;
        continue;
      }
    }
    yield next;
  }
}

const placeOf = ({ table, chain }: BaseChain): string => `${table.family} ${table.name} ${chain.name}`;

function mayBeEitherWay(a: BaseChain, b: BaseChain): boolean {
  const isNat = a.chain.kind === 'nat';
  return (
    a.priority === b.priority &&
    a.table !== b.table &&
    isNat === (b.chain.kind === 'nat') &&
    (!isNat || a.chain.priority === b.chain.priority) &&
    decides(a) &&
    decides(b)
  );
}

const decides = ({ chain }: BaseChain): boolean => chain.rules.length > 0 || chain.policy === 'drop';

/** Whether two chains one after the other do otherwise with a packet than the other way round. */
function differs(run: Run, [a, b]: [BaseChain, BaseChain], at: { flight: Flight; call: HookCall }): boolean {
  return outcomeOf(run, [a, b], at) !== outcomeOf(run, [b, a], at);
}

/** What becomes of the packet, in words that can be compared. Nothing is written down, and open questions are not asked. */
function outcomeOf(run: Run, order: BaseChain[], { flight, call }: { flight: Flight; call: HookCall }): string {
  let now: Flight = { ...flight, connection: flight.connection === null ? null : { ...flight.connection } };
  const decisions = new Decisions([], run.decisions.lifted);
  for (const base of order) {
    const context = contextOf({ world: run.world, decisions, brief: true }, now, { base, call });
    const end = endOf(runChain(base.chain, context, { indexed: run.indexed }), base);
    if (end !== null) return end;
    now = context.flight;
  }
  return `accept ${now.mark} ${now.ctState} ${now.connection?.mark} ${JSON.stringify(now.transparent)}`;
}

function endOf({ action, by }: ChainRun, { chain }: BaseChain): string | null {
  switch (action?.kind) {
    case 'drop':
    case 'reject':
      return action.kind;
    case 'translate':
      return `translate ${by?.id}`;
    case 'accept':
      return null;
    case undefined:
      return chain.policy === 'drop' ? 'drop' : null;
    default: {
      const never: never = action;
      return never;
    }
  }
}
