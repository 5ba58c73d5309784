import { NetfilterSet } from '@vethscope/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpsetSave } from './ipsetSave.ts';

const parse = (text: string) => parseIpsetSave(text, { sandbox: 'sandbox:host' });

describe('parseIpsetSave', () => {
  it('reads sets with their options and elements', () => {
    const { sets, warnings } = parse(
      [
        'create docker-ext-bridges-v4 hash:net family inet hashsize 1024 maxelem 65536 counters comment',
        'add docker-ext-bridges-v4 172.17.0.0/16 packets 0 bytes 0 comment "the default"',
        'add docker-ext-bridges-v4 10.0.0.0/8 nomatch',
        'create six hash:ip,port family inet6 hashsize 1024 maxelem 65536 timeout 300',
        'add six fd00::1,tcp:80 timeout 12',
        'create list list:set size 8',
        '',
      ].join('\n'),
    );
    expect(warnings).toEqual([]);
    expect(sets.map((set) => NetfilterSet.parse(set))).toEqual([
      {
        type: 'netfilterSet',
        id: 'netfilterSet:host/ipset/docker-ext-bridges-v4',
        sandbox: 'sandbox:host',
        table: null,
        name: 'docker-ext-bridges-v4',
        kind: 'ipset',
        dataType: 'hash:net',
        family: 'inet',
        flags: ['family inet', 'hashsize 1024', 'maxelem 65536', 'counters', 'comment'],
        elements: ['172.17.0.0/16 packets 0 bytes 0 comment "the default"', '10.0.0.0/8 nomatch'],
        data: [],
      },
      expect.objectContaining({ family: 'inet6', elements: ['fd00::1,tcp:80 timeout 12'] }),
      expect.objectContaining({ family: null, dataType: 'list:set', flags: ['size 8'] }),
    ]);
  });

  it('warns of what it cannot place, with its line', () => {
    expect(parse('add nowhere 1.2.3.4\nfrob\n').warnings).toEqual([
      { where: 'line 1', text: 'add nowhere 1.2.3.4', reason: 'the set nowhere is not declared' },
      { where: 'line 2', text: 'frob', reason: 'is no line of ipset save' },
    ]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
  });
});
