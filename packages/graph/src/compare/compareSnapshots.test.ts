import { fixtureNames, readFixture } from '@vethscope/fixtures';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSentence } from './changeSentence.ts';
import { difference } from './compareRules.ts';
import { compareSnapshots } from './compareSnapshots.ts';

const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
const copy = (): Snapshot => structuredClone(snapshot);
const told = (after: Snapshot, before = snapshot) => compareSnapshots(before, after).changes.map(changeSentence);

function containerNamed({ records }: Snapshot, name: string) {
  const found = Object.values(records.container).find((each) => each.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
}

describe('compareSnapshots', () => {
  it.each(fixtureNames)('finds nothing between %s and itself', (name) => {
    const one = snapshotOf(parseRecording(readFixture(name)));
    expect(told(structuredClone(one), one)).toEqual([]);
  });

  it('tells of a container that left a network, once', () => {
    const after = copy();
    const web = containerNamed(after, 'web');
    const endpoint = Object.values(after.records.endpoint).find(
      (each) => each.container === web.id && after.records.network[each.network]?.name === 'front',
    );
    for (const id of [endpoint?.inside, endpoint?.outside]) delete after.records.link[id ?? ''];
    delete after.records.endpoint[endpoint?.id ?? ''];
    for (const route of Object.values(after.records.route)) {
      if (route.link === endpoint?.inside) delete after.records.route[route.id];
    }
    const routes = ['0.0.0.0/0', '172.30.1.0/24'].map((to) => expect.stringContaining(`route ${to} (sidecar, web)`));
    expect(told(after)).toEqual([expect.stringMatching(/^web left front, 172\.\d+\.\d+\.\d+$/), ...routes]);
    expect(told(snapshot, after)).toEqual([expect.stringMatching(/^web joined front, 172\./), ...routes]);
  });

  it('knows a container again that was made anew, with another id, namespace and veth', () => {
    const text = JSON.stringify(snapshot);
    const { engineId, sandbox } = containerNamed(snapshot, 'my-nginx');
    const netns = (sandbox ?? '').slice('sandbox:'.length);
    const after: Snapshot = JSON.parse(
      text
        .replaceAll(engineId, 'f'.repeat(64))
        .replaceAll(engineId.slice(0, 24), 'f'.repeat(24))
        .replaceAll(engineId.slice(0, 12), 'f'.repeat(12))
        .replaceAll(netns, '4026599999'),
    );
    expect(told(after)).toEqual(['my-nginx: was made anew']);
  });

  it('tells of a rule that was put in, with its place, and of no other one', () => {
    const after = copy();
    const chain = Object.values(after.records.chain).find(
      ({ name, sandbox }) => name === 'DOCKER-USER' && sandbox === 'sandbox:host',
    );
    const pattern = Object.values(after.records.rule)[0];
    if (!chain || !pattern) throw new Error('the fixture has no DOCKER-USER');
    const text = '-A DOCKER-USER -s 10.0.0.0/8 -j DROP';
    after.records.rule['rule:new'] = { ...pattern, id: 'rule:new', chain: chain.id, text };
    chain.rules.unshift('rule:new');
    expect(told(after)).toEqual([`new in ip filter DOCKER-USER, rule 1 (host): ${text}`]);
  });

  it('tells of switches, routes and listeners with their place', () => {
    const after = copy();
    const switches = Object.values(after.records.sysctls).find(
      ({ sandbox, values }) => sandbox === 'sandbox:host' && values['net.ipv4.ip_forward'] === '1',
    );
    if (switches) switches.values['net.ipv4.ip_forward'] = '0';
    const gone = Object.values(after.records.socket).find(
      ({ sandbox, address }) => sandbox !== 'sandbox:host' && address !== '127.0.0.11',
    );
    delete after.records.socket[gone?.id ?? ''];
    expect(told(after)).toEqual([
      'net.ipv4.ip_forward (host): value 1 → 0',
      expect.stringMatching(/^[\w, -]+ listens no more on /),
    ]);
  });
});

describe('difference', () => {
  it('is the least that turns one list into the other, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(fc.constantFrom('a', 'b', 'c')), (left, right) => {
        const { onlyLeft, onlyRight } = difference(left, right);
        const [a, b] = [new Set(onlyLeft), new Set(onlyRight)];
        const kept = left.filter((_, at) => !a.has(at));
        expect(kept).toEqual(right.filter((_, at) => !b.has(at)));
        expect(kept.length).toBe(commonLength(left, right));
      }),
    );
  });
});

/** Of the longest common subsequence, by its definition. */
function commonLength(left: readonly string[], right: readonly string[]): number {
  const seen = new Map<string, number>();
  const at = (i: number, j: number): number => {
    if (i === left.length || j === right.length) return 0;
    const key = `${i} ${j}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const length = left[i] === right[j] ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1));
    seen.set(key, length);
    return length;
  };
  return at(0, 0);
}
