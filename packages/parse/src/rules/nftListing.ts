import { parseNftRuleset } from './nftRuleset.ts';

/** The rules of `nft -a list ruleset` as text, without what counters counted, by "family/table/chain/handle". */
function listedRules(text: string): Map<string, string> {
  const rules = new Map<string, string>();
  let table = '';
  let chain = '';
  for (const line of text.split('\n')) {
    table = /^table (\S+ \S+)/.exec(line)?.[1]?.replace(' ', '/') ?? table;
    chain = /^\tchain (\S+)/.exec(line)?.[1] ?? chain;
    const [, rule, handle] = /^\t\t(.*) # handle (\d+)$/.exec(line) ?? [];
    if (rule !== undefined)
      rules.set(`${table}/${chain}/${handle}`, rule.replace(/counter packets \d+ bytes \d+/g, 'counter'));
  }
  return rules;
}

/** What nft printed of each rule beside what is printed here: for tests, and to find out what a new version of nft prints otherwise. */
export function compareTexts(json: string, listing: string) {
  const listed = listedRules(listing);
  const { rules } = parseNftRuleset(json, { sandbox: 'sandbox:host' });
  const pairs = rules.map((rule) => ({
    nft: listed.get(rule.id.slice('rule:host/nftables/'.length)),
    ours: rule.text,
    unparsed: rule.unparsed,
  }));
  return { pairs, listed: listed.size };
}
