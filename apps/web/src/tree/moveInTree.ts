import type { TreeRow } from './treeRows.ts';

/** Where a key leads in a tree (WAI-ARIA Authoring Practices, Tree View): to another line, or to a branch that opens or closes. */
export type TreeMove = { kind: 'focus'; index: number } | { kind: 'expand' | 'collapse'; key: string } | null;

export function moveInTree(rows: readonly TreeRow[], index: number, key: string, page: number): TreeMove {
  const row = rows[index];
  if (!row) return null;
  const to = (wanted: number): TreeMove => ({ kind: 'focus', index: Math.min(rows.length - 1, Math.max(0, wanted)) });
  switch (key) {
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowUp':
      return to(index - 1);
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row.expanded === false) return { kind: 'expand', key: row.key };
      return row.expanded ? to(index + 1) : null;
    case 'ArrowLeft': {
      if (row.expanded) return { kind: 'collapse', key: row.key };
      const parent = rows.findIndex((each) => each.key === row.parent);
      return parent < 0 ? null : to(parent);
    }
    default: {
      if (key.length !== 1 || key === ' ') return null;
      const letter = key.toLowerCase();
      const rest = [...rows.slice(index + 1), ...rows.slice(0, index + 1)];
      const found = rest.find((each) => each.text.toLowerCase().startsWith(letter));
      return found ? to(rows.indexOf(found)) : null;
    }
  }
}
