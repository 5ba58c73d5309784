import type { Chain, ChainEvaluation, Rule, RuleEvaluation, Snapshot } from '@vethscope/model';
import { evaluateIptables } from './iptablesRule.ts';
import { evaluateNft } from './nftRule.ts';
import { openEffect } from './openEffect.ts';
import type { Action, FinalAction, RuleContext, RuleOutcome } from './ruleContext.ts';
import { type NumberedRule, RuleIndex, shortChain } from './ruleIndex.ts';

export interface ChainRun {
  evaluation: ChainEvaluation;
  /** null: the chain came to its end, or returned. */
  action: FinalAction | null;
  /** The rule that said so. */
  by: Rule | null;
}

/** nft allows 16 jumps, iptables refuses loops when rules are loaded: a deeper one was not read right. */
const deepest = 32;

function verdictText(action: Action): string {
  switch (action.kind) {
    case 'jump':
    case 'goto':
      return `${action.kind} ${action.chain}`;
    case 'translate':
      // A translation ends its chain: the kernel's own trace calls that accept.
      return 'accept';
    case 'reject':
      return 'drop';
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return action.kind;
    default: {
      const never: never = action;
      return never;
    }
  }
}

function evaluate(rule: Rule, context: RuleContext): RuleOutcome {
  const outcome =
    rule.body.syntax === 'iptables' ? evaluateIptables(rule.body, context) : evaluateNft(rule.body, context);
  if (rule.unparsed === null || outcome.matched !== 'yes') return outcome;
  const { unparsed } = rule;
  const why = context.why.ruleNotUnderstood(unparsed);
  const known = outcome.action.kind !== 'continue';
  if (known && !context.decisions.ask({ at: rule.id, why, kind: 'unmodelled' })) {
    return { matched: 'depends', failed: why, action: { kind: 'continue' } };
  }
  return known
    ? { ...outcome, matched: 'depends' }
    : { ...outcome, matched: 'depends', action: openEffect(context, { why, modelled: false }) };
}

/** Tries the rules of a chain in order, and those of the chains that it jumps to [P2]. `context.flight` comes back changed by marks. */
export function runChain(
  chain: Chain,
  context: RuleContext,
  { indexed, depth = 0 }: { indexed: boolean; depth?: number },
): ChainRun {
  const { counters } = context.world.snapshot;
  const evaluation: ChainEvaluation = {
    chain: chain.id,
    name: chain.name,
    evaluated: [],
    passedOver: 0,
    verdict: null,
  };
  const end = (action: ChainRun['action'], by: Rule | null): ChainRun => {
    evaluation.verdict = action === null ? null : verdictText(action);
    return { evaluation, action, by };
  };
  const at: RuleContext = { ...context, chain };
  for (const { rule, position } of triedOf(chain, context, { indexed, evaluation })) {
    if (context.decisions.lifted.has(rule.id)) continue;
    at.rule = rule;
    at.flight = context.flight;
    const { matched, failed, action } = evaluate(rule, at);
    context.flight = at.flight;
    const held = matched === 'yes' || (matched === 'depends' && failed === null);
    const entry = context.brief ? null : entryOf(rule, { position, matched, failed, action, held });
    if (entry !== null) evaluation.evaluated.push(entry);
    if (!held || action.kind === 'continue') continue;
    if (action.kind === 'return') return end(null, rule);
    if (action.kind !== 'jump' && action.kind !== 'goto') return end(action, rule);
    const inner = context.namespace.chains.get(`${context.table.id}/${action.chain}`)?.chain;
    if (inner === undefined || depth >= deepest) {
      const words = context.why;
      const why = inner === undefined ? words.chainUnread(action.chain) : words.endlessJumps;
      const taken = openEffect(at, { why, modelled: false });
      if (entry !== null) entry.matched = 'depends';
      if (taken.kind === 'drop' || taken.kind === 'accept') return end({ kind: taken.kind }, rule);
      continue;
    }
    const run = runChain(inner, context, { indexed, depth: depth + 1 });
    if (entry !== null) entry.inside = run.evaluation;
    if (run.action !== null) return end(run.action, run.by);
    if (action.kind === 'goto') return end(null, rule);
  }
  return end(null, null);

  function entryOf(
    rule: Rule,
    { position, matched, failed, action, held }: RuleOutcome & { position: number; held: boolean },
  ): RuleEvaluation {
    const count = counters.rules[rule.id];
    return {
      rule: rule.id,
      position,
      text: rule.text,
      owner: rule.owner,
      packets: count?.packets ?? null,
      bytes: count?.bytes ?? null,
      matched,
      failed,
      verdict: held ? verdictText(action) : null,
      inside: null,
    };
  }
}

/** The rules of a chain that may match, in order. Those of long ones are asked by index; how many that left out is written down. */
function triedOf(
  chain: Chain,
  { flight, world }: RuleContext,
  { indexed, evaluation }: { indexed: boolean; evaluation: ChainEvaluation },
): readonly NumberedRule[] {
  const known = rulesOf(chain, world.snapshot);
  if (!indexed || known.rules.length <= shortChain) return known.rules;
  known.index ??= new RuleIndex(known.rules);
  const found = known.index.candidates(flight);
  evaluation.passedOver = known.rules.length - found.length;
  return found;
}

interface ChainRules {
  rules: NumberedRule[];
  /** Made when it is first asked. */
  index: RuleIndex | null;
}

/** By the records of the rules too: a rule may change while the record of its chain stays. */
const gathered = new WeakMap<Snapshot['records']['rule'], WeakMap<Chain, ChainRules>>();

/** The rules of a chain with their positions, gathered once for a Snapshot. */
function rulesOf(chain: Chain, { records }: Snapshot): ChainRules {
  const chains = gathered.get(records.rule) ?? new WeakMap<Chain, ChainRules>();
  gathered.set(records.rule, chains);
  const known = chains.get(chain);
  if (known !== undefined) return known;
  const rules = chain.rules.flatMap((id, at) => {
    const rule = records.rule[id];
    return rule === undefined ? [] : [{ rule, position: at + 1 }];
  });
  const made: ChainRules = { rules, index: null };
  chains.set(chain, made);
  return made;
}
