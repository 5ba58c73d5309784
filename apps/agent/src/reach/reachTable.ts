import type { Disposition, Snapshot } from '@vethscope/model';
import { type PlacedCell, reachCells, reachWord } from '@vethscope/path';
import type { ReachAsked } from './readReach.ts';

/** One field: a word, and how it is to be coloured. */
export interface ReachField {
  text: string;
  disposition: Disposition | null;
}

interface ReachRow {
  label: string;
  protocol: string;
  fields: ReachField[];
}

/** Targets as rows under their containers, senders as columns. */
export interface ReachTable {
  columns: string[];
  groups: { title: string; rows: ReachRow[] }[];
}

/** Every cell that was asked for, row by row of the senders. */
export function cellsOf(snapshot: Snapshot, asked: ReachAsked): PlacedCell[] {
  return [...reachCells(snapshot, asked)].flat();
}

/** More names than that say less than their number. */
const mostNames = 3;

/**
 * `columns`: a sender each, or, where they are too many for that, those outside of containers and one column for all containers together.
 */
function reachTable(asked: ReachAsked, cells: readonly PlacedCell[], { folded }: { folded: boolean }): ReachTable {
  const { sources, targets } = asked;
  const at = (row: number, column: number): PlacedCell | undefined => cells[row * targets.length + column];
  const apart = sources
    .map((source, row) => ({ source, row }))
    .filter(({ source }) => !folded || source.kind !== 'container');
  const together = sources
    .map((source, row) => ({ source, row }))
    .filter(({ source }) => folded && source.kind === 'container');
  const groups: ReachTable['groups'] = [];
  for (const [column, { group, label, protocol }] of targets.entries()) {
    const fields = apart.map(({ row }) => {
      const disposition = at(row, column)?.disposition ?? null;
      return { text: disposition === null ? '' : reachWord(disposition), disposition };
    });
    if (together.length > 0) {
      const reaching = together
        .filter(({ row }) => at(row, column)?.disposition === 'delivered')
        .map(({ source }) => source.label);
      fields.push(folding(reaching, together.length));
    }
    const title = group.network === null ? group.label : `${group.label} (${group.network})`;
    const rows = groups.at(-1)?.title === title ? groups.at(-1)?.rows : undefined;
    const row = { label, protocol, fields };
    if (rows === undefined) groups.push({ title, rows: [row] });
    else rows.push(row);
  }
  const columns = apart.map(({ source }) => source.label);
  return { columns: together.length === 0 ? columns : [...columns, `${together.length} containers`], groups };
}

function folding(reaching: readonly string[], all: number): ReachField {
  if (reaching.length === 0) return { text: 'none', disposition: 'dropped' };
  if (reaching.length === all) return { text: 'all', disposition: 'delivered' };
  const text = reaching.length <= mostNames ? reaching.join(', ') : `${reaching.length} of ${all}`;
  return { text, disposition: 'delivered' };
}

/** How many cells end how, the commonest first: "412 delivered, 300 dropped". */
export function countsText(cells: readonly PlacedCell[]): string {
  const counts = new Map<Disposition, number>();
  for (const { disposition } of cells) counts.set(disposition, (counts.get(disposition) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([disposition, count]) => `${count.toLocaleString('en')} ${reachWord(disposition)}`)
    .join(', ');
}

/** The table that fits: each sender a column where there is room for all of them. */
export function fittingTable(
  asked: ReachAsked,
  cells: readonly PlacedCell[],
  fits: (table: ReachTable) => boolean,
): ReachTable {
  const open = reachTable(asked, cells, { folded: false });
  return fits(open) ? open : reachTable(asked, cells, { folded: true });
}
