import type { en } from './en/en.ts';
import type { Language } from './language.ts';

/** All words of the page, in one language: another one is another object of the same shape. */
export type Text = typeof en;

/** Set once by loadText, before any module that reads words is evaluated. */
export let t: Text;
export let language: Language;

/** For Intl: dates in the order of the language, and 24 hours, as in the outputs of the host. */
export let locale: string;

export function setText(next: Language, text: Text): void {
  t = text;
  language = next;
  locale = next === 'en' ? 'en-GB' : 'ko-KR-u-hc-h23';
}
