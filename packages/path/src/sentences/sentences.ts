import { causes } from './causes.ts';
import { fixes } from './fixes.ts';
import { reasons } from './reasons.ts';
import { steps } from './steps.ts';

/** Everything that the engine says of a way, in English. */
const english = { step: steps, cause: causes, why: reasons, fix: fixes };

/** The sentences of the engine in one language: another one is another object of the same shape. Names, rules and commands stay as they are. */
export type Sentences = typeof english;

/** A sentence, or a part of one, that came out of Sentences: so that nothing is said in English alone. */
export type Said = string & { readonly saidBy: 'Sentences' };

type Saying<T> = T extends string
  ? Said
  : T extends (...values: infer V) => string
    ? (...values: V) => Said
    : { readonly [K in keyof T]: Saying<T[K]> };

export type Say = Saying<Sentences>;

export const say = (sentences: Sentences): Say => sentences as unknown as Say;

export const sayEnglish: Say = say(english);

/** One sentence after another. */
export const both = (first: Said, second: Said): Said => `${first} ${second}` as Said;
