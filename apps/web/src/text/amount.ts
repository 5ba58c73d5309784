import { locale } from './text.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];
const whole = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const counts = new Intl.NumberFormat(locale);

/** "88 kB", "1.2 MB": decimal units, as links are measured in. */
export function bytes(value: number): string {
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = unit === 0 || amount >= 9.95 ? whole.format(amount) : tenths.format(amount);
  return `${text} ${units[unit]}`;
}

export const rate = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

/** "12,345". */
export const number = (value: number): string => counts.format(value);
