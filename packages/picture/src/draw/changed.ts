import type { Box, Point } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { rect, stroke } from './boxes.ts';

export type ChangeMark = 'came' | 'went' | 'changed';

const radius = 7;

/** The colours that changes have on the page. */
function changeColour(change: ChangeMark, theme: Theme): string {
  switch (change) {
    case 'came':
      return theme.good;
    case 'went':
      return theme.bad;
    case 'changed':
      return theme.warn;
  }
}

/** What came, went or changed, as a mark that is read without colour too: a plus, a minus, a wave. */
export function changeDisc(at: Point, change: ChangeMark, theme: Theme): Shape[] {
  const pen = stroke(theme.surface, 2);
  const line = (...points: [number, number][]): Shape => ({
    kind: 'line',
    points: points.map(([x, y]) => ({ x: at.x + x, y: at.y + y })),
    radius: 1.5,
    stroke: pen,
    opacity: 1,
  });
  const fill = changeColour(change, theme);
  const disc: Shape = { kind: 'circle', at, radius, fill, stroke: stroke(theme.surface, 1.5), opacity: 1 };
  switch (change) {
    case 'came':
      return [disc, line([-3.25, 0], [3.25, 0]), line([0, -3.25], [0, 3.25])];
    case 'went':
      return [disc, line([-3.25, 0], [3.25, 0])];
    case 'changed':
      return [disc, line([-3.5, 1], [-1.25, -1.5], [1.25, 1.5], [3.5, -1])];
  }
}

/** Around a box of which something is different, with a disc on its corner. */
export function changedBox(box: Box, change: ChangeMark, theme: Theme): Shape[] {
  const around = { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 };
  // What went is drawn where it would be: its box is not there.
  const line = { ...stroke(changeColour(change, theme), 1.75), dash: change === 'went' ? [5, 4] : null };
  return [rect(around, { radius: 10, fill: null, line }), ...changeDisc({ x: box.x, y: box.y }, change, theme)];
}
