import type { Highlight, Moment } from '@vethscope/model';
import { locale, t } from '../text/text.ts';

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });

/** "14:03:22"; with the day where that is not today. In the reader's own time zone. */
export function clockTime(iso: string, now = Date.now()): string {
  const time = new Date(iso);
  const sameDay = time.toDateString() === new Date(now).toDateString();
  return sameDay ? clock.format(time) : `${day.format(time)} ${clock.format(time)}`;
}

/** "new: my-web"; the name of a thing may be anything, so a long one is cut. */
export const highlightWords = ({ change, name }: Highlight): string =>
  `${t.timeline.highlight[change]}: ${name.length > 60 ? `${name.slice(0, 60)}…` : name}`;

/** What a moment is known by, in one line: its first changes that a person would name, else how many records. */
export function momentWords({ highlights, changes }: Moment, most = 2): string {
  if (highlights.length === 0) return t.timeline.records(changes.added, changes.updated, changes.removed);
  const rest = highlights.length > most ? ' …' : '';
  return highlights.slice(0, most).map(highlightWords).join(', ') + rest;
}
