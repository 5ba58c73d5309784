import {
  type Chain,
  ids,
  NetfilterFamily,
  type NetfilterSet,
  type NftBody,
  type NftExpression,
} from '@vethscope/model';
import { isOfProbe } from './isOfProbe.ts';
import { jumpsOfNft, mentionsOfNft, translationOfNft, verdictOfNft, verdictTargets } from './mentions.ts';
import { readNftChain } from './nftChain.ts';
import { readNftJson, shorten } from './nftJson.ts';
import { readNftSet } from './nftSet.ts';
import { asObject, listOf, readNftStatement } from './nftStatement.ts';
import { nftRuleText } from './nftText.ts';
import { type OwnerContext, ownerOfChain, ownerOfTable } from './owner.ts';
import type { ParsedRuleset } from './parsedRuleset.ts';

export interface NftRulesetOptions {
  /** The sandbox's id, "sandbox:host". */
  sandbox: string;
  /**
   * Tables, as "ip/filter", that `iptables-save` of the nft variant printed: those are iptables' and are left out here, because iptables-save
   * says what their `xt` expressions mean and nft does not. What decides is that it printed them, not their name: a table "ip filter" that somebody
   * made with nft is one that iptables-save calls incompatible, and so it stays.
   */
  iptablesTables?: ReadonlySet<string>;
  /**
   * How many rules iptables-save printed per chain, as "ip/filter/INPUT". With it, a chain or a named set that somebody added with nft to one of
   * those tables is kept, and a chain of which nft shows more or fewer rules gives a warning.
   */
  iptablesChains?: ReadonlyMap<string, number>;
  known?: OwnerContext;
}

type Fields = { [key: string]: NftExpression };

/** Objects that no rule needs in order to be evaluated: a rule that refers to one names it. */
const otherObjects = new Set([
  'counter',
  'quota',
  'limit',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'secmark',
  'synproxy',
  'tunnel',
  'flowtable',
]);

/**
 * Parses `nft -j -a list ruleset` of nftables 0.9 to 1.1 (libnftables-json(5)). Never throws: what is not understood becomes a warning "nftables[N]",
 * a rule with unknown parts is kept and says in `unparsed` what they are.
 */
export function parseNftRuleset(text: string, options: NftRulesetOptions): ParsedRuleset {
  return new Reader(options).read(text);
}

class Reader {
  private readonly order: string[] = [];
  private readonly result: ParsedRuleset = {
    tables: [],
    chains: [],
    rules: [],
    sets: [],
    counters: {},
    warnings: [],
    order: this.order,
  };
  private readonly tables = new Map<string, ParsedRuleset['tables'][number]>();
  private readonly chains = new Map<string, Chain>();
  private readonly sets = new Map<string, { set: NetfilterSet; value: Fields; kind: 'set' | 'map' | 'meter' }>();
  /** Tables that iptables-save printed, read here but not given unless something in them is not iptables'. */
  private readonly hidden = new Map<string, ParsedRuleset['tables'][number]>();
  private readonly ruleCounts = new Map<string, number>();
  private version: number[] = [];
  private readonly options: NftRulesetOptions;

  constructor(options: NftRulesetOptions) {
    this.options = options;
  }

  read(text: string): ParsedRuleset {
    const { entries, warnings } = readNftJson(text);
    this.result.warnings.push(...warnings);
    // Sets before rules, as a rule's jumps may stand in a map; tables and chains before both.
    const rules: typeof entries = [];
    for (const entry of entries) {
      if (isOfProbe(entry)) continue;
      if (entry.key === 'rule') rules.push(entry);
      else this.guarded(entry.where, () => this.object(entry.key, entry.value, entry.where));
    }
    for (const entry of rules) this.guarded(entry.where, () => this.rule(entry.value, entry.where));
    this.compareCounts();
    return this.result;
  }

