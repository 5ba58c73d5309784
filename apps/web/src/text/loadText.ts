import { chooseLanguage, type Language, readSavedLanguage } from './language.ts';
import { setText, type Text } from './text.ts';

/** Only the language that is chosen is fetched. */
const load: Record<Language, () => Promise<Text>> = {
  en: async () => (await import('./en/en.ts')).en,
  ko: async () => (await import('./ko/ko.ts')).ko,
};

/** Chooses the language of the page and makes its words ready. What reads them is imported after this. */
export async function loadText(): Promise<void> {
  const language = chooseLanguage({
    saved: readSavedLanguage(),
    search: location.search,
    wanted: navigator.languages,
  });
  document.documentElement.lang = language;
  setText(language, await load[language]());
}
