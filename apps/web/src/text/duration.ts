import { locale, t } from './text.ts';

/** "3 s", "4 min", "2 h", "5 days": how long ago, or how long still. Never below zero. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t.units.seconds(seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t.units.minutes(minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return t.units.hours(hours);
  return t.units.days(Math.round(hours / 24));
}

const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** In the reader's own time zone. */
export const moment = (iso: string): string => format.format(new Date(iso));
