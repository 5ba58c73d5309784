import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type NamespaceRecording, Rule } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { iptablesPrinted } from './iptablesPrinted.ts';
import { type ParsedIptablesSave, parseIptablesSave } from './iptablesSave.ts';
import { parseNftRuleset } from './nftRuleset.ts';
import type { ParsedRuleset } from './parsedRuleset.ts';

const names = [
  'docker-20.10-iptables-legacy',
  'docker-20.10-iptables-nft',
  'docker-26.1-iptables-nft',
  'docker-28.5-iptables-nft',
  'docker-29.7-iptables-nft',
  'docker-29.7-nftables',
] as const;

/** How many rules each host has, all namespaces together. */
const ruleCounts: Record<(typeof names)[number], number> = {
  'docker-20.10-iptables-legacy': 174,
  'docker-20.10-iptables-nft': 174,
  'docker-26.1-iptables-nft': 174,
  'docker-28.5-iptables-nft': 230,
  'docker-29.7-iptables-nft': 205,
  'docker-29.7-nftables': 180,
};

function namespacesOf(name: string): NamespaceRecording[] {
  const file = new URL(`../../../fixtures/recordings/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')).namespaces;
}

function rulesetsOf(name: string, { netns, kind, readings }: NamespaceRecording): ParsedRuleset[] {
  const sandbox = kind === 'host' ? 'sandbox:host' : `sandbox:${netns}`;
  const saves: ParsedIptablesSave[] = [];
  const read = (text: string | undefined, family: 'ip' | 'ip6', backend: 'iptables-nft' | 'iptables-legacy') => {
    if (text !== undefined) saves.push(parseIptablesSave(text, { sandbox, family, backend }));
  };
  // There iptables-save is the legacy one in every namespace.
  const backend = name.endsWith('legacy') ? 'iptables-legacy' : 'iptables-nft';
  read(readings.iptables, 'ip', backend);
  read(readings.ip6tables, 'ip6', backend);
  const nft = parseNftRuleset(readings.nft ?? '', { sandbox, ...iptablesPrinted(saves) });
  return [...saves, nft];
}

describe.each(names)('the rules of %s', (name) => {
  const rulesets = namespacesOf(name).flatMap((namespace) => rulesetsOf(name, namespace));
  const rules = rulesets.flatMap((ruleset) => ruleset.rules);

  it('are understood completely', () => {
    expect(rules.filter((rule) => rule.unparsed !== null).map((rule) => rule.text)).toEqual([]);
    expect(rulesets.flatMap((ruleset) => ruleset.warnings)).toEqual([]);
    expect(rules.length).toBe(ruleCounts[name]);
  });

  it('are valid records with ids of their own, each in its chain', () => {
    for (const rule of rules) Rule.parse(rule);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    const inChains = rulesets.flatMap((ruleset) => ruleset.chains).flatMap((chain) => chain.rules);
    expect(inChains).toEqual(rules.map((rule) => rule.id));
  });

  it('jump to chains that exist', () => {
    const chains = new Set(rulesets.flatMap((ruleset) => ruleset.chains.map((chain) => chain.id)));
    expect(rules.flatMap((rule) => rule.jumpsTo).filter((id) => !chains.has(id))).toEqual([]);
  });

  it('are Docker’s, save those on a bridge of which only its networks tell that it is Docker’s', () => {
    const others = rules.filter((rule) => rule.owner !== 'docker');
    expect(others.filter((rule) => !rule.mentions.links.includes('noicc0')).map((rule) => rule.text)).toEqual([]);
  });
});

describe('with what Docker says of its networks', () => {
  it('each rule of a Docker host is Docker’s', () => {
    const known = { bridges: new Set(['docker0', 'noicc0']), subnets: new Set(['172.19.0.0/16']) };
    const host = namespacesOf('docker-28.5-iptables-nft').find((namespace) => namespace.kind === 'host');
    const { rules } = parseIptablesSave(host?.readings.iptables ?? '', {
      sandbox: 'sandbox:host',
      family: 'ip',
      backend: 'iptables-nft',
      known,
    });
    const noicc = rules.filter((rule) => rule.mentions.links.includes('noicc0'));
    expect(noicc.length).toBeGreaterThan(5);
    expect(noicc.filter((rule) => rule.owner !== 'docker')).toEqual([]);
  });
});
