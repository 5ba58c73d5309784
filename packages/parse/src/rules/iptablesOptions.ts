import type { Word } from './words.ts';

/** One option with its values, as `! --dport 80`. */
export interface OptionUse {
  name: string;
  values: string[];
  not: boolean;
}

/** `-m NAME` or `-j NAME` with the options that follow it. */
export interface ExtensionUse {
  name: string;
  options: OptionUse[];
}

/** Options whose value may begin with "-" when unquoted, because iptables-save does not quote that character. */
const fixedArity = new Map<string, number>([
  ['--comment', 1],
  ['--log-prefix', 1],
  ['--nflog-prefix', 1],
  ['--match-set', 2],
  ['--add-set', 2],
  ['--del-set', 2],
  ['--helper', 1],
  ['--physdev-in', 1],
  ['--physdev-out', 1],
  ['--string', 1],
  ['--hex-string', 1],
  ['--limit-iface-in', 0],
  ['--limit-iface-out', 0],
]);

export function isOption(word: Word): boolean {
  return !word.quoted && word.text.length > 1 && word.text.startsWith('-');
}

export function isNegation(word: Word | undefined): boolean {
  return word !== undefined && word.text === '!' && !word.quoted;
}

/**
 * Reads the option at `at` with its values. A value ends where the next option or "!" begins, except where the option is known to take a
 * certain number. The old order `--dport ! 80` is read like `! --dport 80`.
 */
export function readOption(words: Word[], at: number, negatedBefore: boolean): { use: OptionUse; next: number } {
  const name = words[at]?.text ?? '';
  let not = negatedBefore;
  let next = at + 1;
  const arity = fixedArity.get(name);
  if (arity !== 0 && isNegation(words[next]) && next + 1 < words.length) {
    const after = words[next + 1];
    if (after && !isOption(after)) {
      not = !not;
      next++;
    }
  }
  const values: string[] = [];
  while (next < words.length) {
    const word = words[next];
    if (word === undefined) break;
    if (arity === undefined ? isOption(word) || isNegation(word) : values.length >= arity) break;
    values.push(word.text);
    next++;
  }
  return { use: { name, values, not }, next };
}

/** The words of an extension's options, as they stood. */
export function wordsOf(options: OptionUse[]): string[] {
  return options.flatMap((option) => [...(option.not ? ['!'] : []), option.name, ...option.values]);
}
