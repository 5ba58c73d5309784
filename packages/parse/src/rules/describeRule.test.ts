import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeRule } from './describeRule.ts';
import { parseIptablesSave } from './iptablesSave.ts';
import { parseNftRuleset } from './nftRuleset.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url);
const gunzip = (path: string) => gunzipSync(readFileSync(new URL(path, fixtures))).toString('utf8');

function sentence(line: string): string {
  const text = `*filter\n:DOCKER - [0:0]\n:X - [0:0]\n-A X ${line}\nCOMMIT\n`;
  const { rules } = parseIptablesSave(text, { sandbox: 'sandbox:host', family: 'ip', backend: 'iptables-nft' });
  return rules[0] === undefined ? '' : describeRule(rules[0]);
}

describe('describeRule', () => {
  it.each([
    [
      '! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80',
      'TCP not from docker0 to port 8080 goes to 172.17.0.4:80.',
    ],
    [
      '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      'What is from 172.17.0.0/16 not leaving by docker0 leaves with the address of its outgoing link.',
    ],
    [
      '-o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'What is leaving by docker0 of related or established connections is accepted.',
    ],
    ['-j DOCKER', 'Every packet is looked at by DOCKER.'],
    ['-m addrtype --dst-type LOCAL -j DOCKER', 'What is to a local address is looked at by DOCKER.'],
    ['-p icmp -j DROP', 'ICMP is dropped.'],
    ['-p tcp -m tcp --dport 80 -j FROB', 'TCP to port 80 meets FROB. Not understood: -j FROB'],
    ['-m limit --limit 5/min -j ACCEPT', 'What is as limit --limit 5/min allows is accepted.'],
    ['-j MARK --set-xmark 0x1/0xff', 'Every packet gets mark 0x1/0xff.'],
    ['', 'Every packet is counted.'],
  ])('says of "%s": %s', (line, expected) => {
    expect(sentence(line)).toBe(expected);
  });

  it('describes the rules of nft', () => {
    const { nft } = JSON.parse(gunzip('recordings/docker-29.7-nftables.json.gz')).namespaces[0].readings;
    const sentences = new Set(parseNftRuleset(nft, { sandbox: 'sandbox:host' }).rules.map(describeRule));
    expect(sentences).toContain('What is not from docker0 TCP to port 8080 goes to 172.17.0.4:80.');
    expect(sentences).toContain('Every packet is decided by map filter-forward-in-jumps of oifname.');
    expect(sentences).toContain('What is in connection state established,related is accepted.');
    expect(sentences).toContain(
      'What is not leaving by docker0 from 172.17.0.0/16 leaves with the address of its outgoing link.',
    );
  });

  it('has a sentence for every rule there can be', () => {
    const listing: Record<string, string> = JSON.parse(gunzip('rules/everyMatch.listing.json.gz'));
    const options = { sandbox: 'sandbox:host', family: 'ip', backend: 'iptables-nft' } as const;
    const { nft } = JSON.parse(gunzip('rules/everyStatement.listing.json.gz'));
    const rules = [
      ...parseIptablesSave(listing['iptables-nft'] ?? '', options).rules,
      ...parseIptablesSave(listing['ip6tables-nft'] ?? '', { ...options, family: 'ip6' }).rules,
      ...parseNftRuleset(nft, { sandbox: 'sandbox:host' }).rules,
    ];
    for (const rule of rules) expect(describeRule(rule)).toMatch(/^\S.*[^ ]\.( Not understood: .*)?$/s);
    for (const rule of rules) expect(describeRule(rule)).not.toMatch(/undefined|null|\[object|NaN/);
  });
});
