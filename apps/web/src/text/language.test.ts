import { expect, it } from 'vitest';
import { chooseLanguage } from './language.ts';

const nothing = { saved: null, search: '', wanted: ['de-DE'] };

it('is the first language of the browser that the page speaks, else English', () => {
  expect(chooseLanguage({ ...nothing, wanted: ['de-DE', 'ko-KR', 'en'] })).toBe('ko');
  expect(chooseLanguage({ ...nothing, wanted: ['en-US', 'ko'] })).toBe('en');
  expect(chooseLanguage(nothing)).toBe('en');
});

it('is what a link asks for before what the browser does, and what was chosen here before both', () => {
  expect(chooseLanguage({ ...nothing, search: '?lens=linux&lang=ko' })).toBe('ko');
  expect(chooseLanguage({ ...nothing, saved: 'en', search: '?lang=ko', wanted: ['ko'] })).toBe('en');
});

it('takes no word that is no language of the page', () => {
  expect(chooseLanguage({ saved: 'xx', search: '?lang=fr', wanted: ['ko'] })).toBe('ko');
});
