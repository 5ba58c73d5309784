import { type Backend, type Chain, ids, type RuleRef, type Snapshot } from '@vethscope/model';

const backends: readonly Backend[] = ['iptables-nft', 'nftables', 'iptables-legacy'];

/** The record that a rule of a namespace stands in, and its text as it is written; nulls where the Snapshot has no such rule. */
export function recordOfRule(
  snapshot: Snapshot,
  sandbox: string,
  { family, table, chain: name, rule }: RuleRef,
): { record: string | null; text: string | null } {
  const { records } = snapshot;
  const chain = backends
    .map((backend): Chain | undefined => records.chain[ids.chain(ids.table(sandbox, backend, family, table), name)])
    .find((each) => each !== undefined);
  if (chain === undefined) return { record: null, text: null };
  if (rule === 'policy') return { record: chain.id, text: chain.policy === null ? null : `policy ${chain.policy}` };
  const id = chain.rules[rule - 1];
  return id === undefined ? { record: null, text: null } : { record: id, text: records.rule[id]?.text ?? null };
}
