import type { Rule } from '@vethscope/model';
import { describeRule, nftParts } from '@vethscope/parse';
import { t } from '../text/text.ts';

/** What a rule does, in a sentence of the page's language. What was not understood of it stands elsewhere. */
export function ruleSentence({ body, text }: Pick<Rule, 'body' | 'text'>): string {
  const words = t.packages.rule;
  if (words === undefined) return describeRule({ body, text, unparsed: null });
  return body.syntax === 'iptables' ? words.iptables(body) : words.nft(nftParts(body));
}
