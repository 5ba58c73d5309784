import { type ChainEvaluation, type Hop, ids, type NetfilterFamily, type RuleRef, type Step } from '@vethscope/model';

/**
 * The rules of the host's namespace that matched, in order, and each base chain that ended the packet by its policy: what the kernel's own
 * trace names. A chain that may not exist at all is left out.
 */
export function matchedRulesOf(hops: readonly Hop[], sandbox: string = ids.hostSandbox): RuleRef[] {
  return hops.filter((hop) => hop.sandbox === sandbox).flatMap(({ steps }) => steps.flatMap(rulesOfStep));
}

function rulesOfStep(step: Step): RuleRef[] {
  if (step.kind !== 'chain') return [];
  const { family, table, chain, verdict, byPolicy, certain } = step;
  const inside = rulesOfChain(chain, { family, table });
  return byPolicy && certain ? [...inside, { family, table, chain: chain.name, rule: 'policy', verdict }] : inside;
}

function rulesOfChain({ name, evaluated }: ChainEvaluation, of: { family: NetfilterFamily; table: string }): RuleRef[] {
  return evaluated.flatMap(({ position, verdict, inside }) => {
    if (verdict === null) return [];
    const own: RuleRef = { ...of, chain: name, rule: position, verdict };
    return inside === null ? [own] : [own, ...rulesOfChain(inside, of)];
  });
}
