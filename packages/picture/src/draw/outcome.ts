import type { Box, Point } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { rect, stroke } from './boxes.ts';

export type Outcome = 'good' | 'warn' | 'bad';

const radius = 8;

/** How a path ended, as a mark that is read without colour too: a tick, a cross, a question mark. */
export function outcomeMark(at: Point, outcome: Outcome, theme: Theme): Shape[] {
  const pen = stroke(theme.surface, 2);
  const line = (...points: [number, number][]): Shape => ({
    kind: 'line',
    points: points.map(([x, y]) => ({ x: at.x + x, y: at.y + y })),
    radius: 0,
    stroke: pen,
    opacity: 1,
  });
  const disc: Shape = {
    kind: 'circle',
    at,
    radius,
    fill: theme[outcome],
    stroke: stroke(theme.surface, 1.5),
    opacity: 1,
  };
  switch (outcome) {
    case 'good':
      return [disc, line([-3.5, 0.25], [-1, 2.75], [3.5, -2.25])];
    case 'bad':
      return [disc, line([-2.75, -2.75], [2.75, 2.75]), line([2.75, -2.75], [-2.75, 2.75])];
    case 'warn':
      return [
        disc,
        line([-2.5, -2], [-1.25, -3.5], [1.25, -3.5], [2.5, -2], [0, 0.5], [0, 1.75]),
        { kind: 'circle', at: { x: at.x, y: at.y + 4 }, radius: 1.1, fill: theme.surface, stroke: null, opacity: 1 },
      ];
  }
}

/** Around a box where a path begins or ends. */
export function ring(box: Box, theme: Theme): Shape[] {
  const around = (grow: number) => ({
    x: box.x - grow,
    y: box.y - grow,
    width: box.width + 2 * grow,
    height: box.height + 2 * grow,
  });
  return [rect(around(1), { radius: 11, fill: null, line: stroke(theme.accent, 2) })];
}
