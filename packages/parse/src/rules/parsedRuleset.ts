import type { Chain, NetfilterSet, Rule, Table } from '@vethscope/model';

/** A part of a reading that was not understood. `where` is "line 12" or a path in the JSON. */
export interface ParseWarning {
  where: string;
  text: string;
  reason: string;
}

export interface RuleCounters {
  packets: number;
  bytes: number;
}

/** What one reading of one tool in one sandbox says. `counters` is keyed by rule id and, for what a base chain's policy counted, by chain id. */
export interface ParsedRuleset {
  tables: Table[];
  chains: Chain[];
  rules: Rule[];
  sets: NetfilterSet[];
  counters: Record<string, RuleCounters>;
  warnings: ParseWarning[];
  /** "family/name" of every table that the tool listed, those included that are not given, in the order in which they were made. */
  order?: string[];
}
