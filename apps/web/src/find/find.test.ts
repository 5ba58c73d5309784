import { expect, it } from 'vitest';
import { findIn } from './find.ts';
import { insertSuggestion } from './insertSuggestion.ts';

it('says what is wrong with an expression, with or without a picture', () => {
  const find = findIn({ find: 'nosuchfield:x', hide: 'is:stopped' }, null);
  expect(find.findError).toMatchObject({ at: 0 });
  expect(find.hideError).toBeNull();
  expect(find.hits).toBeNull();
});

it('puts a suggestion in the place of the word that it completes', () => {
  const suggestion = { text: 'net:front ', note: '', at: 4, length: 3 };
  expect(insertSuggestion('web net port:80', suggestion)).toEqual({ text: 'web net:front port:80', cursor: 14 });
});
