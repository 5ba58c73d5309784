import { describe, expect, it } from 'vitest';
import { iptablesPrinted } from './iptablesPrinted.ts';
import { parseIptablesSave } from './iptablesSave.ts';
import { type NftRulesetOptions, parseNftRuleset } from './nftRuleset.ts';

const metainfo = { metainfo: { version: '1.1.7', release_name: 'X', json_schema_version: 1 } };
const json = (...entries: unknown[]) => JSON.stringify({ nftables: [metainfo, ...entries] });
const parse = (text: string, options: Partial<NftRulesetOptions> = {}) =>
  parseNftRuleset(text, { sandbox: 'sandbox:host', ...options });

const table = { table: { family: 'ip', name: 'docker-bridges', handle: 1 } };
const place = { family: 'ip', table: 'docker-bridges' };

describe('parseNftRuleset', () => {
  it('reads tables, chains, rules, their handles and counters', () => {
    const parsed = parse(
      json(
        table,
        {
          chain: {
            ...place,
            name: 'filter-FORWARD',
            handle: 1,
            type: 'filter',
            hook: 'forward',
            prio: 0,
            policy: 'drop',
          },
        },
        { chain: { ...place, name: 'in', handle: 2, comment: 'c' } },
        {
          rule: {
            ...place,
            chain: 'in',
            handle: 7,
            comment: 'DNAT',
            expr: [
              { match: { op: '!=', left: { meta: { key: 'iifname' } }, right: 'docker0' } },
              { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 8080 } },
              { counter: { packets: 15, bytes: 900 } },
              { dnat: { addr: '172.17.0.4', port: 80 } },
            ],
          },
        },
      ),
    );
    expect(parsed.warnings).toEqual([]);
    expect(parsed.tables[0]).toMatchObject({ id: 'table:host/nftables/ip/docker-bridges', owner: 'docker' });
    expect(parsed.chains).toMatchObject([
      { kind: 'filter', hook: 'forward', priority: 0, policy: 'drop', rules: [] },
      { kind: null, hook: null, priority: null, policy: null, rules: ['rule:host/nftables/ip/docker-bridges/in/7'] },
    ]);
    expect(parsed.rules[0]).toMatchObject({
      id: 'rule:host/nftables/ip/docker-bridges/in/7',
      handle: 7,
      text: 'iifname != "docker0" tcp dport 8080 counter dnat to 172.17.0.4:80 comment "DNAT"',
      comment: 'DNAT',
      owner: 'docker',
      unparsed: null,
      verdict: null,
      translation: { kind: 'dnat', address: '172.17.0.4', port: '80' },
      mentions: { addresses: ['172.17.0.4'], links: ['docker0'], ports: ['8080', '80'], sets: [] },
    });
    expect(parsed.counters).toEqual({ 'rule:host/nftables/ip/docker-bridges/in/7': { packets: 15, bytes: 900 } });
    // A counter that runs on must not make the rule another.
    expect(parsed.rules[0]?.body).toMatchObject({
      statements: [{ kind: 'match' }, { kind: 'match' }, { kind: 'counter', value: null }, { kind: 'dnat' }],
    });
  });

  it('finds the jumps of verdict maps, named or not', () => {
    const jump = (target: string) => ({ jump: { target } });
    const parsed = parse(
      json(
        table,
        { chain: { ...place, name: 'c', handle: 1 } },
        {
          map: {
            ...place,
            name: 'jumps',
            handle: 2,
            type: 'ifname',
            map: 'verdict',
            elem: [
              ['docker0', jump('a')],
              ['br0', { goto: { target: 'b' } }],
            ],
          },
        },
        {
          rule: {
            ...place,
            chain: 'c',
            handle: 3,
            expr: [{ vmap: { key: { meta: { key: 'oifname' } }, data: '@jumps' } }],
          },
        },
        {
          rule: {
            ...place,
            chain: 'c',
            handle: 4,
            expr: [{ vmap: { key: { meta: { key: 'oifname' } }, data: { set: [['lo', jump('d')]] } } }],
          },
        },
        { rule: { ...place, chain: 'c', handle: 5, expr: [jump('e')] } },
      ),
    );
    expect(parsed.rules.map((rule) => rule.jumpsTo.map((id) => id.split('/').at(-1)))).toEqual([
      ['a', 'b'],
      ['d'],
      ['e'],
    ]);
    expect(parsed.rules[0]?.mentions.sets).toEqual(['jumps']);
    expect(parsed.rules[1]?.mentions.links).toEqual(['lo']);
    expect(parsed.sets).toMatchObject([
      {
        id: 'netfilterSet:host/nftables/ip/docker-bridges/jumps',
        kind: 'verdictMap',
        dataType: 'ifname : verdict',
        elements: ['"docker0" : jump a', '"br0" : goto b'],
      },
    ]);
  });

  it('reads sets of every shape', () => {
    const set = (value: object) => parse(json(table, { set: { ...place, name: 's', handle: 2, ...value } })).sets[0];
    expect(
      set({
        type: 'ipv4_addr',
        flags: ['interval'],
        elem: [{ prefix: { addr: '10.0.0.0', len: 8 } }, { range: ['192.0.2.1', '192.0.2.9'] }],
      }),
    ).toMatchObject({
      kind: 'set',
      family: 'inet',
      flags: ['interval'],
      elements: ['10.0.0.0/8', '192.0.2.1-192.0.2.9'],
    });
    expect(set({ type: ['ipv6_addr', 'inet_service'], elem: [{ concat: ['fd00::1', 80] }] })).toMatchObject({
      family: 'inet6',
      dataType: 'ipv6_addr . inet_service',
      elements: ['fd00::1 . 80'],
    });
    expect(
      set({
        type: 'ipv4_addr',
        flags: ['timeout'],
        timeout: 3600,
        elem: [{ elem: { val: '1.2.3.4', timeout: 300, expires: 12, comment: 'c' } }],
      }),
    ).toMatchObject({ flags: ['timeout', 'timeout 1h'], elements: ['1.2.3.4 timeout 5m comment "c"'] });
    expect(set({ type: { typeof: { meta: { key: 'mark' } } }, elem: [1] })).toMatchObject({
      dataType: 'meta mark',
      elements: ['0x00000001'],
    });
    expect(set({ type: 'ipv4_addr' })).toMatchObject({ elements: [], data: [] });
  });

  it('takes hooks, priorities and devices as numbers or names', () => {
    const chain = (value: object, family = 'ip') =>
      parse(
        json(
          { table: { family, name: 't', handle: 1 } },
          {
            chain: {
              family,
              table: 't',
              name: 'c',
              handle: 1,
              type: 'filter',
              hook: 'input',
              policy: 'accept',
              ...value,
            },
          },
        ),
      ).chains[0];
    expect(chain({ prio: -150 })?.priority).toBe(-150);
    expect(chain({ prio: 'dstnat + 10' })?.priority).toBe(-90);
    expect(chain({ prio: 'filter - 1' })?.priority).toBe(-1);
    expect(chain({ prio: 'filter' }, 'bridge')?.priority).toBe(-200);
    expect(chain({ prio: 0, hook: 'ingress', dev: 'eth0' }, 'netdev')).toMatchObject({
      hook: 'ingress',
      devices: ['eth0'],
    });
    expect(chain({ prio: 0, hook: 'egress', dev: ['a', 'b'] }, 'netdev')?.devices).toEqual(['a', 'b']);
  });

  it('leaves out what iptables-save printed, and keeps what it could not', () => {
    const save = parseIptablesSave('*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n', {
      sandbox: 'sandbox:host',
      family: 'ip',
      backend: 'iptables-nft',
    });
    const text = json(
      { table: { family: 'ip', name: 'filter', handle: 1 } },
      {
        chain: {
          family: 'ip',
          table: 'filter',
          name: 'INPUT',
          handle: 1,
          type: 'filter',
          hook: 'input',
          prio: 0,
          policy: 'accept',
        },
      },
      {
        chain: {
          family: 'ip',
          table: 'filter',
          name: 'mine',
          handle: 2,
          type: 'filter',
          hook: 'input',
          prio: 5,
          policy: 'accept',
        },
      },
      { rule: { family: 'ip', table: 'filter', chain: 'INPUT', handle: 3, expr: [{ drop: null }] } },
      { rule: { family: 'ip', table: 'filter', chain: 'mine', handle: 4, expr: [{ drop: null }] } },
      { table: { family: 'ip', name: 'nat', handle: 2 } },
      { chain: { family: 'ip', table: 'nat', name: 'PREROUTING', handle: 1 } },
    );
    const printed = iptablesPrinted([save]);
    const both = parse(text, printed);
    expect(both.warnings).toEqual([]);
    expect(both.tables.map(({ name }) => name)).toEqual(['filter', 'nat']);
    expect(both.chains.map(({ name }) => name)).toEqual(['mine', 'PREROUTING']);
    expect(both.rules.map(({ handle }) => handle)).toEqual([4]);
    const byTable = parse(text, { iptablesTables: printed.iptablesTables });
    expect(byTable.chains.map(({ name }) => name)).toEqual(['PREROUTING']);
    expect(parse(text).rules).toHaveLength(2);
  });

  it('warns when iptables-save and nft show different numbers of rules', () => {
    const text = json(
      { table: { family: 'ip', name: 'filter', handle: 1 } },
      { chain: { family: 'ip', table: 'filter', name: 'INPUT', handle: 1 } },
      { rule: { family: 'ip', table: 'filter', chain: 'INPUT', handle: 3, expr: [{ drop: null }] } },
    );
    const { warnings } = parse(text, {
      iptablesTables: new Set(['ip/filter']),
      iptablesChains: new Map([['ip/filter/INPUT', 2]]),
    });
    expect(warnings).toEqual([expect.objectContaining({ where: 'ip/filter/INPUT' })]);
  });

  it('reads what stands whole in a broken output, and says that it is broken', () => {
    const whole = json(table, { chain: { ...place, name: 'c', handle: 1 } });
    const { chains, warnings } = parse(whole.slice(0, -2));
    expect(chains).toHaveLength(1);
    expect(warnings[0]?.reason).toMatch(/not JSON as a whole/);
    expect(parse('Segmentation fault').warnings).toHaveLength(1);
    expect(parse('{}').warnings).toHaveLength(1);
    expect(parse('').warnings).toEqual([]);
  });

  it('warns of objects that it does not know, and not of those that no rule needs', () => {
    const { warnings } = parse(
      json(
        table,
        { flowtable: { ...place, name: 'f', handle: 1, hook: 'ingress', prio: 0, dev: ['lo'] } },
        { counter: { ...place, name: 'n', handle: 2, packets: 0, bytes: 0 } },
        { 'ct helper': { ...place, name: 'h', handle: 3, type: 'ftp', protocol: 'tcp', l3proto: 'ip' } },
        { hologram: { ...place } },
        { rule: { ...place, chain: 'nowhere', handle: 9, expr: [] } },
        { chain: { ...place, name: 'c', handle: 1, type: 'filter', hook: 'sideways', prio: 0, policy: 'accept' } },
      ),
    );
    expect(warnings.map(({ where, reason }) => [where, reason])).toEqual([
      ['nftables[5]', '"hologram" is not known'],
      ['nftables[7]', "the chain's hook is not known"],
      ['nftables[6]', 'the rule stands in no chain'],
    ]);
  });
});
