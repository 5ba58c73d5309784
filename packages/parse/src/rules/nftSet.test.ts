import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { parseNftRuleset } from './nftRuleset.ts';

const fixtures = new URL('../../../fixtures/', import.meta.url);
const gunzip = (path: string) => gunzipSync(readFileSync(new URL(path, fixtures))).toString('utf8');

/** "family/table/name" to the elements of `nft list ruleset`, on one line. */
function listedElements(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const joined = text.replace(/,\n\s+/g, ', ');
  let table = '';
  let set = '';
  for (const line of joined.split('\n')) {
    table = /^table (\S+ \S+)/.exec(line)?.[1]?.replace(' ', '/') ?? table;
    const declared = /^\t(?:set|map) (\S+) \{/.exec(line)?.[1];
    if (declared !== undefined) {
      set = `${table}/${declared}`;
      found.set(set, '');
    }
    const elements = /^\t\telements = \{ (.*) \}$/.exec(line)?.[1];
    if (elements !== undefined) found.set(set, elements);
  }
  return found;
}

it.each([
  [
    'Docker’s own',
    () => ({
      nft: JSON.parse(gunzip('recordings/docker-29.7-nftables.json.gz')).namespaces[0].readings.nft,
      nftText: gunzip('rules/docker-29.7-nftables.nft.txt.gz'),
    }),
  ],
  ['every type', () => JSON.parse(gunzip('rules/everyStatement.listing.json.gz'))],
])('prints the elements of sets and maps as nft does: %s', (_name, read) => {
  const { nft, nftText } = read();
  const { sets } = parseNftRuleset(nft, { sandbox: 'sandbox:host' });
  const ours = sets.map(({ id, elements }) => [id.slice('netfilterSet:host/nftables/'.length), elements.join(', ')]);
  expect(sets.length).toBeGreaterThan(5);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(listedElements(nftText)));
});
