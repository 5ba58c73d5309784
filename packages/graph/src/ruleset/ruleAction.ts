import type { Rule } from '@vethscope/model';

/**
 * What a rule does with what it matches, in one word. `map`: the packet's own fields decide, by a verdict map. `count`: it does nothing else.
 * `other`: something that decides no packet (a mark, a log line) or that is not understood; `word` is then the target's name.
 */
export interface RuleAction {
  kind:
    | 'accept'
    | 'drop'
    | 'reject'
    | 'return'
    | 'queue'
    | 'dnat'
    | 'snat'
    | 'masquerade'
    | 'redirect'
    | 'jump'
    | 'goto'
    | 'map'
    | 'count'
    | 'other';
  word: string;
}

const quiet = new Set(['match', 'counter', 'lastUsed', 'limit', 'ctCount', 'quota', 'log']);

export function ruleAction(rule: Rule): RuleAction {
  const { verdict, translation, body } = rule;
  if (translation) return { kind: translation.kind, word: translation.kind };
  if (verdict) return { kind: verdict, word: verdict };
  if (body.syntax === 'iptables') {
    const { target } = body;
    if (target === null) return { kind: 'count', word: 'count' };
    if (target.kind === 'jump' || target.kind === 'goto') return { kind: target.kind, word: target.kind };
    const named = 'name' in target ? target.name.toLowerCase() : target.kind;
    return { kind: 'other', word: named };
  }
  const kinds = body.statements.map(({ kind }) => kind);
  for (const kind of ['jump', 'goto'] as const) if (kinds.includes(kind)) return { kind, word: kind };
  if (kinds.includes('vmap')) return { kind: 'map', word: 'map' };
  const acting = kinds.find((kind) => !quiet.has(kind)) ?? kinds.find((kind) => kind === 'log');
  return acting ? { kind: 'other', word: acting } : { kind: 'count', word: 'count' };
}
