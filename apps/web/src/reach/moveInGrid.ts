export interface GridPlace {
  row: number;
  column: number;
}

/** Where a key leads in a grid; null where it is no key of grids. Ctrl (or ⌘) with Home and End goes to the corners. Source: ARIA APG, grid pattern. */
export function moveInGrid(
  { row, column }: GridPlace,
  { key, ctrl }: { key: string; ctrl: boolean },
  { rows, columns, page }: { rows: number; columns: number; page: number },
): GridPlace | null {
  const to = (nextRow: number, nextColumn: number): GridPlace => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(ctrl ? 0 : row, 0);
    case 'End':
      return to(ctrl ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
