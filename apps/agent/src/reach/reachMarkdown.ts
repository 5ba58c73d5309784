import type { Snapshot } from '@vethscope/model';
import { type PlacedCell, withoutControls } from '@vethscope/path';
import { countsText, fittingTable } from './reachTable.ts';
import type { ReachAsked } from './readReach.ts';

/** A page of a document has room for so many columns. */
const mostColumns = 10;

/** Text of a host within a table of Markdown: no markup, and no column, of its own. */
const escaped = (text: string): string => withoutControls(text).replace(/[\\`*_{}[\]<>|#]/g, '\\$&');

/** The matrix as a table for a document. */
export function reachMarkdown(
  snapshot: Snapshot,
  { asked, cells }: { asked: ReachAsked; cells: readonly PlacedCell[] },
): string {
  const table = fittingTable(asked, cells, ({ columns }) => columns.length <= mostColumns);
  const engine = snapshot.engine === null ? 'no engine' : `Docker ${snapshot.engine.version}`;
  const line = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  const rows = table.groups.flatMap(({ title, rows: own }) =>
    own.map(({ label, protocol, fields }) =>
      line([
        escaped(title),
        escaped(`${label}${protocol === 'tcp' ? '' : `/${protocol}`}`),
        ...fields.map(({ text, disposition }) =>
          disposition === 'delivered' ? `**${escaped(text)}**` : escaped(text),
        ),
      ]),
    ),
  );
  const lines = [
    '### Who reaches what',
    '',
    line(['Of', 'Target', ...table.columns.map(escaped)]),
    line(['---', '---', ...table.columns.map(() => '---')]),
    ...rows,
    '',
    `${countsText(cells) || 'Nothing listens'}. Predicted by vethscope for ${escaped(snapshot.host.hostname)} (${escaped(engine)}) as it was at ${snapshot.readAt}.`,
  ];
  return `${lines.join('\n')}\n`;
}
