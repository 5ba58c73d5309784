import type { Said } from '../sentences/sentences.ts';
import type { Action, RuleContext } from './ruleContext.ts';

/** What a target that is not known may do: drop, accept, or let the next rule decide. All of them are followed [P14, P15]. */
export function openEffect(context: RuleContext, { why, modelled }: { why: Said; modelled: boolean }): Action {
  const at = context.rule?.id ?? context.chain.id;
  const kind = modelled ? 'depends' : 'unmodelled';
  if (context.decisions.ask({ at, why, kind })) return { kind: 'drop' };
  return context.decisions.ask({ at, why, kind }) ? { kind: 'accept' } : { kind: 'continue' };
}
