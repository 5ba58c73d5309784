import type { Chain, NamespaceReadings, NetfilterSet, Rule, SourceName, Table, Warning } from '@vethscope/model';
import { parseIpsetSave } from './rules/ipsetSave.ts';
import { parseIptablesSave } from './rules/iptablesSave.ts';
import { parseNftRuleset } from './rules/nftRuleset.ts';
import type { OwnerContext } from './rules/owner.ts';
import type { ParsedRuleset, ParseWarning, RuleCounters } from './rules/parsedRuleset.ts';
import { type IptablesBackend, iptablesBackend } from './rulesetBackend.ts';
import { WarningList } from './warnings.ts';

export interface ParsedRulesets {
  tables: Table[];
  chains: Chain[];
  rules: Rule[];
  sets: NetfilterSet[];
  /** By Rule id, and by Chain id for what a policy counted. */
  counters: Record<string, RuleCounters>;
  warnings: Warning[];
}

type RulesetReadings = Pick<
  NamespaceReadings,
  'iptables' | 'ip6tables' | 'iptablesLegacy' | 'ip6tablesLegacy' | 'nft' | 'ipsets'
>;

interface SaveReading {
  source: SourceName;
  text: string;
  family: 'ip' | 'ip6';
  backend: IptablesBackend;
}

const families = [
  { family: 'ip', source: 'iptables', legacySource: 'iptablesLegacy' },
  { family: 'ip6', source: 'ip6tables', legacySource: 'ip6tablesLegacy' },
] as const;

/** Which texts to parse as which backend: the two programs may have shown the same set, which then counts once. */
function saveReadings(readings: RulesetReadings, warnings: (source: SourceName) => WarningList): SaveReading[] {
  return families.flatMap(({ family, source, legacySource }): SaveReading[] => {
    const text = readings[source] ?? '';
    const legacyText = readings[legacySource];
    const legacy: SaveReading[] =
      legacyText === undefined || legacyText === ''
        ? []
        : [{ source: legacySource, text: legacyText, family, backend: 'iptables-legacy' }];
    if (text === '') return legacy;
    const { backend, guessed } = iptablesBackend({ text, legacyText, nftText: readings.nft, family });
    if (guessed) {
      warnings(source).add(
        'the first line',
        text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')),
        'nothing says which of the kernel’s two sets of rules this is; it is taken as iptables-legacy',
      );
    }
    if (backend === 'iptables-legacy' && legacy.length > 0) return legacy;
    return [{ source, text, family, backend }, ...legacy];
  });
}

/**
 * All of netfilter in one namespace. iptables-nft tables are taken from iptables-save, which prints what people write; the same
 * tables in nft's list are left out then. Without a reading of iptables-save nft's list has them all.
 */
export function parseRulesets(
  readings: RulesetReadings,
  options: { sandbox: string; known: OwnerContext },
): ParsedRulesets {
  const { sandbox, known } = options;
  const result: ParsedRulesets = { tables: [], chains: [], rules: [], sets: [], counters: {}, warnings: [] };
  const lists = new Map<SourceName, WarningList>();
  const listFor = (source: SourceName): WarningList => {
    const list = lists.get(source) ?? new WarningList(source, sandbox);
    lists.set(source, list);
    return list;
  };
  const warn = (source: SourceName, given: readonly ParseWarning[]) => {
    for (const { where, text, reason } of given) listFor(source).add(where, text, reason);
  };
  const take = (source: SourceName, parsed: ParsedRuleset) => {
    for (const table of parsed.tables) result.tables.push(table);
    for (const chain of parsed.chains) result.chains.push(chain);
    for (const rule of parsed.rules) result.rules.push(rule);
    for (const set of parsed.sets) result.sets.push(set);
    Object.assign(result.counters, parsed.counters);
    warn(source, parsed.warnings);
  };

  const iptablesTables = new Set<string>();
  const iptablesChains = new Map<string, number>();
  for (const { source, text, family, backend } of saveReadings(readings, listFor)) {
    const parsed = parseIptablesSave(text, { sandbox, family, backend, known });
    take(source, parsed);
    if (backend !== 'iptables-nft') continue;
    const keys = new Map(parsed.tables.map(({ id, name }) => [id, `${family}/${name}`]));
    for (const key of keys.values()) iptablesTables.add(key);
    for (const chain of parsed.chains) iptablesChains.set(`${keys.get(chain.table)}/${chain.name}`, chain.rules.length);
  }
  if (readings.nft !== undefined && readings.nft !== '') {
    const parsed = parseNftRuleset(readings.nft, { sandbox, iptablesTables, iptablesChains, known });
    take('nft', parsed);
    // Chains of one priority are called in an order that depends on which was made first, and only nft's list has that of all tables.
    const made = new Map((parsed.order ?? []).map((key, at) => [key, at]));
    const placeOf = ({ family, name }: Table) => made.get(`${family}/${name}`) ?? -1;
    result.tables.sort((a, b) => placeOf(a) - placeOf(b));
  }
  if (readings.ipsets !== undefined) {
    const parsed = parseIpsetSave(readings.ipsets, { sandbox });
    result.sets.push(...parsed.sets);
    warn('ipsets', parsed.warnings);
  }
  result.warnings = [...lists.values()].flatMap((list) => list.list);
  return result;
}
