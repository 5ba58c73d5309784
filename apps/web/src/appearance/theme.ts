import { useSyncExternalStore } from 'react';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = 'light' | 'dark';

/** public/theme.js reads the same key before the first paint. */
const key = 'vethscope-theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key);
    return themeChoices.find((choice) => choice === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

let choice = readChoice();

function resolveTheme(chosen: ThemeChoice, dark: boolean): Theme {
  return chosen === 'system' ? (dark ? 'dark' : 'light') : chosen;
}

const theme = () => resolveTheme(choice, systemDark.matches);

function show() {
  document.documentElement.dataset.theme = theme();
  for (const listener of [...listeners]) listener();
}

systemDark.addEventListener('change', show);
show();

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  show();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice);
export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme);
