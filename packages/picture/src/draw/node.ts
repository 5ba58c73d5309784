import { type Box, barLabel, barText, type GraphNode, type Lens, measureText } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import { hueOf, mix, type Theme } from '../theme.ts';
import { dashes, rect, sheet, stroke } from './boxes.ts';
import { cardShapes } from './card.ts';
import { inner, label, plain } from './label.ts';
import { rowShapes } from './rows.ts';

type Of<K extends GraphNode['kind']> = Extract<GraphNode, { kind: K }>;

export interface NodeStyle {
  theme: Theme;
  lens: Lens;
  /** Nothing is painted below the picture: what is only a tint of the page is left out. */
  transparent: boolean;
}

/** A node as the page draws it. */
export function nodeShapes(node: GraphNode, box: Box, style: NodeStyle): Shape[] {
  switch (node.kind) {
    case 'host':
      return hostShapes(node, box, style);
    case 'outside':
      return outsideShapes(node, box, style.theme);
    case 'hostLink':
      return hostLinkShapes(node, box, style.theme);
    case 'port':
      return portShapes(node, box, style.theme);
    case 'chip':
      return chipShapes(node, box, style.theme);
    case 'network':
      return barShapes(node, box, style.theme);
    case 'container':
      return cardShapes(node, box, style);
    case 'plug':
      return plugShapes(node, box, style.theme);
    case 'tray':
      return trayShapes(node, box, style.theme);
    case 'panel':
      return panelShapes(node, box, style.theme);
  }
}

function hostShapes(node: Of<'host'>, box: Box, { theme, transparent }: NodeStyle): Shape[] {
  const title = inner(box, { left: 20, top: 12, height: 18 });
  const width = measureText(plain(node.title), 'sansStrong', 13);
  return [
    rect(box, {
      radius: 14,
      fill: transparent ? null : mix(theme.surface, theme.page, theme.frame),
      line: stroke(theme.line),
    }),
    label(node.title, title, { font: 'sansStrong', size: 13, fill: theme.ink1 }),
    ...(node.detail === ''
      ? []
      : [
          label(node.detail, inner(title, { left: width + 8, right: 0 }), {
            font: 'mono',
            size: 11,
            least: 8,
            fill: theme.ink2,
          }),
        ]),
  ];
}

function outsideShapes(node: Of<'outside'>, box: Box, theme: Theme): Shape[] {
  const centred = { anchor: 'middle', least: 7 } as const;
  const line = (top: number) => inner(box, { left: 6, top, height: 15 });
  return [
    ...sheet(box, theme),
    label(node.title, line(8), { font: 'sansStrong', size: 12, fill: theme.ink1, ...centred }),
    label(node.detail, line(23), {
      font: /\d/.test(node.detail) ? 'mono' : 'sans',
      size: 10.5,
      fill: theme.ink2,
      ...centred,
    }),
  ];
}

function hostLinkShapes(node: Of<'hostLink'>, box: Box, theme: Theme): Shape[] {
  const open = node.rows.length > 0;
  const border = stroke(node.up ? theme.ink2 : theme.ink3, 1.5, node.up ? null : dashes.box);
  const frame = rect(box, { radius: open ? 10 : 7, fill: theme.surface, line: border });
  if (!open)
    return [
      frame,
      label(node.title, inner(box, { left: 6 }), {
        font: 'mono',
        size: 11.5,
        least: 8,
        fill: theme.ink1,
        anchor: 'middle',
      }),
    ];
  const head = inner(box, { left: 12, top: 6, height: 16 });
  const mark = node.mark === null ? 0 : measureText(plain(node.mark), 'mono', 10) + 8;
  return [
    frame,
    label(
      node.title,
      { ...head, width: head.width - mark },
      { font: 'sansStrong', size: 12.5, least: 8, fill: theme.ink1 },
    ),
    ...(node.mark === null
      ? []
      : [label(node.mark, head, { font: 'mono', size: 10, fill: theme.ink2, anchor: 'end' })]),
    ...rowShapes(node.rows, inner(box, { left: 12, top: 24, height: 0 }), { theme, size: 10.5, line: 16 }),
  ];
}

function portShapes(node: Of<'port'>, box: Box, theme: Theme): Shape[] {
  const { line } = hueOf(theme, node.hue);
  const pill = rect(box, { radius: 11, fill: theme.surface, line: stroke(line, 1.5, node.active ? null : dashes.box) });
  const words = label(node.title, inner(box, { left: 6 }), {
    font: 'mono',
    size: 11,
    least: 8,
    fill: node.active ? theme.ink1 : theme.ink2,
    anchor: 'middle',
  });
  if (node.note === null) return [pill, words];
  const width = measureText(plain(node.note), 'sans', 10);
  const below = { x: box.x + box.width / 2 - width / 2, y: box.y + box.height + 1, width, height: 13 };
  return [pill, words, label(node.note, below, { font: 'sans', size: 10, fill: theme.ink2, anchor: 'middle' })];
}

function chipShapes(node: Of<'chip'>, box: Box, theme: Theme): Shape[] {
  const { line, ink } = hueOf(theme, node.hue);
  return [
    rect(box, { radius: 8, fill: theme.surface, line: stroke(line, 1.5, node.role === 'proxy' ? dashes.box : null) }),
    label(node.title, inner(box, { left: 6 }), { font: 'mono', size: 10.5, least: 7.5, fill: ink, anchor: 'middle' }),
  ];
}

