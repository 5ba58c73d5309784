import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Owner, Rule } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { parseIptablesSave } from './iptablesSave.ts';
import { parseNftRuleset } from './nftRuleset.ts';
import type { OwnerContext } from './owner.ts';

const fixtures = new URL('../../../fixtures/rules/', import.meta.url);

function parse(text: string, known?: OwnerContext) {
  const options = { sandbox: 'sandbox:host', family: 'ip', backend: 'iptables-nft' } as const;
  return parseIptablesSave(text, known === undefined ? options : { ...options, known });
}

function ownersOf(name: string) {
  const parsed = parse(readFileSync(new URL(name, fixtures), 'utf8'));
  expect(parsed.warnings).toEqual([]);
  expect(parsed.rules.filter((rule) => rule.unparsed !== null).map((rule) => rule.text)).toEqual([]);
  const owners = new Map<Owner, Rule[]>();
  for (const rule of parsed.rules) owners.set(rule.owner, [...(owners.get(rule.owner) ?? []), rule]);
  return owners;
}

const ownerOf = (line: string, table: string, known?: OwnerContext) =>
  parse(
    `*${table}\n:${/-A (\S+)/.exec(line)?.[1]} ACCEPT [0:0]\n:DOCKER - [0:0]\n:DOCKER-INGRESS - [0:0]\n${line}\nCOMMIT\n`,
    known,
  ).rules[0]?.owner;

describe('the owner of a rule', () => {
  it.each<[string, Owner, number]>([
    ['ufw.iptables.txt', 'ufw', 0],
    ['ufw.ip6tables.txt', 'ufw', 0],
    ['kubeProxy.iptables.txt', 'kubernetes', 0],
    ['libvirt.iptables.txt', 'libvirt', 0],
    ['fail2ban.iptables.txt', 'fail2ban', 0],
    // What firewalld writes into the built-in chains themselves could be anybody's.
    ['firewalld.iptables.txt', 'firewalld', 4],
  ])('in %s is %s', (name, owner, others) => {
    const owners = ownersOf(name);
    expect([...owners.keys()].filter((key) => key !== owner && key !== 'user')).toEqual([]);
    expect(owners.get('user')?.length ?? 0).toBe(others);
  });

  it('in a swarm is swarm, Docker or the user', () => {
    const texts = (owner: Owner) =>
      ownersOf('swarm.iptables.txt')
        .get(owner)
        ?.map((rule) => rule.text) ?? [];
    expect(texts('swarm')).toEqual([
      '-A POSTROUTING -d 10.0.0.0/24 -m ipvs --ipvs -j SNAT --to-source 10.0.0.2',
      expect.stringContaining('-m policy --dir in --pol ipsec'),
      expect.stringContaining('--u32'),
      '-A FORWARD -j DOCKER-INGRESS',
      '-A DOCKER-INGRESS -p tcp -m tcp --dport 8080 -j ACCEPT',
      '-A DOCKER-INGRESS -j RETURN',
    ]);
    expect(texts('docker')).toContain('-A DOCKER-USER -j RETURN');
    expect(texts('user')).toContain('-A DOCKER-USER -i eth0 -s 203.0.113.0/24 -j DROP');
    const all = parse(readFileSync(new URL('swarm.iptables.txt', fixtures), 'utf8'), { swarmSandbox: true }).rules;
    expect(new Set(all.map((rule) => rule.owner))).toEqual(new Set(['swarm']));
  });

  it.each([
    ['filter', '-A FORWARD -o br-0123456789ab -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
    ['filter', '-A FORWARD -o docker0 -j DOCKER'],
    ['filter', '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT'],
    ['filter', '-A FORWARD -i docker0 -o docker0 -j DROP'],
    ['filter', '-A FORWARD -m set --match-set docker-ext-bridges-v4 dst -j DOCKER'],
    ['nat', '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER'],
    ['nat', '-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE'],
    ['nat', '-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j SNAT --to-source 192.0.2.1'],
    ['nat', '-A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE'],
    ['nat', '-A POSTROUTING -o docker0 -m addrtype --src-type LOCAL -j MASQUERADE'],
    ['raw', '-A PREROUTING -d 172.17.0.3/32 ! -i docker0 -j DROP'],
    ['raw', '-A PREROUTING -d 172.17.0.3/32 ! -i docker0 -p tcp -m tcp --dport 80 -j DROP'],
    ['raw', '-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 9090 -j DROP'],
    ['mangle', '-A POSTROUTING -p sctp -m sctp --sport 36412 -j CHECKSUM --checksum-fill'],
  ])('in %s is Docker for %s', (table, line) => {
    expect(ownerOf(line, table)).toBe('docker');
  });

  it.each([
    ['filter', '-A FORWARD -i docker0 -o eth0 -j ACCEPT'],
    ['filter', '-A FORWARD -i eth0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT'],
    ['filter', '-A FORWARD -i docker0 -o docker0 -m limit --limit 5/min -j DROP'],
    ['filter', '-A FORWARD -i br-lan -o br-lan -j ACCEPT'],
    ['filter', '-A INPUT -i docker0 -j ACCEPT'],
    ['nat', '-A POSTROUTING -s 10.8.0.0/24 -o eth0 -j MASQUERADE'],
    ['nat', '-A POSTROUTING -o eth0 -j MASQUERADE'],
    ['raw', '-A PREROUTING -d 172.17.0.3/32 -i eth0 -j DROP'],
  ])('in %s is the user for %s', (table, line) => {
    expect(ownerOf(line, table)).toBe('user');
  });

  it('holds to the bridges and subnets that Docker has, when they are known', () => {
    const known = { bridges: new Set(['mine0']), subnets: new Set(['10.9.0.0/16']) };
    expect(ownerOf('-A FORWARD -i mine0 ! -o mine0 -j ACCEPT', 'filter', known)).toBe('docker');
    expect(ownerOf('-A FORWARD -i docker0 ! -o docker0 -j ACCEPT', 'filter', known)).toBe('user');
    expect(ownerOf('-A POSTROUTING -s 10.9.0.0/16 ! -o mine0 -j MASQUERADE', 'nat', known)).toBe('docker');
    expect(ownerOf('-A POSTROUTING -s 10.8.0.0/16 ! -o mine0 -j MASQUERADE', 'nat', known)).toBe('user');
  });

  it('of nft is the one that the table names', () => {
    const { nft } = JSON.parse(
      gunzipSync(readFileSync(new URL('everyStatement.listing.json.gz', fixtures))).toString('utf8'),
    );
    const { tables } = parseNftRuleset(nft, { sandbox: 'sandbox:host' });
    expect(Object.fromEntries(tables.map(({ family, name, owner }) => [`${family} ${name}`, owner]))).toMatchObject({
      'inet firewalld': 'firewalld',
      'ip kube-proxy': 'kubernetes',
      'inet f2b-table': 'fail2ban',
      'ip libvirt_network': 'libvirt',
      'inet filter': 'user',
    });
  });
});
