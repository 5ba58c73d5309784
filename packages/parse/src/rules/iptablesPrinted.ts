import type { ParsedIptablesSave } from './iptablesSave.ts';

/** What iptables-save of the nft variant printed, as parseNftRuleset asks for it. */
export interface IptablesPrinted {
  /** "ip/filter". */
  iptablesTables: Set<string>;
  /** "ip/filter/INPUT" to its number of rules. */
  iptablesChains: Map<string, number>;
}

/**
 * The tables and chains that nft's list repeats: those of the nft variant. Legacy tables are none of nft's, so a reading of them counts for
 * nothing here.
 */
export function iptablesPrinted(readings: readonly ParsedIptablesSave[]): IptablesPrinted {
  const printed: IptablesPrinted = { iptablesTables: new Set(), iptablesChains: new Map() };
  for (const { tables, chains } of readings) {
    const keys = new Map<string, string>();
    for (const table of tables) {
      if (table.backend !== 'iptables-nft') continue;
      const key = `${table.family}/${table.name}`;
      keys.set(table.id, key);
      printed.iptablesTables.add(key);
    }
    for (const chain of chains) {
      const key = keys.get(chain.table);
      if (key !== undefined) printed.iptablesChains.set(`${key}/${chain.name}`, chain.rules.length);
    }
  }
  return printed;
}
