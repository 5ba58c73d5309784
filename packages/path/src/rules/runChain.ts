import type { Chain, ChainEvaluation, Rule, RuleEvaluation } from '@vethscope/model';
import { evaluateIptables } from './iptablesRule.ts';
import { evaluateNft } from './nftRule.ts';
import { openEffect } from './openEffect.ts';
import type { Action, FinalAction, RuleContext, RuleOutcome } from './ruleContext.ts';
import { indexOf, shortChain } from './ruleIndex.ts';

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
  const why = `a part of the rule was not understood: ${unparsed}`;
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
  const { records, counters } = context.world.snapshot;
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
  for (const { rule, position } of tried(chain, context, indexed, evaluation)) {
    if (context.decisions.lifted.has(rule.id)) continue;
    const at: RuleContext = { ...context, chain, rule };
    const { matched, failed, action } = evaluate(rule, at);
    context.flight = at.flight;
    const held = matched === 'yes' || (matched === 'depends' && failed === null);
    const count = counters.rules[rule.id];
    const entry: RuleEvaluation = {
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
    evaluation.evaluated.push(entry);
    if (!held || action.kind === 'continue') continue;
    if (action.kind === 'return') return end(null, rule);
    if (action.kind !== 'jump' && action.kind !== 'goto') return end(action, rule);
    const inner = context.namespace.chains.get(`${context.table.id}/${action.chain}`)?.chain;
    if (inner === undefined || depth >= deepest) {
      const why = inner === undefined ? `the chain ${action.chain} was not read` : 'the chains jump without end';
      const taken = openEffect(at, { why, modelled: false });
      entry.matched = 'depends';
      if (taken.kind === 'drop' || taken.kind === 'accept') return end({ kind: taken.kind }, rule);
      continue;
    }
    const run = runChain(inner, context, { indexed, depth: depth + 1 });
    entry.inside = run.evaluation;
    if (run.action !== null) return end(run.action, run.by);
    if (action.kind === 'goto') return end(null, rule);
  }
  return end(null, null);

  function* tried(of: Chain, { flight }: RuleContext, byIndex: boolean, into: ChainEvaluation) {
    if (byIndex && of.rules.length > shortChain) {
      const rules = (): Rule[] => of.rules.map((id) => records.rule[id]).filter((rule) => rule !== undefined);
      const found = indexOf(of, rules).candidates(flight);
      into.passedOver = of.rules.length - found.length;
      yield* found;
      return;
    }
    for (const [at, id] of of.rules.entries()) {
      const rule = records.rule[id];
      if (rule !== undefined) yield { rule, position: at + 1 };
    }
  }
}
