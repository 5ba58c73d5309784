import { describe, expect, it } from 'vitest';
import { en } from './en/en.ts';
import { ko } from './ko/ko.ts';

type Words = string | ((...values: never[]) => unknown) | readonly Words[] | { [key: string]: Words };

/** Every text with its path: "inspect.rules". */
function textsOf(words: Words, path = ''): [string, Words][] {
  if (typeof words !== 'object') return [[path, words]];
  return Object.entries(words).flatMap(([key, inner]) => textsOf(inner, path === '' ? key : `${path}.${key}`));
}

/** A text takes counts, names or a list of names, and which cannot be seen from outside: what it throws at is none of it. */
function said(text: (...values: never[]) => unknown, count: number): unknown {
  for (const value of [count, 'web', ['web', 'db']]) {
    try {
      return text(...(Array.from({ length: text.length }, () => value) as never[]));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new Error('It takes neither a count nor a name nor a list of names.');
}

// What packages say is the matter of words.test.ts: it takes more than counts and names.
const { packages: _en, ...english } = en;
const { packages: _ko, ...korean } = ko;

it('has the same texts in both languages', () => {
  expect(textsOf(korean).map(([path]) => path)).toEqual(textsOf(english).map(([path]) => path));
});

describe.each([
  ['English', english],
  ['Korean', korean],
])('%s', (_language, words) => {
  it('has no empty text', () => {
    const empty = textsOf(words).filter(([, text]) => typeof text === 'string' && text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('says something for none, one and many', () => {
    const wrong = textsOf(words).flatMap(([path, text]) => {
      if (typeof text !== 'function') return [];
      return [0, 1, 12_345].flatMap((count) => {
        const words = said(text, count);
        const fine = typeof words === 'string' && !/undefined|NaN|\[object/.test(words);
        return fine && (words !== '' || path === 'timeline.records') ? [] : [`${path}(${count}): ${words}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});

it('has one and many in English, and a word for what is counted in Korean', () => {
  expect([0, 1, 12_345].map(en.overview.containers)).toEqual(['0 containers', '1 container', '12,345 containers']);
  expect([0, 1, 12_345].map(ko.overview.containers)).toEqual(['컨테이너 0개', '컨테이너 1개', '컨테이너 12,345개']);
});
