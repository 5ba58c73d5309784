import type {
  Address,
  Chain,
  Family,
  Hook,
  Link,
  Neighbor,
  NetfilterSet,
  PolicyRule,
  Route,
  Rule,
  Sandbox,
  Snapshot,
  Socket,
  Table,
} from '@vethscope/model';
import { RouteTable } from './routeTable.ts';
import { usesConntrack } from './rules/usesConntrack.ts';

export interface BaseChain {
  table: Table;
  chain: Chain;
  hook: Hook;
  /** Where the kernel really calls it: nat chains are all called at the place of nat, in the order of their priorities. */
  priority: number;
  /** When it was registered, as far as the order of tables and chains tells. */
  age: number;
}

/**
 * By priority; of one priority the chain that was registered last is called first. With the first nat chain
 * of a family nat comes to all four of its hooks, and stays: that is `natAge`. Source: kernel netfilter/core.c nf_hook_entries_grow, nf_nat_core.c nf_nat_register_fn.
 */
function inOrderOfCalls(chains: readonly BaseChain[], natAge: number): BaseChain[] {
  return [...chains].sort((a, b) => {
    if (a.priority !== b.priority) return a.priority - b.priority;
    const [isNatA, isNatB] = [a.chain.kind === 'nat', b.chain.kind === 'nat'];
    if (isNatA && isNatB) return (a.chain.priority ?? 0) - (b.chain.priority ?? 0) || b.age - a.age;
    return (isNatB ? natAge : b.age) - (isNatA ? natAge : a.age);
  });
}

const natPlace = { prerouting: -100, output: -100, input: 100, postrouting: 100 } as const;

function place(chain: Chain, hook: Hook, priority: number): number {
  if (chain.kind !== 'nat') return priority;
  return hook === 'prerouting' || hook === 'output' || hook === 'input' || hook === 'postrouting'
    ? natPlace[hook]
    : priority;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** What one network namespace knows, indexed by what the kernel looks for. */
export class Namespace {
  readonly links = new Map<string, Link>();
  readonly addresses = new Map<string, Address[]>();
  readonly addressesOfLink = new Map<string, Address[]>();
  readonly policyRules: Record<Family, PolicyRule[]> = { 4: [], 6: [] };
  readonly neighbors = new Map<string, Neighbor>();
  readonly sockets = new Map<string, Socket[]>();
  readonly sysctls = new Map<string, string>();
  readonly sets = new Map<string, NetfilterSet>();
  readonly chains = new Map<string, { chain: Chain; table: Table }>();
  readonly hasRules: () => boolean;
  private readonly rulesOf: (chain: Chain) => Iterable<Rule>;
  private readonly tracked = new Map<Family, boolean>();
  private readonly routes = new Map<string, RouteTable>();
  private readonly hooks = new Map<string, BaseChain[]>();
  private readonly sorted = {
    ip: new Map<Hook, BaseChain[]>(),
    ip6: new Map<Hook, BaseChain[]>(),
    bridge: new Map<Hook, BaseChain[]>(),
    netdev: new Map<Hook, BaseChain[]>(),
  };
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox, rulesOf: (chain: Chain) => Iterable<Rule> = () => []) {
    this.sandbox = sandbox;
    this.rulesOf = rulesOf;
    this.hasRules = () => this.chains.size > 0;
  }

  addRoute(route: Route): void {
    const key = `${route.family}/${route.table}`;
    const table = this.routes.get(key) ?? new RouteTable();
    this.routes.set(key, table);
    table.add(route);
  }

  routeTable(family: Family, name: string): RouteTable | null {
    return this.routes.get(`${family}/${name}`) ?? null;
  }

  addAddress(address: Address): void {
    push(this.addresses, address.address, address);
    push(this.addressesOfLink, address.link, address);
  }

  addSocket(socket: Socket): void {
    push(this.sockets, `${socket.protocol}/${socket.port}`, socket);
  }

  addTable(table: Table, chains: readonly Chain[]): void {
    for (const chain of chains) {
      this.chains.set(`${table.id}/${chain.name}`, { chain, table });
      const { hook, priority } = chain;
      if (hook === null || priority === null) continue;
      const age = this.chains.size;
      push(this.hooks, `${table.family}/${hook}`, { table, chain, hook, priority: place(chain, hook, priority), age });
    }
  }

  /** Whether conntrack looks at the packets of a family: where some rule needs it, reached or not [P4]. */
  tracks(family: Family): boolean {
    const known = this.tracked.get(family);
    if (known !== undefined) return known;
    const found = this.hasTracking(family);
    this.tracked.set(family, found);
    return found;
  }

  private hasTracking(family: Family): boolean {
    for (const { chain, table } of this.chains.values()) {
      for (const rule of this.rulesOf(chain)) if (usesConntrack(rule, { table: table.family, family })) return true;
    }
    return false;
  }

  /** Base chains of a hook that see a packet of a family, in the order in which the kernel calls them [P1]. */
  baseChains(family: 'ip' | 'ip6' | 'bridge' | 'netdev', hook: Hook): BaseChain[] {
    const known = this.sorted[family].get(hook);
    if (known !== undefined) return known;
    const inet = family === 'ip' || family === 'ip6' ? (this.hooks.get(`inet/${hook}`) ?? []) : [];
    const seen = [...this.hooks].flatMap(([key, chains]) =>
      key.startsWith(`${family}/`) || key.startsWith('inet/') ? chains : [],
    );
    const natAge = Math.min(...seen.flatMap(({ chain, age }) => (chain.kind === 'nat' ? [age] : [])));
    const sorted = inOrderOfCalls([...(this.hooks.get(`${family}/${hook}`) ?? []), ...inet], natAge);
    this.sorted[family].set(hook, sorted);
    return sorted;
  }

  linkNamed(name: string): Link | null {
    for (const link of this.links.values()) if (link.name === name || link.altNames.includes(name)) return link;
    return null;
  }

  get loopback(): Link | null {
    for (const link of this.links.values()) if (link.kind === 'loopback') return link;
    return null;
  }

  sysctl(name: string): string | null {
    return this.sysctls.get(name) ?? null;
  }
}

