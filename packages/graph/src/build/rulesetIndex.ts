import type { Chain, Rule, Table } from '@vethscope/model';
import { hostId, type SnapshotIndex } from './snapshotIndex.ts';

export type Hook = NonNullable<Chain['hook']>;

const familyOrder = ['inet', 'ip', 'ip6', 'bridge', 'arp', 'netdev'];

/** The rule set of a namespace (the host's, if none is named) by hook, in the order in which packets meet the chains; IPv4 before its IPv6 twin. */
export interface RulesetIndex {
  table: (chain: Chain) => Table | undefined;
  baseChains: (hook: Hook) => Chain[];
  /** The chain and all that it can jump to, each once, in the order of a first visit. */
  reachable: (chain: Chain) => Chain[];
  rules: (chain: Chain) => Rule[];
}

export function indexRuleset(index: SnapshotIndex, sandbox: string = hostId): RulesetIndex {
  const { chain: chains, rule, table } = index.snapshot.records;
  const own = Object.values(chains).filter((chain) => chain.sandbox === sandbox);
  const tableOf = (chain: Chain) => table[chain.table];
  const rank = (chain: Chain) => familyOrder.indexOf(tableOf(chain)?.family ?? 'netdev');
  const rules = (chain: Chain) => chain.rules.flatMap((id) => rule[id] ?? []);
  return {
    table: tableOf,
    rules,
    baseChains: (hook) =>
      own
        .filter((chain) => chain.hook === hook)
        .sort((a, b) => rank(a) - rank(b) || (a.priority ?? 0) - (b.priority ?? 0) || (a.id < b.id ? -1 : 1)),
    reachable: (start) => {
      const seen = new Set<Chain>();
      const visit = (chain: Chain) => {
        if (seen.has(chain)) return;
        seen.add(chain);
        for (const each of rules(chain)) {
          for (const id of each.jumpsTo) {
            const next = chains[id];
            if (next) visit(next);
          }
        }
      };
      visit(start);
      return [...seen];
    },
  };
}
