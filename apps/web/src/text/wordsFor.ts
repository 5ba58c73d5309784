import { networkTitle } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { t } from './text.ts';

/** Says the words of packages/graph in the page's language. What is a name on this host stays as it is, though it be a word, too. */
export function wordsFor({ records }: Snapshot): (english: string) => string {
  const names = new Set([
    ...Object.values(records.network).flatMap((network) => [network.name, networkTitle(network)]),
    ...Object.values(records.container).map(({ name }) => name),
    ...Object.values(records.link).map(({ name }) => name),
  ]);
  return (english) => (names.has(english) ? english : t.packages.word(english));
}
