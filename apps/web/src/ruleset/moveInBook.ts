import type { BookRow } from './bookRows.ts';

/** Where a key leads in the book: up and down by line, [ and ] by chain. null: the key is none of the book's. */
export function moveInBook(rows: readonly BookRow[], index: number, key: string, page: number): number | null {
  const within = (wanted: number) => Math.min(rows.length - 1, Math.max(0, wanted));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + page);
    case 'PageUp':
      return within(index - page);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case ']': {
      const next = rows.findIndex((row, at) => at > index && row.kind === 'chain');
      return next < 0 ? index : next;
    }
    case '[':
      return within(rows.findLastIndex((row, at) => at < index && row.kind === 'chain'));
    default:
      return null;
  }
}