  /** nft nests a few levels deep; an entry that overflows the stack is none of nft's, and must not end the reading. */
  private guarded(where: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.warn(where, '…', 'is nested too deeply');
    }
  }

  private object(key: string, value: Fields, where: string): void {
    switch (key) {
      case 'metainfo':
        this.version = String(value.version ?? '')
          .split('.')
          .map(Number);
        if (value.json_schema_version !== 1) this.warn(where, value, 'the JSON schema is not version 1');
        return;
      case 'table': {
        this.table(value, where);
        return;
      }
      case 'chain': {
        this.chain(value, where);
        return;
      }
      case 'set':
      case 'map':
      case 'meter': {
        this.set(key, value, where);
        return;
      }
      case 'element': {
        this.element(value, where);
        return;
      }
      default:
        if (!otherObjects.has(key)) this.warn(where, value, `"${key}" is not known`);
    }
  }

  private table(value: Fields, where: string): void {
    const family = NetfilterFamily.safeParse(value.family);
    if (!family.success || typeof value.name !== 'string') {
      this.warn(where, value, 'the table has no name or a family that is not known');
      return;
    }
    const key = `${family.data}/${value.name}`;
    this.order.push(key);
    const table: ParsedRuleset['tables'][number] = {
      type: 'table',
      id: ids.table(this.options.sandbox, 'nftables', family.data, value.name),
      sandbox: this.options.sandbox,
      backend: 'nftables',
      family: family.data,
      name: value.name,
      owner: ownerOfTable({ backend: 'nftables', name: value.name }),
      chains: [],
      flags: listOf(value.flags).map(String),
    };
    if (this.options.iptablesTables?.has(key) === true) this.hidden.set(key, table);
    else this.show(key, table);
  }

  private show(key: string, table: ParsedRuleset['tables'][number]): void {
    this.tables.set(key, table);
    this.result.tables.push(table);
  }

  /** The table of a thing that is to be shown: a hidden one comes out with it. */
  private tableOf(key: string): ParsedRuleset['tables'][number] | null {
    const shown = this.tables.get(key);
    if (shown !== undefined) return shown;
    const hidden = this.hidden.get(key);
    if (hidden === undefined) return null;
    this.hidden.delete(key);
    this.show(key, hidden);
    return hidden;
  }

  private isIptablesTable(key: string): boolean {
    return this.options.iptablesTables?.has(key) === true;
  }

  private chain(value: Fields, where: string): void {
    const tableKey = `${String(value.family)}/${String(value.table)}`;
    const key = `${tableKey}/${String(value.name)}`;
    if (this.isIptablesTable(tableKey) && this.options.iptablesChains?.has(key) !== false) return;
    const table = this.tableOf(tableKey);
    if (table === null || typeof value.name !== 'string') {
      this.warn(where, value, 'the chain has no name, or stands in no table');
      return;
    }
    const { attributes, problem } = readNftChain(value);
    if (problem !== null) this.warn(where, value, problem);
    const chain: Chain = {
      type: 'chain',
      id: ids.chain(table.id, value.name),
      sandbox: table.sandbox,
      table: table.id,
      name: value.name,
      ...attributes,
      owner: ownerOfChain({ table: table.name, backend: 'nftables', chain: value.name }),
      rules: [],
    };
    table.chains.push(chain.id);
    this.chains.set(key, chain);
    this.result.chains.push(chain);
  }

  private set(kind: 'set' | 'map' | 'meter', value: Fields, where: string): void {
    const tableKey = `${String(value.family)}/${String(value.table)}`;
    if (this.isIptablesTable(tableKey) && this.options.iptablesChains === undefined) return;
    const table = this.tableOf(tableKey);
    if (table === null || typeof value.name !== 'string') {
      this.warn(where, value, 'the set has no name, or stands in no table');
      return;
    }
    const { set, unknown } = readNftSet(kind, value, { table, name: value.name, version: this.version });
    for (const part of unknown) this.warn(where, part, `a part of the set ${set.name} is not understood`);
    this.sets.set(`${tableKey}/${set.name}`, { set, value, kind });
    this.result.sets.push(set);
  }

  private element(value: Fields, where: string): void {
    const tableKey = `${String(value.family)}/${String(value.table)}`;
    const known = this.sets.get(`${tableKey}/${String(value.name)}`);
    if (known === undefined) {
      this.warn(where, value, 'the element stands in no set');
      return;
    }
    const { table, name } = { table: this.tables.get(tableKey), name: known.set.name };
    if (table === undefined) return;
    known.value = { ...known.value, elem: [...listOf(known.value.elem), ...listOf(value.elem)] };
    Object.assign(known.set, readNftSet(known.kind, known.value, { table, name, version: this.version }).set);
  }

  private rule(value: Fields, where: string): void {
    const tableKey = `${String(value.family)}/${String(value.table)}`;
    const chainKey = `${tableKey}/${String(value.chain)}`;
    this.ruleCounts.set(chainKey, (this.ruleCounts.get(chainKey) ?? 0) + 1);
    const chain = this.chains.get(chainKey);
    if (chain === undefined) {
      if (!this.isIptablesTable(tableKey)) this.warn(where, value, 'the rule stands in no chain');
      return;
    }
    const handle = typeof value.handle === 'number' ? value.handle : null;
    const comment = typeof value.comment === 'string' ? value.comment : null;
    const readings = listOf(value.expr).map(readNftStatement);
    const body: NftBody = { syntax: 'nft', statements: readings.map((reading) => reading.statement) };
    const printed = nftRuleText(body.statements, comment, { family: String(value.family), version: this.version });
    // Without -a there is no handle: the position is the best that is left.
    const id = `rule:${chain.id.slice('chain:'.length)}/${handle ?? `at${chain.rules.length + 1}`}`;
    const counters = readings.find((reading) => reading.counters !== null)?.counters;
    if (counters) this.result.counters[id] = counters;
    const targets = jumpsOfNft(body, (map) => {
      const elements = this.sets.get(`${tableKey}/${map}`)?.value.elem;
      return elements === undefined ? [] : verdictTargets(elements);
    });
    chain.rules.push(id);
    this.result.rules.push({
      type: 'rule',
      id,
      sandbox: chain.sandbox,
      chain: chain.id,
      handle,
      text: printed.text,
      comment,
      owner: this.options.known?.swarmSandbox === true ? 'swarm' : chain.owner,
      body,
      unparsed: printed.unparsed,
      jumpsTo: targets.map((target) => ids.chain(chain.table, target)),
      verdict: verdictOfNft(body),
      translation: translationOfNft(body),
      mentions: mentionsOfNft(body),
    });
  }

  /** The two tools read the same rules: when they disagree, one of them did not see all. */
  private compareCounts(): void {
    for (const [key, count] of this.options.iptablesChains ?? []) {
      const table = key.split('/', 2).join('/');
      const seen = this.ruleCounts.get(key) ?? 0;
      if (seen === count || !this.isIptablesTable(table)) continue;
      // A table that nft does not have at all is a legacy one, or nft was not read.
      if (!this.hidden.has(table) && !this.tables.has(table)) continue;
      this.result.warnings.push({
        where: key,
        text: `${count} rules in iptables-save, ${seen} in nft`,
        reason: 'iptables-save and nft show different numbers of rules in this chain',
      });
    }
  }

  private warn(where: string, value: NftExpression, reason: string): void {
    const text = asObject(value) === null ? String(value) : JSON.stringify(value);
    this.result.warnings.push({ where, text: shorten(text), reason });
  }
}