/** The namespaces of a Snapshot, filled. */
export function namespacesOf({ records }: Snapshot): Map<string, Namespace> {
  const found = new Map<string, Namespace>();
  const rulesOf = ({ rules }: Chain) => rules.map((id) => records.rule[id]).filter((rule) => rule !== undefined);
  for (const sandbox of Object.values(records.sandbox)) {
    found.set(sandbox.id, new Namespace(sandbox, rulesOf));
  }
  for (const link of Object.values(records.link)) found.get(link.sandbox)?.links.set(link.id, link);
  for (const address of Object.values(records.address)) found.get(address.sandbox)?.addAddress(address);
  for (const route of Object.values(records.route)) found.get(route.sandbox)?.addRoute(route);
  for (const rule of Object.values(records.policyRule)) found.get(rule.sandbox)?.policyRules[rule.family].push(rule);
  for (const neighbor of Object.values(records.neighbor)) {
    found.get(neighbor.sandbox)?.neighbors.set(`${neighbor.link} ${neighbor.address}`, neighbor);
  }
  for (const socket of Object.values(records.socket)) found.get(socket.sandbox)?.addSocket(socket);
  for (const set of Object.values(records.netfilterSet)) {
    found.get(set.sandbox)?.sets.set(`${set.table ?? ''}/${set.name}`, set);
  }
  for (const { sandbox, values } of Object.values(records.sysctls)) {
    const namespace = found.get(sandbox);
    for (const [name, value] of Object.entries(values)) namespace?.sysctls.set(name, value);
  }
  for (const table of Object.values(records.table)) {
    const chains = table.chains.map((id) => records.chain[id]).filter((chain) => chain !== undefined);
    found.get(table.sandbox)?.addTable(table, chains);
  }
  for (const namespace of found.values()) {
    for (const family of [4, 6] as const) namespace.policyRules[family].sort((a, b) => a.priority - b.priority);
  }
  return found;
}
