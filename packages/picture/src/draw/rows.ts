import { type Box, type GraphRow, measureText } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { fittingSize, label, plain } from './label.ts';

const gap = 8;
const least = 7;
/** Below this only the line that is too long becomes smaller. */
const common = 9.5;

/** The lines of a box, each `line` high, with the short words at their right ends. All are of one size, that at which the longest fits, unless it is much too long. */
export function rowShapes(
  rows: readonly GraphRow[],
  box: Box,
  { theme, size, line }: { theme: Theme; size: number; line: number },
): Shape[] {
  const markSize = Math.min(size, 10);
  const markWidth = (mark: string | null) => (mark === null ? 0 : measureText(plain(mark), 'mono', markSize) + gap);
  const options = { font: 'mono', size, least, fill: theme.ink2 } as const;
  const fits = rows.map((row) => fittingSize([plain(row.text)], box.width - markWidth(row.mark), options));
  const fitted = Math.max(common, Math.min(size, ...fits));
  return rows.flatMap((row, index) => {
    const y = box.y + index * line;
    const room = markWidth(row.mark);
    const words = label(
      row.text,
      { x: box.x, y, width: box.width - room, height: line },
      {
        ...options,
        size: Math.min(fitted, fits[index] ?? fitted),
        fill: row.tone === 'bad' ? theme.badInk : theme.ink2,
      },
    );
    if (row.mark === null) return [words];
    const at = { x: box.x + box.width - room, y, width: room, height: line };
    return [words, label(row.mark, at, { font: 'mono', size: markSize, fill: theme.ink2, anchor: 'end' })];
  });
}
