import { expect, it } from 'vitest';
import { parseNftRuleset } from './nftRuleset.ts';

const table = (name: string) => [
  { table: { family: 'inet', name, handle: 1, flags: ['owner'] } },
  {
    chain: {
      family: 'inet',
      table: name,
      name: 'output',
      handle: 2,
      type: 'filter',
      hook: 'output',
      prio: 0,
      policy: 'accept',
    },
  },
  { rule: { family: 'inet', table: name, chain: 'output', handle: 3, expr: [{ accept: null }] } },
];
const listing = (names: string[]) =>
  JSON.stringify({ nftables: [{ metainfo: { json_schema_version: 1, version: '1.0.6' } }, ...names.flatMap(table)] });
const parsed = (names: string[]) => parseNftRuleset(listing(names), { sandbox: 'sandbox:host' });

it('a probe’s own table is no part of the host, and leaves no warning', () => {
  const { tables, chains, rules, warnings } = parsed(['mine', 'vethscope_probe']);
  expect([tables, chains, rules].map((list) => list.length)).toEqual([1, 1, 1]);
  expect(tables[0]?.name).toBe('mine');
  expect(warnings).toEqual([]);
  expect(parsed(['vethscope_probe'])).toMatchObject({ tables: [], chains: [], rules: [] });
});
