import type { Chain, NetfilterFamily, NetfilterSet, Rule, Snapshot, Table } from '@vethscope/model';
import type { Hook } from '../build/rulesetIndex.ts';
import { compareBaseChains, hooksInOrder } from './hookOrder.ts';

/** `4` and `6` leave out what only packets of the other family meet. */
export const bookFamilies = ['all', '4', '6'] as const;
export type BookFamily = (typeof bookFamilies)[number];

/** A rule that jumps or goes to a chain. `position` counts from 1, as `iptables -L --line-numbers` does. */
export interface ChainCaller {
  rule: string;
  chain: string;
  chainName: string;
  position: number;
}

export interface BookChain {
  chain: Chain;
  table: Table;
  /** In the order in which the kernel tries them: the first has position 1. */
  rules: Rule[];
  /** 0 for a base chain, 1 for what it jumps to, and so on along the first way that leads here. */
  depth: number;
  callers: ChainCaller[];
}

/** The chains of one hook: each base chain, and behind it those that it leads to and that stand nowhere before. */
export interface BookHook {
  /** null: chains that no base chain leads to. No packet meets them. */
  hook: Hook | null;
  chains: BookChain[];
}

export interface BookSet {
  set: NetfilterSet;
  table: Table | null;
  users: ChainCaller[];
}

/** The whole rule set of one namespace as it is read from top to bottom. Each chain and each rule stands in it once. */
export interface RuleBook {
  sandbox: string;
  hooks: BookHook[];
  sets: BookSet[];
  rules: number;
}

const seenBy: Record<BookFamily, readonly NetfilterFamily[]> = {
  all: ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'],
  4: ['ip', 'inet', 'arp', 'bridge', 'netdev'],
  6: ['ip6', 'inet', 'bridge', 'netdev'],
};

/** Sandboxes that have chains at all, the host first, then by id. */
export function sandboxesWithRules({ records }: Snapshot): string[] {
  const found = new Set(Object.values(records.chain).map(({ sandbox }) => sandbox));
  const rank = (id: string) => (records.sandbox[id]?.kind === 'host' ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Time: linear in the rules of the namespace. */
export function ruleBook(snapshot: Snapshot, { sandbox, family }: { sandbox: string; family: BookFamily }): RuleBook {
  const { chain: chains, rule: rules, table: tables, netfilterSet } = snapshot.records;
  const families = seenBy[family];
  const tableOf = (chain: Chain) => tables[chain.table];
  const own = Object.values(chains).filter(
    (chain) => chain.sandbox === sandbox && families.includes(tableOf(chain)?.family ?? 'netdev'),
  );
  const rulesOf = (chain: Chain) => chain.rules.flatMap((id) => rules[id] ?? []);
  const inOrder = [...own].sort((a, b) => hookRank(a) - hookRank(b));
  const { callers, users } = references(inOrder, rulesOf);

  const placed = new Set<string>();
  const place = (chain: Chain, depth: number, into: BookChain[]) => {
    const table = tableOf(chain);
    if (placed.has(chain.id) || !table) return;
    placed.add(chain.id);
    const its = rulesOf(chain);
    into.push({ chain, table, rules: its, depth, callers: callers.get(chain.id) ?? [] });
    for (const { jumpsTo } of its) {
      for (const id of jumpsTo) {
        const next = chains[id];
        if (next && next.hook === null) place(next, depth + 1, into);
      }
    }
  };

  const hooks: BookHook[] = [];
  for (const hook of hooksInOrder) {
    const into: BookChain[] = [];
    const bases = own.filter((chain) => chain.hook === hook).sort(compareBaseChains(hook, tableOf));
    for (const base of bases) place(base, 0, into);
    if (into.length > 0) hooks.push({ hook, chains: into });
  }
  const idle: BookChain[] = [];
  // First those that only begin such a chain of calls, so that what they lead to stands behind them.
  for (const chain of own) if (!callers.has(chain.id)) place(chain, 0, idle);
  for (const chain of own) place(chain, 0, idle);
  if (idle.length > 0) hooks.push({ hook: null, chains: idle });

  const sets = Object.values(netfilterSet)
    .filter((set) => set.sandbox === sandbox)
    .map((set) => ({ set, table: set.table === null ? null : (tables[set.table] ?? null) }))
    .filter(({ set, table }) => (table ? families.includes(table.family) : family === 'all' || ipsetFits(set, family)))
    .map((each) => ({ ...each, users: users.get(setKey(each.set.table, each.set.name)) ?? [] }));
  return { sandbox, hooks, sets, rules: own.reduce((sum, chain) => sum + chain.rules.length, 0) };
}

const hookRank = ({ hook }: Chain) => (hook === null ? hooksInOrder.length : hooksInOrder.indexOf(hook));

/** A name is enough for an ipset: it is one for all tables of iptables. */
const setKey = (table: string | null, name: string) => `${table ?? ''}/${name}`;

const ipsetFits = ({ family }: NetfilterSet, asked: '4' | '6') =>
  family === null || family === (asked === '4' ? 'inet' : 'inet6');

interface References {
  callers: Map<string, ChainCaller[]>;
  users: Map<string, ChainCaller[]>;
}

/** Who jumps to each chain, and who asks each set. */
function references(chains: readonly Chain[], rulesOf: (chain: Chain) => Rule[]): References {
  const callers = new Map<string, ChainCaller[]>();
  const users = new Map<string, ChainCaller[]>();
  const add = (map: Map<string, ChainCaller[]>, key: string, caller: ChainCaller) => {
    const known = map.get(key);
    if (known) known.push(caller);
    else map.set(key, [caller]);
  };
  for (const chain of chains) {
    rulesOf(chain).forEach((rule, index) => {
      const caller = { rule: rule.id, chain: chain.id, chainName: chain.name, position: index + 1 };
      for (const id of new Set(rule.jumpsTo)) add(callers, id, caller);
      const table = rule.body.syntax === 'nft' ? chain.table : null;
      for (const name of new Set(rule.mentions.sets)) add(users, setKey(table, name.replace(/^@/, '')), caller);
    });
  }
  return { callers, users };
}
