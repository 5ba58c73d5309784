import type { Snapshot } from '@vethscope/model';
import { noPaint, type Paint, type PlacedCell, withoutControls, wrap } from '@vethscope/path';
import { countsText, fittingTable, type ReachField, type ReachTable } from './reachTable.ts';
import type { ReachAsked } from './readReach.ts';

const textWidth = 100;
const gap = 2;

/** The matrix for a person: targets under their containers, a column for each sender, or for all containers together where they are many. */
export function reachText(
  snapshot: Snapshot,
  { asked, cells }: { asked: ReachAsked; cells: readonly PlacedCell[] },
  paint: Paint = noPaint,
): string {
  const { sources, targets } = asked;
  const counted = `${numbered(sources.length, 'sender')}, ${numbered(targets.length, 'target')}: ${countsText(cells) || 'nothing listens'}`;
  if (cells.length === 0) return `${counted}.\nRead ${snapshot.readAt}\n`;
  const table = fittingTable(asked, cells, (open) => widthOf(open) <= textWidth);
  const lines = [
    ...tableLines(table, paint),
    '',
    ...wrap(`${counted}.`, { indent: 0 }),
    `Read ${snapshot.readAt}`,
    ...whyLines(asked, cells, paint),
  ];
  return `${lines.join('\n')}\n`;
}

const numbered = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

const rowLabel = ({ label, protocol }: { label: string; protocol: string }): string =>
  `  ${withoutControls(label)}${protocol === 'tcp' ? '' : `/${protocol}`}`;

function widthsOf({ columns, groups }: ReachTable): { first: number; others: number[] } {
  const rows = groups.flatMap((group) => group.rows);
  return {
    first: Math.max('Target'.length, ...rows.map((row) => rowLabel(row).length)),
    others: columns.map((title, at) =>
      Math.max(title.length, ...rows.map(({ fields }) => fields[at]?.text.length ?? 0)),
    ),
  };
}

function widthOf(table: ReachTable): number {
  const { first, others } = widthsOf(table);
  return first + others.reduce((sum, width) => sum + gap + width, 0);
}

function tableLines(table: ReachTable, paint: Paint): string[] {
  const { first, others } = widthsOf(table);
  const line = (label: string, fields: readonly string[]): string =>
    [label.padEnd(first), ...fields].join(' '.repeat(gap)).trimEnd();
  const padded = (text: string, at: number): string => text.padEnd(others[at] ?? 0);
  const lines = [paint.bold(line('Target', table.columns.map(withoutControls).map(padded)))];
  for (const { title, rows } of table.groups) {
    lines.push(paint.cyan(withoutControls(title)));
    for (const row of rows)
      lines.push(
        line(
          rowLabel(row),
          row.fields.map((field, at) => coloured(field, padded(field.text, at), paint)),
        ),
      );
  }
  return lines;
}

function coloured({ disposition }: ReachField, text: string, paint: Paint): string {
  if (disposition === null) return text;
  if (disposition === 'delivered') return paint.green(text);
  return disposition === 'unknown' || disposition === 'leftHost' ? paint.yellow(text) : paint.red(text);
}

/** How to ask on: the first cell that fails. */
function whyLines({ sources, targets }: ReachAsked, cells: readonly PlacedCell[], paint: Paint): string[] {
  const failed = cells.find(({ disposition }) => disposition !== 'delivered');
  const source = sources[failed?.row ?? -1];
  const target = targets[failed?.column ?? -1];
  if (failed === undefined || source === undefined || target === undefined) return [];
  const { from } = failed.question;
  const sender = from.kind === 'container' ? from.name : from.kind === 'address' ? from.address : from.kind;
  const to = target.to.kind === 'container' ? `container:${target.label}` : target.label;
  const proto = target.protocol === 'tcp' ? '' : ` --proto ${target.protocol}`;
  return ['', paint.dim(`Why: vethscope trace --from ${sender} --to ${to}${proto}`)];
}
