import { type Chain, ids, type Table } from '@vethscope/model';
import { digest } from './digest.ts';
import { iptablesBaseChain } from './iptablesBaseChains.ts';
import { type IptablesRuleReading, readIptablesRule } from './iptablesRule.ts';
import { jumpTarget, mentionsOfIptables, translationOfIptables, verdictOfIptables } from './mentions.ts';
import { type OwnerContext, ownerOfChain, ownerOfRule, ownerOfTable } from './owner.ts';
import type { ParsedRuleset, RuleCounters } from './parsedRuleset.ts';
import { splitWords, type Word } from './words.ts';

export interface IptablesSaveOptions {
  /** The sandbox's id, "sandbox:host". */
  sandbox: string;
  family: 'ip' | 'ip6';
  backend: 'iptables-nft' | 'iptables-legacy';
  /** What Docker is known to have made; without it the usual names are taken for Docker's. */
  known?: OwnerContext;
}

export interface ParsedIptablesSave extends ParsedRuleset {
  /** iptables-nft said that there are legacy tables as well ("# Warning: iptables-legacy tables present"). */
  legacyTablesPresent: boolean;
  /** Tables of which iptables-nft said that only `nft` can print them: they are not among `tables`. */
  incompatibleTables: string[];
}

const policies = new Map<string, Chain['policy']>([
  ['ACCEPT', 'accept'],
  ['DROP', 'drop'],
]);
const chainLine = /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?\s*$/;

/**
 * Parses what `iptables-save -c` or `ip6tables-save -c` printed (with or without counters), of either variant. Never throws: a line that is
 * broken becomes a warning "line N", a rule with unknown parts is kept with its text and says in `unparsed` what they are.
 */
export function parseIptablesSave(text: string, options: IptablesSaveOptions): ParsedIptablesSave {
  return new Reader(options).read(text);
}

class Reader {
  private readonly result: ParsedIptablesSave = {
    tables: [],
    chains: [],
    rules: [],
    sets: [],
    counters: {},
    warnings: [],
    legacyTablesPresent: false,
    incompatibleTables: [],
  };
  private table: Table | null = null;
  /** The chains of the table that is being read, and how often a text stood in it, by its digest. */
  private chains = new Map<string, Chain>();
  private seen = new Map<string, number>();
  private readonly tables = new Map<string, { table: Table; chains: Map<string, Chain>; seen: Map<string, number> }>();
  private readonly options: IptablesSaveOptions;
  private readonly hasChain = (name: string) => this.chains.has(name);

  constructor(options: IptablesSaveOptions) {
    this.options = options;
  }

  read(text: string): ParsedIptablesSave {
    const lines = text.split('\n');
    for (let index = 0; index < lines.length; index++) {
      const start = index;
      let line = lines[index] ?? '';
      if (line.endsWith('\r')) line = line.slice(0, -1);
      const first = line.charCodeAt(0);
      // "[" or "-": a rule, by far the most lines.
      if (first === 91 || first === 45) {
        let split = splitWords(line);
        // A comment may hold a line break, which is printed as it is.
        while (split.open && index + 1 < lines.length && !startsEntry(lines[index + 1] ?? '')) {
          index++;
          line = `${line}\n${lines[index] ?? ''}`;
          split = splitWords(line);
        }
        this.rule(line, split, start + 1);
      } else if (line.trim() !== '') this.otherLine(line, start + 1);
    }
    if (this.table !== null) {
      this.warn(lines.length, `*${this.table.name}`, 'the table has no COMMIT: the reading may be cut short');
    }
    return this.result;
  }

  private otherLine(line: string, number: number): void {
    if (line.startsWith('#')) this.comment(line);
    else if (line.startsWith('*')) this.startTable(line.slice(1).trim(), number);
    else if (line.startsWith(':')) this.chain(line, number);
    else if (line.trim() === 'COMMIT') this.table = null;
    else this.warn(number, line, 'is no line of iptables-save');
  }

