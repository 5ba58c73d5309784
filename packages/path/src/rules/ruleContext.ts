import type { Chain, Hook, Rule, Table } from '@vethscope/model';
import type { Decisions } from '../decisions.ts';
import type { Flight } from '../flight.ts';
import type { Namespace } from '../namespace.ts';
import type { Said, Say } from '../sentences/sentences.ts';
import type { World } from '../world.ts';

/** Where a rule is being tried. `flight` changes as rules set marks. */
export interface RuleContext {
  world: World;
  namespace: Namespace;
  decisions: Decisions;
  /** In which words it is said why something is open. */
  why: Say['why'];
  hook: Hook;
  /** The family whose packets the hook sees: `inet` tables run as ip or ip6. */
  family: 'ip' | 'ip6' | 'bridge' | 'netdev';
  table: Table;
  chain: Chain;
  rule: Rule | null;
  flight: Flight;
  /** Nobody reads which part of a rule did not match. */
  brief: boolean;
}

/** The answer of one part of a rule; an object says why it cannot be told from a snapshot [P14, P15]. */
export type Answer = boolean | { depends: Said; kind: 'depends' | 'unmodelled' };

export function depends(why: Said): Answer {
  return { depends: why, kind: 'depends' };
}

export function unmodelled(why: Said): Answer {
  return { depends: why, kind: 'unmodelled' };
}

export function turned(answer: Answer, not: boolean): Answer {
  return typeof answer === 'boolean' ? answer !== not : answer;
}

/** A translation as a rule asks for it; conntrack does it. `address` null keeps the address, `ports` null keeps the port. */
export interface Translation {
  side: 'source' | 'destination';
  address: string | null;
  ports: { from: number; to: number } | null;
  /** DNAT to a range of ports from a base: port base+n goes to from+n. */
  portBase: number | null;
}

/** What ends a base chain. */
export type FinalAction =
  | { kind: 'accept' | 'drop' }
  | { kind: 'reject'; with: string }
  | { kind: 'translate'; translation: Translation };

export type Action =
  | FinalAction
  | { kind: 'continue' }
  | { kind: 'return' }
  | { kind: 'jump'; chain: string }
  | { kind: 'goto'; chain: string };

export interface RuleOutcome {
  matched: 'yes' | 'no' | 'depends';
  failed: string | null;
  action: Action;
}

export const passing: Action = { kind: 'continue' };
