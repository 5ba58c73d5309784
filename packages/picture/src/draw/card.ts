import { type Box, type GraphNode, type Lens, measureText } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { dot, rect, sheet, stroke } from './boxes.ts';
import { inner, label, plain } from './label.ts';
import { rowShapes } from './rows.ts';

type Card = Extract<GraphNode, { kind: 'container' }>;

const padding = 11;
const sizes = {
  name: 12.5,
  state: 10,
  mark: 10,
  subtitle: 11,
  sharer: 10.5,
  row: { docker: 10, linux: 10.5 },
} as const;
/** From the top of a card to the middle of its name, the line of its subtitle, its rows. */
const lines = {
  docker: { name: 18, subtitle: 32, rows: 44, row: 14 },
  linux: { name: 25, subtitle: 0, rows: 39, row: 16 },
} as const;

/** "running" is what everybody expects: only another word takes room on the card. */
const stateOf = (card: Card) => (card.state === 'running' ? null : card.state);

const styleOf = (lens: Lens) => (lens === 'linux' ? 'linux' : 'docker');

/** What a further leg below a card takes: the words beside it (Docker, CNM), or its link's pill (Linux). */
const legRoom = { docker: 88, linux: 116 } as const;
/** More further legs than this would make all cards wide for one. */
const mostLegs = 2;

/** The width at which nothing of the card has to be cut or made smaller. `others`: how many networks it joins besides its home. */
export function cardWidth(card: Card, lens: Lens, others: number): number {
  const state = stateOf(card);
  const style = styleOf(lens);
  const name =
    13 +
    measureText(plain(card.title), 'sansStrong', sizes.name) +
    (state === null ? 0 : 8 + measureText(plain(state), 'sans', sizes.state)) +
    (card.mark === null ? 0 : 8 + measureText(plain(card.mark), 'mono', sizes.mark));
  const rows = card.rows.map(
    (row) =>
      measureText(plain(row.text), 'mono', sizes.row[style]) +
      (row.mark === null ? 0 : 8 + measureText(plain(row.mark), 'mono', sizes.mark)),
  );
  const sharers = card.sharers.reduce(
    (sum, sharer) => sum + 19 + measureText(plain(sharer.title), 'sans', sizes.sharer),
    0,
  );
  const subtitle = measureText(plain(card.subtitle), 'sans', sizes.subtitle);
  const words = 2 * padding + Math.max(name, subtitle, sharers, ...rows) + 1;
  return Math.ceil(Math.max(words, Math.min(others, mostLegs) * legRoom[style]));
}

export function cardShapes(card: Card, box: Box, { theme, lens }: { theme: Theme; lens: Lens }): Shape[] {
  const style = styleOf(lens);
  const at = lines[style];
  const off = card.dot === 'off';
  const background = off
    ? [rect(box, { radius: 10, fill: theme.surface, line: stroke(theme.line) })]
    : sheet(box, theme);
  const middle = box.y + at.name;
  const line = (top: number, height: number) => inner(box, { left: padding, top, height });
  const subtitle =
    card.subtitle === '' || style === 'linux'
      ? []
      : [
          label(card.subtitle, line(at.subtitle - 7, 14), {
            font: 'sans',
            size: sizes.subtitle,
            least: 8,
            fill: theme.ink2,
          }),
        ];
  const rowsTop = style === 'linux' && card.subtitle !== '' ? at.rows + 14 : at.rows;
  return [
    ...background,
    dot({ x: box.x + padding + 3.5, y: middle }, card.dot, theme),
    ...headShapes(card, line(at.name - 8, 16), theme),
    ...subtitle,
    ...rowShapes(card.rows, line(rowsTop - 5, 0), { theme, size: sizes.row[style], line: at.row }),
    ...sharerShapes(card, box, theme),
  ];
}

function headShapes(card: Card, box: Box, theme: Theme): Shape[] {
  const shapes: Shape[] = [];
  let right = box.x + box.width;
  const state = stateOf(card);
  const put = (text: string, font: 'sans' | 'mono', fill: string, size: number) => {
    const width = measureText(plain(text), font, size);
    shapes.push(label(text, { ...box, x: right - width, width }, { font, size, fill }));
    right -= width + 8;
  };
  if (card.mark !== null) put(card.mark, 'mono', theme.ink2, sizes.mark);
  const inks = { good: theme.ink2, warn: theme.warnInk, bad: theme.badInk, off: theme.ink2 };
  if (state !== null) put(state, 'sans', inks[card.dot], sizes.state);
  const left = box.x + 13;
  shapes.push(
    label(
      card.title,
      { ...box, x: left, width: Math.max(0, right - left) },
      {
        font: 'sansStrong',
        size: sizes.name,
        least: 9,
        fill: card.dot === 'off' ? theme.ink2 : theme.ink1,
      },
    ),
  );
  return shapes;
}

/** The other containers in the same sandbox, on a line of their own at the bottom. Those that do not fit are counted. */
function sharerShapes(card: Card, box: Box, theme: Theme): Shape[] {
  const shapes: Shape[] = [];
  const top = box.y + box.height - 21;
  let x = box.x + padding;
  const end = box.x + box.width - padding;
  const wanted = (title: string) => 11 + measureText(plain(title), 'sans', sizes.sharer);
  for (const [index, sharer] of card.sharers.entries()) {
    const left = card.sharers.length - index - 1;
    const room = end - x - (left > 0 ? 34 : 0);
    if (wanted(sharer.title) > room && index > 0) {
      const rest = { x, y: top, width: end - x, height: 14 };
      shapes.push(label(`+${left + 1} more`, rest, { font: 'sans', size: sizes.sharer, least: 7, fill: theme.ink2 }));
      break;
    }
    shapes.push(dot({ x: x + 3.5, y: top + 7 }, sharer.dot, theme));
    const width = Math.min(wanted(sharer.title), room) - 11;
    shapes.push(
      label(
        sharer.title,
        { x: x + 11, y: top, width, height: 14 },
        { font: 'sans', size: sizes.sharer, least: 8, fill: theme.ink1 },
      ),
    );
    x += 11 + width + 8;
  }
  return shapes;
}
