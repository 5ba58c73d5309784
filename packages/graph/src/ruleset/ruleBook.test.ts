import { fixtureNames, readFixture } from '@vethscope/fixtures';
import type { Chain, Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { calledAt } from './hookOrder.ts';
import { ruleAction } from './ruleAction.ts';
import { type BookFamily, ruleBook, sandboxesWithRules } from './ruleBook.ts';
import { parseRuleSearch, searchRules } from './ruleSearch.ts';
import { ruleTextParts } from './ruleTextParts.ts';
import { indexRuleThings } from './ruleThings.ts';

const read = (name: (typeof fixtureNames)[number]) => snapshotOf(parseRecording(readFixture(name)));
const iptables = read('docker-28.5-iptables-nft');
const nft = read('docker-29.7-nftables');
const hostOf = (snapshot: Snapshot) => sandboxesWithRules(snapshot)[0] ?? '';
const bookOf = (snapshot: Snapshot, family: BookFamily = 'all') =>
  ruleBook(snapshot, { sandbox: hostOf(snapshot), family });

function search(snapshot: Snapshot, text: string): string[] {
  const things = indexRuleThings(snapshot);
  const packets = (id: string) => snapshot.counters.rules[id]?.packets ?? null;
  return searchRules(bookOf(snapshot).hooks, parseRuleSearch(text), { things, packets }).map(
    (id) => snapshot.records.rule[id]?.text ?? '',
  );
}

describe('ruleBook', () => {
  it.each(fixtureNames)('holds each chain and each rule of every namespace of %s once', (name) => {
    const snapshot = read(name);
    for (const sandbox of sandboxesWithRules(snapshot)) {
      const { hooks, rules } = ruleBook(snapshot, { sandbox, family: 'all' });
      const chains = hooks.flatMap((hook) => hook.chains);
      const own = Object.values(snapshot.records.chain).filter((chain) => chain.sandbox === sandbox);
      expect(chains.map(({ chain }) => chain.id).sort()).toEqual(own.map(({ id }) => id).sort());
      const told = chains.flatMap((each) => each.rules.map(({ id }) => id));
      expect(new Set(told).size).toBe(told.length);
      expect(told.length).toBe(rules);
    }
  });

  it('has the chains of a hook in the order in which the kernel runs them, each with what it leads to behind it', () => {
    const [prerouting, , forward] = bookOf(iptables, '4').hooks;
    expect(prerouting?.chains.map(({ chain, depth }) => `${depth} ${chain.id.split('/').slice(-2).join(' ')}`)).toEqual(
      ['0 raw PREROUTING', '0 nat PREROUTING', '1 nat DOCKER'],
    );
    expect(forward?.hook).toBe('forward');
    expect(forward?.chains.map(({ chain, depth }) => `${depth} ${chain.name}`)).toEqual([
      '0 FORWARD',
      '1 DOCKER-USER',
      '1 DOCKER-FORWARD',
      '2 DOCKER-CT',
      '2 DOCKER-ISOLATION-STAGE-1',
      '3 DOCKER-ISOLATION-STAGE-2',
      '2 DOCKER-BRIDGE',
      '3 DOCKER',
    ]);
  });

  it('says from where a chain is called, also from hooks where it does not stand', () => {
    const docker = bookOf(iptables, '4').hooks[0]?.chains.at(-1);
    expect(docker?.callers.map(({ chainName, position }) => `${chainName} ${position}`)).toEqual([
      'PREROUTING 1',
      'OUTPUT 1',
    ]);
  });

  it('follows the verdict maps of nft, and lists them with who asks them', () => {
    const { hooks, sets } = bookOf(nft, '4');
    expect(hooks.some(({ hook }) => hook === null)).toBe(false);
    expect(sets.map(({ set, users }) => [set.name, users.map(({ chainName }) => chainName)])).toEqual([
      ['filter-forward-in-jumps', ['filter-FORWARD']],
      ['filter-forward-out-jumps', ['filter-FORWARD']],
      ['nat-postrouting-in-jumps', ['nat-POSTROUTING']],
      ['nat-postrouting-out-jumps', ['nat-POSTROUTING']],
    ]);
  });

  it('keeps what no base chain leads to, under no hook', () => {
    const snapshot = structuredClone(iptables);
    const forward = Object.values(snapshot.records.chain).find(({ id }) => id.endsWith('/ip/filter/FORWARD'));
    if (!forward) throw new Error('The recording has no chain FORWARD.');
    forward.rules = [];
    const idle = bookOf(snapshot, '4').hooks.at(-1);
    expect(idle?.hook).toBeNull();
    expect(idle?.chains.filter(({ depth }) => depth === 0).map(({ chain }) => chain.name)).toEqual([
      'DOCKER-FORWARD',
      'DOCKER-USER',
    ]);
  });

  it('calls a nat chain at the place of nat, whatever its priority', () => {
    const chain = (kind: Chain['kind'], hook: Chain['hook'], priority: number) =>
      calledAt({ kind, hook, priority } as Chain);
    expect(chain('nat', 'prerouting', -90)).toBe(-100);
    expect(chain('nat', 'input', 50)).toBe(100);
    expect(chain('filter', 'prerouting', -90)).toBe(-90);
  });

  it('leaves out the other family', () => {
    const families = (family: BookFamily) =>
      new Set(bookOf(iptables, family).hooks.flatMap(({ chains }) => chains.map(({ table }) => table.family)));
    expect(families('4')).toEqual(new Set(['ip']));
    expect(families('6')).toEqual(new Set(['ip6']));
  });
});

describe('indexRuleThings', () => {
  it('names the container, the network and the published port that a DNAT rule speaks of', () => {
    const things = indexRuleThings(iptables);
    const rule = Object.values(iptables.records.rule).find(({ text }) => text.includes('--dport 8080 -j DNAT'));
    expect(rule && things(rule).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'container my-nginx',
      'network bridge',
      'publishedPort :8080/tcp',
    ]);
  });

  it('names the map that a rule of nft asks', () => {
    const things = indexRuleThings(nft);
    const rule = Object.values(nft.records.rule).find(({ text }) => text.startsWith('oifname vmap'));
    expect(rule && things(rule)[0]).toMatchObject({ kind: 'set', name: 'filter-forward-in-jumps' });
  });
});

