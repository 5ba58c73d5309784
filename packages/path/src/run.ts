import type { Cause, Disposition } from '@vethscope/model';
import type { Decisions } from './decisions.ts';
import type { Connection } from './flight.ts';
import type { Namespace } from './namespace.ts';
import type { Refusal } from './refusal.ts';
import type { Said, Say } from './sentences/sentences.ts';
import type { Trail } from './trail.ts';
import type { World } from './world.ts';

/** One run of the engine over one leg: what is known, what was assumed, and what happened so far. */
export interface Run {
  world: World;
  decisions: Decisions;
  say: Say;
  /** Where steps are written: the way there, then the way back. */
  trail: Trail;
  /** conntrack of each namespace. */
  connections: Map<Namespace, Connection[]>;
  /** Whether long chains are asked by index; the naive way is the oracle of tests. */
  indexed: boolean;
  /** Only the end is asked for: no step, evaluation or matched rule is kept. */
  brief: boolean;
  /** Takes in every Sandbox that the way leads through; null: nobody asks. */
  visited: Set<string> | null;
  /** Steps left before the way is called a loop. */
  patience: number;
}

/** How a way ended, and why in words. `key` is what to lift to see what stands behind the blocker. */
export interface End {
  disposition: Disposition;
  cause: Cause & { sentence: Said };
  key: string | null;
  /** null where the sender is told nothing. */
  refusal: Refusal | null;
}

export function ended(
  disposition: Disposition,
  {
    code,
    sentence,
    rule = null,
    fix = null,
    key = null,
    refusal = null,
  }: Pick<Cause, 'code'> & {
    sentence: Said;
    rule?: string | null;
    fix?: string | null;
    key?: string | null;
    refusal?: Refusal | null;
  },
): End {
  return { disposition, cause: { code, sentence, rule, fix }, key, refusal };
}
