import type { CauseCode } from '@vethscope/model';
import { causes, dispositions } from './causes.ts';
import { change } from './changes.ts';
import { word } from './words.ts';

/** What packages/graph and packages/path say in English: the closed sets among it. Names, addresses, rules and commands stay as they are. */
export const packages = {
  dispositions,
  word,
  cause: (code: CauseCode): string | null => causes[code],
  change: (told: Parameters<typeof change>[0]): string | null => change(told),
};