describe('ruleTextParts', () => {
  it.each(fixtureNames)('loses no letter of any rule of %s', (name) => {
    for (const rule of Object.values(read(name).records.rule)) {
      expect(
        ruleTextParts(rule)
          .map(({ text }) => text)
          .join(''),
      ).toBe(rule.text);
    }
  });

  it('parts what must hold from what is done', () => {
    const parts = (snapshot: Snapshot, holds: string) => {
      const rule = Object.values(snapshot.records.rule).find(({ text }) => text.includes(holds));
      return rule && ruleTextParts(rule).map(({ kind, text }) => `${kind}: ${text.trim()}`);
    };
    expect(parts(iptables, '--dport 8080 -j DNAT')).toEqual([
      'place: -A DOCKER',
      'match: ! -i docker0 -p tcp -m tcp --dport 8080',
      'does: -j DNAT --to-destination 172.17.0.4:80',
    ]);
    expect(parts(nft, 'dport 8080')).toEqual([
      'match: iifname != "docker0" tcp dport 8080 counter',
      'does: dnat to 172.17.0.4:80',
      'comment: comment "DNAT"',
    ]);
  });
});

describe('ruleAction', () => {
  it('has a word for every rule of the recordings', () => {
    const words = new Set(
      [...Object.values(iptables.records.rule), ...Object.values(nft.records.rule)].map(
        (rule) => ruleAction(rule).kind,
      ),
    );
    expect(words).toEqual(new Set(['drop', 'jump', 'accept', 'return', 'masquerade', 'dnat', 'snat', 'map']));
  });
});

describe('searchRules', () => {
  it('finds by text, by what is spoken of, by an address in a prefix, by port', () => {
    expect(search(iptables, 'my-nginx')).toHaveLength(3);
    expect(search(iptables, 'my-nginx table:nat')).toEqual([
      '-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80',
    ]);
    expect(search(iptables, 'ip:172.17.200.1')).toEqual(['-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE']);
    expect(search(iptables, 'port:8080')).toHaveLength(1);
  });

  it('finds by chain, verdict, owner and counters, and negates', () => {
    expect(search(iptables, 'chain:docker-forward verdict:jump')).toHaveLength(6);
    expect(search(iptables, 'owner:you')).toEqual([]);
    const all = bookOf(iptables).rules;
    const unused = search(iptables, 'is:unused').length;
    expect(unused).toBeGreaterThan(0);
    expect(search(iptables, '-is:unused')).toHaveLength(all - unused);
  });

  it('takes a word with a colon that names no field as it stands', () => {
    expect(search(iptables, 'fd00:6::2')[0]).toContain('fd00:6::2/128');
    expect(parseRuleSearch('"-j DNAT" -chain:DOCKER').terms).toEqual([
      { field: 'text', value: '-j dnat', not: false },
      { field: 'chain', value: 'docker', not: true },
    ]);
  });
});
