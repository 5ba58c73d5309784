import type { GraphRow } from '@vethscope/graph';

/** The lines of a box. A line that stands for records is a thing of its own to point at and to select. */
export function Rows({ rows, lit, cursor }: { rows: readonly GraphRow[]; lit: number | null; cursor: number | null }) {
  return rows.map((row, index) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: two rows may say the same, and only their place tells them apart
      key={`${index} ${row.text}`}
      className={`vt-row vt-row-${row.tone}${lit === index ? ' is-lit' : ''}${cursor === index ? ' is-cursor' : ''}`}
      data-row={row.records.length > 0 ? index : undefined}
    >
      <span className="vt-cut">{row.text}</span>
      {row.mark !== null && <span className="vt-mark">{row.mark}</span>}
    </div>
  ));
}
