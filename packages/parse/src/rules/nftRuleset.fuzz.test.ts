import { Chain, NetfilterSet, Rule, Table } from '@vethscope/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNftRuleset } from './nftRuleset.ts';

const metainfo = { metainfo: { version: '1.1.7', release_name: 'X', json_schema_version: 1 } };
const json = (...entries: unknown[]) => JSON.stringify({ nftables: [metainfo, ...entries] });
const parse = (text: string) => parseNftRuleset(text, { sandbox: 'sandbox:host' });
const table = { table: { family: 'ip', name: 'docker-bridges', handle: 1 } };
const place = { family: 'ip', table: 'docker-bridges' };

describe('parseNftRuleset, given what nft would not write,', () => {
  it('survives an entry that is nested without end', () => {
    const deep = `${'{"set":['.repeat(50_000)}1${']}'.repeat(50_000)}`;
    const rule = `{"rule":{"family":"ip","table":"docker-bridges","chain":"c","handle":1,"expr":[{"match":{"op":"==","left":1,"right":${deep}}}]}}`;
    const { warnings } = parse(
      `{"nftables":[${JSON.stringify(table)},{"chain":{"family":"ip","table":"docker-bridges","name":"c","handle":1}},${rule}]}`,
    );
    expect(warnings.map(({ reason }) => reason)).toEqual(['is nested too deeply']);
  });

  it('never throws, whatever the JSON, and gives valid records', () => {
    const key = fc.constantFrom(
      'table',
      'chain',
      'rule',
      'set',
      'map',
      'element',
      'metainfo',
      'constructor',
      'counter',
    );
    const field = fc.constantFrom(
      'family',
      'name',
      'table',
      'chain',
      'handle',
      'expr',
      'elem',
      'type',
      'hook',
      'prio',
      'map',
      'match',
      'left',
      'right',
      'meta',
      'set',
      'vmap',
      'data',
      'dnat',
      'limit',
      'xt',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>('ip', 'docker-bridges', 'c', '@s', 1, null, true, 'filter', 'constructor'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(field, tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const entry = fc.tuple(key, fc.dictionary(field, value, { maxKeys: 6 })).map(([name, fields]) => ({
      [name]: { family: 'ip', table: 'docker-bridges', name: 'c', chain: 'c', ...fields },
    }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const parsed = parse(json(table, { chain: { ...place, name: 'c', handle: 1 } }, ...entries));
        for (const record of parsed.tables) Table.parse(record);
        for (const record of parsed.chains) Chain.parse(record);
        for (const record of parsed.rules) Rule.parse(record);
        for (const record of parsed.sets) NetfilterSet.parse(record);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
  });
});
