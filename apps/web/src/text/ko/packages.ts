import { change } from './changes.ts';
import { dispositions } from './dispositions.ts';
import { error } from './errors.ts';
import { find, question } from './faults.ts';
import { rule } from './rules/rule.ts';
import { word } from './words.ts';

/** What packages/graph and packages/path say in English: the closed sets among it. Names, addresses, rules and commands stay as they are. */
export const packages = {
  dispositions,
  word,
  change: (told: Parameters<typeof change>[0]): string | null => change(told),
  error,
  find,
  question,
  rule,
};
