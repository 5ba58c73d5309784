/** A chain. `head`: of a base chain its policy (iptables) or its type, hook, priority and policy (nft); null for one that is jumped to. */
export interface FuzzChain {
  name: string;
  head: string | null;
  rules: string[];
}

/** `declarations`: named sets and maps of an nft table, in nft's words. */
export interface FuzzTable {
  language: 'iptables' | 'nft';
  family: 'ip' | 'ip6' | 'inet';
  name: string;
  declarations: string[];
  chains: FuzzChain[];
}

export interface FuzzRuleSet {
  seed: number;
  /** Lines for `ipset restore`. */
  ipsets: string[];
  tables: FuzzTable[];
}

/** The text for iptables-nft-restore or ip6tables-nft-restore; null where the set has no table of that family. */
export function iptablesText({ tables }: FuzzRuleSet, family: 'ip' | 'ip6'): string | null {
  const own = tables.filter((table) => table.language === 'iptables' && table.family === family);
  if (own.length === 0) return null;
  const words = own.map(({ name, chains }) =>
    [
      `*${name}`,
      ...chains.map((chain) => `:${chain.name} ${chain.head ?? '-'} [0:0]`),
      ...chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name} ${rule}`)),
      'COMMIT',
      '',
    ].join('\n'),
  );
  return words.join('');
}

/** The text for `nft -f`. Every chain is declared before the rules, as jumps may go to any of them. */
export function nftText({ tables }: FuzzRuleSet): string {
  const own = tables.filter(({ language }) => language === 'nft');
  return own
    .map(({ family, name, declarations, chains }) => {
      const blocks = chains.map(({ name: chain, head, rules }) =>
        [
          `  chain ${chain} {`,
          ...(head === null ? [] : [`    ${head}`]),
          ...rules.map((rule) => `    ${rule}`),
          '  }',
        ].join('\n'),
      );
      return [`table ${family} ${name} {`, ...declarations.map((each) => `  ${each}`), ...blocks, '}', ''].join('\n');
    })
    .join('');
}

/** All that would be typed to load it. */
export function ruleSetText(set: FuzzRuleSet): string {
  const part = (title: string, text: string | null) =>
    text === null || text === '' ? [] : [`# ${title}`, text.trimEnd()];
  return [
    ...part('ipset restore', set.ipsets.join('\n')),
    ...part('iptables-nft-restore', iptablesText(set, 'ip')),
    ...part('ip6tables-nft-restore', iptablesText(set, 'ip6')),
    ...part('nft -f -', nftText(set)),
  ].join('\n');
}

/** Which rule: the table's number, the chain's, the rule's. */
export type RulePlace = readonly [table: number, chain: number, rule: number];

export function rulePlaces({ tables }: FuzzRuleSet): RulePlace[] {
  return tables.flatMap(({ chains }, table) =>
    chains.flatMap(({ rules }, chain) => rules.map((_, rule): RulePlace => [table, chain, rule])),
  );
}

/** The same set with only these rules. Tables, chains and sets stay, so that what refers to them can be loaded. */
export function withOnly(set: FuzzRuleSet, kept: readonly RulePlace[]): FuzzRuleSet {
  const wanted = new Set(kept.map(String));
  const tables = set.tables.map((table, tableAt) => ({
    ...table,
    chains: table.chains.map((chain, chainAt) => ({
      ...chain,
      rules: chain.rules.filter((_, ruleAt) => wanted.has(String([tableAt, chainAt, ruleAt]))),
    })),
  }));
  return { ...set, tables };
}

const wordsOf = (texts: readonly string[]) => new Set(texts.join(' ').split(/[^\w-]+/));

/** Without sets and maps that no rule names. */
export function withoutUnusedSets(set: FuzzRuleSet): FuzzRuleSet {
  const tables = set.tables.map((table) => {
    const named = wordsOf(table.chains.flatMap(({ rules }) => rules));
    return { ...table, declarations: table.declarations.filter((each) => named.has(each.split(' ')[1] ?? '')) };
  });
  const named = wordsOf(tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules)));
  return { ...set, tables, ipsets: set.ipsets.filter((line) => named.has(line.split(' ')[1] ?? '')) };
}

/** Without chains that hold nothing and drop nothing, and tables of such. Whether it is the same set must be tried: an empty chain of nat brings nat. */
export function withoutEmptyChains(set: FuzzRuleSet): FuzzRuleSet {
  const tables = set.tables.flatMap((table) => {
    const named = wordsOf([...table.chains.flatMap(({ rules }) => rules), ...table.declarations]);
    const chains = table.chains.filter(
      ({ name, head, rules }) => rules.length > 0 || (head === null ? named.has(name) : /drop/i.test(head)),
    );
    return chains.length === 0 ? [] : [{ ...table, chains }];
  });
  return { ...set, tables };
}
