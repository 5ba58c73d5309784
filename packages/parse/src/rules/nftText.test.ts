import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { NftExpression } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { compareTexts } from './nftListing.ts';
import { readNftStatement } from './nftStatement.ts';
import { nftRuleText } from './nftText.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url);
const gunzip = (path: string) => gunzipSync(readFileSync(new URL(path, fixtures))).toString('utf8');

const text = (...entries: NftExpression[]) =>
  nftRuleText(
    entries.map((entry) => readNftStatement(entry).statement),
    null,
    { family: 'inet', version: [1, 1, 7] },
  );

describe('nftRuleText', () => {
  it('prints every rule of a native ruleset of Docker 29.7 as nft 1.1.7 does', () => {
    const recording = JSON.parse(gunzip('recordings/docker-29.7-nftables.json.gz'));
    const { pairs, listed } = compareTexts(
      recording.namespaces[0].readings.nft,
      gunzip('rules/docker-29.7-nftables.nft.txt.gz'),
    );
    expect(pairs.length).toBe(listed);
    expect(pairs.length).toBe(116);
    expect(pairs.filter(({ nft, ours, unparsed }) => nft !== ours || unparsed !== null)).toEqual([]);
  });

  it.each([
    'docker-20.10-iptables-nft',
    'docker-26.1-iptables-nft',
    'docker-28.5-iptables-nft',
    'docker-29.7-iptables-nft',
  ])('prints of %s all that its JSON tells: the rest is xt, and is called unparsed', (name) => {
    const recording = JSON.parse(gunzip(`recordings/${name}.json.gz`));
    const { pairs } = compareTexts(recording.namespaces[0].readings.nft, gunzip(`rules/${name}.nft.txt.gz`));
    expect(pairs.length).toBeGreaterThan(90);
    for (const { nft, ours, unparsed } of pairs)
      if (unparsed === null) expect(ours).toBe(nft);
      else expect(unparsed).toMatch(/^xt (match|target) "\w+"/);
  });

  it.runIf(existsSync(new URL('rules/everyStatement.listing.json.gz', fixtures)))(
    'prints every statement as nft 1.0.6 does',
    () => {
      const { nft, nftText } = JSON.parse(gunzip('rules/everyStatement.listing.json.gz'));
      const { pairs } = compareTexts(nft, nftText);
      expect(pairs.length).toBeGreaterThan(300);
      expect(pairs.filter(({ nft, ours }) => nft !== ours)).toEqual([]);
      // nft 1.0.6 has no JSON for this statement and puts its text there.
      expect(pairs.filter(({ unparsed }) => unparsed !== null).map(({ ours }) => ours)).toEqual([
        'add @dynm { ip saddr : tcp dport }',
      ]);
    },
  );

  it('follows nft where its text changed and its JSON did not', () => {
    const limit = [readNftStatement({ limit: { rate: 10, burst: 5, per: 'second' } }).statement];
    const old = nftRuleText(limit, null, { family: 'ip', version: [1, 0, 6] });
    expect(old.text).toBe('limit rate 10/second');
    expect(nftRuleText(limit, null, { family: 'ip', version: [1, 0, 9] }).text).toBe(
      'limit rate 10/second burst 5 packets',
    );
    const fib: NftExpression = {
      match: { op: '==', left: { fib: { result: 'oif', flags: ['saddr', 'iif'] } }, right: false },
    };
    expect(text(fib).text).toBe('fib saddr . iif check missing');
    expect(nftRuleText([readNftStatement(fib).statement], null, { family: 'ip', version: [1, 0, 6] }).text).toBe(
      'fib saddr . iif oif missing',
    );
  });

  it.each<[NftExpression, string]>([
    [
      { map: { op: 'update', elem: { payload: { protocol: 'ip', field: 'saddr' } }, data: 5, map: '@m' } },
      'update @m { ip saddr : 5 }',
    ],
    [{ last: null }, 'last'],
    [{ last: { used: 5 } }, 'last'],
    [{ queue: { num: { range: [1, 3] }, flags: ['bypass', 'fanout'] } }, 'queue flags bypass,fanout to 1-3'],
    [{ queue: null }, 'queue to 0'],
    [{ 'ct timeout': 'agg' }, 'ct timeout set "agg"'],
    [{ 'ct expectation': 'exp' }, 'ct expectation set "exp"'],
    [{ synproxy: 'sp' }, 'synproxy name "sp"'],
    [{ flow: { op: 'add', flowtable: '@ft' } }, 'flow add @ft'],
    [{ tunnel: 't' }, 'tunnel name "t"'],
    [{ fwd: { dev: 'eth0', family: 'ip', addr: '10.0.0.1' } }, 'fwd ip to 10.0.0.1 device "eth0"'],
    [
      {
        match: { op: '==', left: { payload: { tunnel: 'vxlan', protocol: 'ip', field: 'saddr' } }, right: '10.0.0.1' },
      },
      'vxlan ip saddr 10.0.0.1',
    ],
    [
      {
        match: {
          op: '==',
          left: { '&': [{ payload: { protocol: 'tcp', field: 'flags' } }, { '|': ['fin', 'syn'] }] },
          right: 'syn',
        },
      },
      'tcp flags & (fin | syn) == syn',
    ],
    [
      { vmap: { key: { meta: { key: 'iifname' } }, data: { set: [['lo', { accept: null }]] } } },
      'iifname vmap { "lo" : accept }',
    ],
    [
      { secmark: { map: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: '@sec' } } },
      'meta secmark set tcp dport map @sec',
    ],
    [
      { match: { op: '==', left: { osf: { key: 'name', ttl: 'loose' } }, right: 'Linux' } },
      'osf ttl loose name "Linux"',
    ],
  ])('prints %j', (entry, expected) => {
    expect(text(entry)).toEqual({ text: expected, unparsed: null });
  });

  it.each<NftExpression>([
    { frob: { a: 1 } },
    'some text',
    { xt: { type: 'match', name: 'addrtype' } },
    { xt: null },
    { match: { op: '==', left: { frob: 1 }, right: 2 } },
    { match: null },
    {},
    null,
    { accept: null, drop: null },
  ])('says that it does not understand %j', (entry) => {
    expect(text(entry).unparsed).not.toBeNull();
  });
});
