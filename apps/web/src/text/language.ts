export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

const key = 'vethscope-language';
const known = (word: string | null | undefined): Language | undefined => languages.find((each) => each === word);

interface Wishes {
  /** What this person once chose here. */
  saved: string | null;
  /** The query of the page's address, with or without `lang=`. */
  search: string;
  /** What the browser asks for, the most wanted first: "ko-KR". */
  wanted: readonly string[];
}

/** A choice made here is stronger than a link, and a link stronger than the browser's settings. English where none of them is spoken. */
export function chooseLanguage({ saved, search, wanted }: Wishes): Language {
  const fromBrowser = wanted.map((tag) => known(tag.toLowerCase().split('-')[0])).find((each) => each !== undefined);
  return known(saved) ?? known(new URLSearchParams(search).get('lang')) ?? fromBrowser ?? 'en';
}

export function readSavedLanguage(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * Words are read once, when a module is evaluated, so another language is another page. What is seen is in the address and comes back with it;
 * `lang=` there is taken out, and put in only where there is no storage.
 */
export function switchLanguage(language: Language): void {
  const url = new URL(location.href);
  try {
    localStorage.setItem(key, language);
    url.searchParams.delete('lang');
  } catch {
    url.searchParams.set('lang', language);
  }
  if (url.href === location.href) location.reload();
  else location.replace(url.href);
}
