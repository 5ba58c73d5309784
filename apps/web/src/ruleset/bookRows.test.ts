import type { BookChain, RuleBook } from '@vethscope/graph';
import type { Chain, Rule, Table } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { bookRows, chainOf } from './bookRows.ts';
import { markedPieces } from './markedPieces.ts';
import { moveInBook } from './moveInBook.ts';

function entry(name: string, policy: Chain['policy'], rules: string[]): BookChain {
  return {
    chain: { id: `chain:${name}`, name, policy, hook: policy === null ? null : 'forward' } as Chain,
    table: { name: 'filter', family: 'ip' } as Table,
    rules: rules.map((id) => ({ id, text: id }) as Rule),
    depth: policy === null ? 1 : 0,
    callers: [],
  };
}

const book: RuleBook = {
  sandbox: 'sandbox:host',
  hooks: [{ hook: 'forward', chains: [entry('FORWARD', 'drop', ['a', 'b']), entry('USER', null, ['c'])] }],
  sets: [],
  rules: 3,
};
const rows = bookRows(book);

describe('bookRows', () => {
  it('has a line for each hook, chain, rule, and for the policy at the end of a base chain', () => {
    expect(rows.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'hook hook forward',
      'chain chain:FORWARD',
      'rule a',
      'rule b',
      'policy policy chain:FORWARD',
      'chain chain:USER',
      'rule c',
    ]);
  });

  it('knows in which chain a line stands', () => {
    expect(rows.map((row) => chainOf(row)?.chain.name ?? null)).toEqual([
      null,
      'FORWARD',
      'FORWARD',
      'FORWARD',
      'FORWARD',
      'USER',
      'USER',
    ]);
  });
});

describe('moveInBook', () => {
  it('goes by line, by page, by chain, and stays within the book', () => {
    const from = (index: number, key: string) => moveInBook(rows, index, key, 3);
    expect([from(0, 'ArrowDown'), from(0, 'ArrowUp'), from(6, 'ArrowDown'), from(5, 'PageDown')]).toEqual([1, 0, 6, 6]);
    expect([from(0, ']'), from(1, ']'), from(5, ']'), from(6, '['), from(5, '['), from(0, '[')]).toEqual([
      1, 5, 5, 5, 1, 0,
    ]);
    expect(from(0, 'x')).toBeNull();
  });
});

describe('markedPieces', () => {
  it('marks what is sought, the longer of two, and loses nothing', () => {
    const pieces = markedPieces('-d 172.17.0.4/32 -j DROP', ['172.17', '172.17.0.4', 'drop']);
    expect(pieces.map(({ piece }) => piece).join('')).toBe('-d 172.17.0.4/32 -j DROP');
    expect(pieces.filter(({ marked }) => marked).map(({ piece }) => piece)).toEqual(['172.17.0.4', 'DROP']);
  });
});