function plugShapes(node: Of<'plug'>, box: Box, theme: Theme): Shape[] {
  const { line } = hueOf(theme, node.hue);
  const fill = node.up ? theme.ink1 : theme.ink2;
  const border = stroke(line, 1.5, node.up ? null : dashes.box);
  if (node.mark === null)
    return [
      rect(box, { radius: 11, fill: theme.surface, line: border }),
      label(node.title, inner(box, { left: 5 }), { font: 'mono', size: 10.5, least: 7.5, fill, anchor: 'middle' }),
    ];
  const words = inner(box, { left: 6 });
  const frame = rect(box, { radius: 7, fill: theme.surface, line: border });
  const width = (text: string, size: number) => measureText(plain(text), 'mono', size);
  const { title, mark } = node;
  const size = plugSizes.find((each) => width(title, each) + plugGap + width(mark, each) <= words.width);
  // Where many ports stand on a bar only one of both has room: the name if it does, else the index, which is short.
  if (size === undefined) {
    const text = width(title, 7) <= words.width ? title : mark;
    return [frame, label(text, words, { font: 'mono', size: 10, least: 7, fill, anchor: 'middle' })];
  }
  const end = width(mark, size) + 0.5;
  return [
    frame,
    label(title, { ...words, width: words.width - end }, { font: 'mono', size, fill }),
    label(
      mark,
      { ...words, x: words.x + words.width - end, width: end },
      { font: 'mono', size, fill: theme.ink2, anchor: 'end' },
    ),
  ];
}

const plugSizes = [10, 9.5, 9, 8.5, 8, 7.5, 7] as const;
const plugGap = 4;

function barShapes(node: Of<'network'>, box: Box, theme: Theme): Shape[] {
  const { line, fill, ink, badge, badgeInk } = hueOf(theme, node.hue);
  const tall = node.second !== null;
  const radius = tall ? 12 : 9;
  const border = stroke(line, 1.5, node.internal ? dashes.box : null);
  const shapes: Shape[] = [rect(box, { radius, fill, line: border })];
  // An overlay's bar is a tunnel: a line within a line.
  if (node.shape === 'tunnel') {
    const within = { x: box.x + 2.5, y: box.y + 2.5, width: box.width - 5, height: box.height - 5 };
    shapes.push(rect(within, { radius: radius - 2.5, fill: null, line: stroke(line, 0.75) }));
  }
  const shown = barLabel(node, box.width);
  const row = tall ? inner(box, { left: barText.padding, top: 4, height: 17 }) : inner(box, { left: barText.padding });
  const titleSize = tall ? 13 : barText.title;
  const end = row.x + row.width;
  let { x } = row;
  const put = (text: string, options: Parameters<typeof label>[2]) => {
    const shape = label(text, { ...row, x, width: Math.max(0, end - x) }, options);
    x += shape.width;
    return shape;
  };
  shapes.push(put(shown.title, { font: 'sansStrong', size: titleSize, least: 9, fill: ink }));
  if (shown.detail !== '') {
    x += barText.gap;
    shapes.push(put(shown.detail, { font: 'mono', size: 10.5, least: 7.5, fill: theme.ink2 }));
  }
  if (shown.badges.length > 0) x += barText.gap;
  for (const text of shown.badges) {
    const width = measureText(plain(text), 'sans', barText.badge) + 2 * barText.badgePadding;
    const pill = { x, y: row.y + row.height / 2 - 6.5, width, height: 13 };
    shapes.push(rect(pill, { radius: 5, fill: badge, line: null }));
    shapes.push(
      label(text, inner(pill, { left: barText.badgePadding - 1 }), {
        font: 'sans',
        size: barText.badge,
        fill: badgeInk,
        anchor: 'middle',
      }),
    );
    x += width + barText.badgeGap;
  }
  if (node.second !== null)
    shapes.push(
      label(node.second, inner(box, { left: barText.padding, top: 21, height: 14 }), {
        font: 'mono',
        size: 10.5,
        least: 7.5,
        fill: theme.ink2,
      }),
    );
  return shapes;
}

function trayShapes(node: Of<'tray'>, box: Box, theme: Theme): Shape[] {
  return [
    rect(box, { radius: 12, fill: null, line: stroke(theme.line, 1, dashes.tray) }),
    label(node.title, inner(box, { left: 14, right: 12, top: 7, height: 15 }), {
      font: 'sansStrong',
      size: 11.5,
      least: 8,
      fill: theme.ink2,
    }),
    label(node.note, inner(box, { left: 14, right: 12, top: 22, height: 14 }), {
      font: 'sans',
      size: 10.5,
      least: 8,
      fill: theme.ink2,
    }),
  ];
}

function panelShapes(node: Of<'panel'>, box: Box, theme: Theme): Shape[] {
  const rows = inner(box, { left: 12, top: 29, height: 0 });
  const more = { ...rows, y: rows.y + node.rows.length * 16, height: 16 };
  return [
    ...sheet(box, theme),
    label(node.title, inner(box, { left: 12, top: 9, height: 16 }), {
      font: 'sansStrong',
      size: 12,
      least: 8,
      fill: theme.ink1,
    }),
    ...rowShapes(node.rows, rows, { theme, size: 10.5, line: 16 }),
    ...(node.more > 0 ? [label(`${node.more} more`, more, { font: 'sans', size: 10.5, fill: theme.ink2 })] : []),
  ];
}
