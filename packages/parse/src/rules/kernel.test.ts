import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Rule } from '@vethscope/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIpsetSave } from './ipsetSave.ts';
import { iptablesPrinted } from './iptablesPrinted.ts';
import { parseIptablesSave } from './iptablesSave.ts';
import { compareTexts } from './nftListing.ts';
import { parseNftRuleset } from './nftRuleset.ts';

/*
 * Rules with every match, target and statement are given to the kernel in a network namespace of this test's own, and what the tools print of them is
 * parsed. Needs root, ip, iptables and nft; without them it is skipped. With UPDATE_RULE_FIXTURES=1 the listings are written into the fixtures.
 */

const fixtures = new URL('../../../fixtures/rules/', import.meta.url);
const netns = `rules-${process.pid}`;
const inside = (argv: string[], input = '') =>
  spawnSync('ip', ['netns', 'exec', netns, ...argv], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
const linesOf = (name: string) => readFileSync(new URL(name, fixtures), 'utf8').trimEnd().split('\n');

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'not root';
  for (const [program, argument] of [
    ['iptables-nft-restore', '--version'],
    ['ip6tables-nft-restore', '--version'],
    ['iptables-legacy-restore', '--version'],
    ['nft', '--version'],
  ] as const)
    if (spawnSync(program, [argument]).status !== 0) return `${program} is missing`;
  const made = spawnSync('ip', ['netns', 'add', netns], { encoding: 'utf8' });
  if (made.status !== 0) return `no network namespace can be made: ${made.stderr ?? 'ip is missing'}`;
  const works = inside(['nft', 'add', 'table', 'ip', 'probe']).status === 0;
  spawnSync('ip', ['netns', 'del', netns]);
  return works ? null : 'nftables does not work here';
}

function save(name: string, value: unknown): void {
  if (process.env.UPDATE_RULE_FIXTURES === '1') writeFileSync(new URL(name, fixtures), gzipSync(JSON.stringify(value)));
}

/** As a person would compare it with the text: each match and the target on a line of its own. */
export function readable(rules: Rule[]): string {
  return rules
    .map(({ text, body }) =>
      body.syntax === 'iptables'
        ? [
            text,
            ...body.matches.map((match) => `    ${JSON.stringify(match)}`),
            `    → ${JSON.stringify(body.target)}`,
            '',
          ].join('\n')
        : text,
    )
    .join('\n');
}

const reason = whyNot();

describe.skipIf(reason !== null)(`rules that this kernel took${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  beforeAll(() => {
    spawnSync('ip', ['netns', 'add', netns]);
    inside(['ipset', 'create', 'myset', 'hash:ip,port']);
    inside(['ipset', 'create', 'nets', 'hash:net', 'counters', 'comment']);
    inside(['ipset', 'add', 'nets', '10.0.0.0/8', 'nomatch', 'comment', 'two words']);
  });
  afterAll(() => {
    spawnSync('ip', ['netns', 'del', netns]);
  });

  it('parses iptables rules with every match and target, of both variants', { timeout: 180_000 }, () => {
    const listings: Record<string, string> = {};
    const saves = (['nft', 'legacy'] as const).flatMap((variant) =>
      (['ip', 'ip6'] as const).map((family) => {
        const program = `${family}tables-${variant}`;
        inside([program, '-N', 'mychain']);
        let taken = 0;
        for (const line of linesOf(`everyMatch.${family}tables.txt`)) {
          const [table, chain, ...words] = line.split(' ');
          const text = `*${table}\n-A ${chain} ${words.join(' ')}\nCOMMIT\n`;
          if (inside([`${program}-restore`, '--noflush'], text).status === 0) taken++;
        }
        const text = inside([`${program}-save`, '-c']).stdout;
        listings[program] = text;
        const parsed = parseIptablesSave(text, { sandbox: 'sandbox:host', family, backend: `iptables-${variant}` });
        expect(parsed.warnings).toEqual([]);
        expect(parsed.rules.length).toBe(taken);
        expect(taken).toBeGreaterThan(5);
        expect(parsed.rules.filter((rule) => rule.unparsed !== null).map((rule) => rule.text)).toEqual([]);
        return parsed;
      }),
    );
    const ipsets = inside(['ipset', 'list', '-o', 'save']).stdout;
    if (ipsets !== '') expect(parseIpsetSave(ipsets, { sandbox: 'sandbox:host' }).sets).toHaveLength(2);
    // nft sees all of the nft variant's tables, with the same number of rules, and nothing of them is left over.
    const nft = inside(['nft', '-j', '-a', 'list', 'ruleset']).stdout;
    const { tables, warnings } = parseNftRuleset(nft, { sandbox: 'sandbox:host', ...iptablesPrinted(saves) });
    expect({ tables, warnings }).toEqual({ tables: [], warnings: [] });
    inside(['nft', 'flush', 'ruleset']);
    save('everyMatch.listing.json.gz', { ...listings, ipsets });
  });

  it('prints nft rules with every statement as nft does', { timeout: 180_000 }, () => {
    inside(['nft', 'flush', 'ruleset']);
    const taken = linesOf('everyStatement.nft.txt').filter(
      (line) => inside(['nft', '-f', '-'], `add ${line}\n`).status === 0,
    );
    expect(taken.length).toBeGreaterThan(100);
    const nft = inside(['nft', '-j', '-a', 'list', 'ruleset']).stdout;
    const nftText = inside(['nft', '-s', '-a', 'list', 'ruleset']).stdout;
    save('everyStatement.listing.json.gz', { nft, nftText });
    const { pairs, listed } = compareTexts(nft, nftText);
    expect(pairs.length).toBe(listed);
    expect(pairs.length).toBe(taken.filter((line) => line.startsWith('rule ')).length);
    expect(pairs.filter((pair) => pair.nft !== pair.ours)).toEqual([]);
    expect(parseNftRuleset(nft, { sandbox: 'sandbox:host' }).warnings).toEqual([]);
  });
});

describe('rules that a kernel 6.18 took', () => {
  it('mean what iptables-save 1.8.9 says of them', async () => {
    const path = new URL('everyMatch.listing.json.gz', fixtures);
    const listing: Record<string, string> = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
    const rules = (['ip', 'ip6'] as const).flatMap((family) => {
      const parsed = parseIptablesSave(listing[`${family}tables-nft`] ?? '', {
        sandbox: 'sandbox:host',
        family,
        backend: 'iptables-nft',
      });
      expect(parsed.rules.filter((rule) => rule.unparsed !== null)).toEqual([]);
      return parsed.rules;
    });
    expect(rules.length).toBeGreaterThan(170);
    await expect(readable(rules)).toMatchFileSnapshot('../../../fixtures/rules/everyMatch.parsed.txt');
  });
});
