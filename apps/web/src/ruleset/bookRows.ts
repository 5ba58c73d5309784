import type { BookChain, BookHook, BookSet, RuleBook } from '@vethscope/graph';
import type { Rule } from '@vethscope/model';

/** One line of the book. `key` is the record's id where the line stands for a record. `level` counts as aria-level does. */
export type BookRow =
  | { kind: 'hook'; key: string; level: 1; section: BookHook; rules: number }
  | { kind: 'chain'; key: string; level: 2; entry: BookChain }
  | { kind: 'rule'; key: string; level: 3; entry: BookChain; rule: Rule; position: number }
  | { kind: 'policy'; key: string; level: 3; entry: BookChain; policy: 'accept' | 'drop' }
  | { kind: 'sets'; key: 'sets'; level: 1; count: number }
  | { kind: 'set'; key: string; level: 2; entry: BookSet };

/** The book from top to bottom, one row for whatever has a line of its own. */
export function bookRows({ hooks, sets }: RuleBook): BookRow[] {
  const rows: BookRow[] = [];
  for (const section of hooks) {
    const rules = section.chains.reduce((sum, each) => sum + each.rules.length, 0);
    rows.push({ kind: 'hook', key: hookKey(section.hook), level: 1, section, rules });
    for (const entry of section.chains) {
      rows.push({ kind: 'chain', key: entry.chain.id, level: 2, entry });
      entry.rules.forEach((rule, index) => {
        rows.push({ kind: 'rule', key: rule.id, level: 3, entry, rule, position: index + 1 });
      });
      const { policy } = entry.chain;
      if (policy !== null && entry.rules.length > 0)
        rows.push({ kind: 'policy', key: `policy ${entry.chain.id}`, level: 3, entry, policy });
    }
  }
  if (sets.length > 0) {
    rows.push({ kind: 'sets', key: 'sets', level: 1, count: sets.length });
    for (const entry of sets) rows.push({ kind: 'set', key: entry.set.id, level: 2, entry });
  }
  return rows;
}

export const hookKey = (hook: BookHook['hook']) => `hook ${hook ?? 'none'}`;

/** The chain in which a row stands, for saying where in the book one is. */
export function chainOf(row: BookRow): BookChain | null {
  switch (row.kind) {
    case 'chain':
    case 'rule':
    case 'policy':
      return row.entry;
    case 'hook':
    case 'sets':
    case 'set':
      return null;
  }
}

/** What stands beside the text of a rule in its line, in pixels: ruleset.css has the same figures. */
const besideText = 324;
const letterWidth = 7.2;
const lineHeight = 19;

/**
 * What a row is high before it is measured, in pixels, in a list of this width. Exact for all but rules whose sentence needs a second line: each row
 * that comes out otherwise makes all behind it be placed anew.
 */
export function likelyHeight(row: BookRow, width: number): number {
  switch (row.kind) {
    case 'hook':
    case 'sets':
      return 52;
    case 'chain':
      return 36;
    case 'policy':
      return 30;
    case 'set':
      return 36;
    case 'rule': {
      const letters = Math.max(20, Math.floor((width - besideText) / letterWidth));
      return 36 + Math.ceil(row.rule.text.length / letters) * lineHeight;
    }
  }
}
