import type { Sentences } from '@vethscope/path';
import type { Language } from './language.ts';

/** For a worker: what the path engine says in a language; nothing where that is the engine's own. Only what is asked for is fetched. */
export async function sentencesIn(language: Language): Promise<Sentences | undefined> {
  switch (language) {
    case 'en':
      return undefined;
    case 'ko':
      return (await import('./ko/path/sentences.ts')).sentences;
    default: {
      const never: never = language;
      return never;
    }
  }
}