  private comment(line: string): void {
    if (/iptables-legacy tables present/.test(line)) this.result.legacyTablesPresent = true;
    const incompatible = /Table [`'"]?([^`'"\s]+)['"]? is incompatible/.exec(line)?.[1];
    if (incompatible !== undefined) this.result.incompatibleTables.push(incompatible);
  }

  private startTable(name: string, number: number): void {
    if (name === '') {
      this.warn(number, '*', 'the table has no name');
      return;
    }
    const { sandbox, backend, family } = this.options;
    const id = ids.table(sandbox, backend, family, name);
    const again = this.tables.get(name);
    const table: Table = again?.table ?? {
      type: 'table',
      id,
      sandbox,
      backend,
      family,
      name,
      owner: ownerOfTable({ backend, name }),
      chains: [],
      flags: [],
    };
    this.table = table;
    this.chains = again?.chains ?? new Map();
    this.seen = again?.seen ?? new Map();
    if (again !== undefined) {
      this.warn(number, `*${name}`, 'the table stands twice: its rules are put together');
      return;
    }
    this.tables.set(name, { table, chains: this.chains, seen: this.seen });
    this.result.tables.push(table);
  }

  private chain(line: string, number: number): void {
    const read = chainLine.exec(line);
    const name = read?.[1];
    if (this.table === null || read === null || name === undefined) {
      this.warn(number, line, this.table === null ? 'stands outside of a table' : 'is no chain line');
      return;
    }
    const chain = this.addChain(this.table, name, policies.get(read[2] ?? '') ?? null);
    if (read[3] !== undefined && chain.hook !== null)
      this.result.counters[chain.id] = { packets: Number(read[3]), bytes: Number(read[4]) };
    if (chain.policy === null && read[2] !== '-') this.warn(number, line, `the policy ${read[2]} is not known`);
  }

  private addChain(table: Table, name: string, policy: Chain['policy']): Chain {
    const id = ids.chain(table.id, name);
    const known = this.chains.get(name);
    if (known !== undefined) return known;
    const base = iptablesBaseChain(table.name, name);
    const chain: Chain = {
      type: 'chain',
      id,
      sandbox: table.sandbox,
      table: table.id,
      name,
      ...base,
      policy,
      devices: [],
      owner: ownerOfChain({ table: table.name, backend: table.backend, chain: name }),
      rules: [],
    };
    this.chains.set(name, chain);
    table.chains.push(id);
    this.result.chains.push(chain);
    return chain;
  }

  private rule(line: string, { words, open }: ReturnType<typeof splitWords>, number: number): void {
    const counters = readCounters(words[0]);
    const command = words[counters === null ? 0 : 1];
    const chainWord = words[counters === null ? 1 : 2];
    const appends = command?.text === '-A' || command?.text === '--append';
    if (open) this.warn(number, line, 'a quoted word does not end');
    if (this.table === null) {
      this.warn(number, line, 'stands outside of a table');
      return;
    }
    if (command === undefined || chainWord === undefined || !appends) {
      this.warn(number, line, 'is no rule of iptables-save');
      return;
    }

    let chain = this.chains.get(chainWord.text);
    if (chain === undefined) {
      this.warn(number, line, `the chain ${chainWord.text} is not declared`);
      chain = this.addChain(this.table, chainWord.text, null);
    }
    const reading = readIptablesRule(words, counters === null ? 2 : 3, {
      family: this.options.family,
      hasChain: this.hasChain,
    });
    const text = line.slice(command.start).trimEnd();
    if (open) reading.unparsed = text;
    const id = this.addRule(chain, text, reading, this.table);
    if (counters !== null) this.result.counters[id] = counters;
  }

  private addRule(chain: Chain, text: string, { body, comment, unparsed }: IptablesRuleReading, table: Table): string {
    const name = digest(text);
    // The text names the chain, so that one list will do for the table.
    const times = (this.seen.get(name) ?? 0) + 1;
    this.seen.set(name, times);
    const id = `rule:${chain.id.slice('chain:'.length)}/${name}${times === 1 ? '' : `~${times}`}`;
    const jump = jumpTarget(body);
    chain.rules.push(id);
    this.result.rules.push({
      type: 'rule',
      id,
      sandbox: chain.sandbox,
      chain: chain.id,
      handle: null,
      text,
      comment,
      owner: ownerOfRule({ table: table.name, chain, body, comment }, this.options.known),
      body,
      unparsed,
      jumpsTo: jump === null ? [] : [ids.chain(table.id, jump)],
      verdict: verdictOfIptables(body),
      translation: translationOfIptables(body),
      mentions: mentionsOfIptables(body),
    });
    return id;
  }

  private warn(line: number, text: string, reason: string): void {
    this.result.warnings.push({ where: `line ${line}`, text, reason });
  }
}

/** "[12:345]", which `iptables-save -c` prints before a rule. */
function readCounters(word: Word | undefined): RuleCounters | null {
  if (word === undefined || word.text.charCodeAt(0) !== 91 || !word.text.endsWith(']')) return null;
  const colon = word.text.indexOf(':');
  const packets = Number(word.text.slice(1, colon));
  const bytes = Number(word.text.slice(colon + 1, -1));
  return colon < 2 || Number.isNaN(packets) || Number.isNaN(bytes) ? null : { packets, bytes };
}

/** Whether a line begins an entry of its own, and so cannot go on with a comment of the line before. */
function startsEntry(line: string): boolean {
  return /^(?:-A |\[\d+:\d+\] -A |COMMIT|\*|:|#)/.test(line);
}
