import { type Box, type EdgeRoute, type GraphEdge, measureText } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import { hueOf, type Theme } from '../theme.ts';
import { dashes, stroke } from './boxes.ts';
import { label, plain } from './label.ts';

const radius = 6;

/** A line as the page draws it, without traffic: its width says what kind it is. */
export function edgeLine(edge: GraphEdge, route: EdgeRoute, theme: Theme): Shape {
  const { line } = hueOf(theme, edge.hue);
  const thin = edge.kind === 'uplink' || edge.kind === 'flow';
  return {
    kind: 'line',
    points: route.points,
    radius,
    stroke: stroke(line, thin ? 1.5 : 1.75, edge.dashed ? dashes.line : null),
    opacity: 1,
  };
}

const labelSize = 10;

/** Where the words beside a line stand; null for a line without any. */
export function edgeLabelBox(edge: GraphEdge, route: EdgeRoute): Box | null {
  if (edge.label === null || route.label === null) return null;
  const { x, y } = route.label;
  return { x, y: y - 7, width: measureText(plain(edge.label), 'mono', labelSize), height: 14 };
}

/** The words beside a line. */
export function edgeLabel(text: string, box: Box, theme: Theme): Shape {
  return label(text, box, { font: 'mono', size: labelSize, fill: theme.ink2 });
}

/** A line that a traced packet takes, with a mark that shows which way. */
export function tracedLine(route: EdgeRoute, { theme, reverse }: { theme: Theme; reverse: boolean }): Shape[] {
  const way = reverse ? [...route.points].reverse() : route.points;
  return [
    { kind: 'line', points: way, radius, stroke: stroke(theme.accent, 8), opacity: 0.16 },
    { kind: 'line', points: way, radius, stroke: stroke(theme.accent, 3.5), opacity: 1 },
  ];
}

const arrow = { length: 10, half: 5.5, leastRoom: 20 } as const;

/** The arrowhead on the longest straight part of a way; none where no part has room for one. */
export function arrowHead(route: EdgeRoute, { theme, reverse }: { theme: Theme; reverse: boolean }): Shape[] {
  const way = reverse ? [...route.points].reverse() : route.points;
  let longest = { length: 0, from: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
  for (const [index, to] of way.entries()) {
    const from = way[index - 1];
    if (!from) continue;
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    if (length > longest.length) longest = { length, from, to };
  }
  if (longest.length < arrow.leastRoom) return [];
  const { from, to, length } = longest;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const at = (along: number, across: number) => ({
    x: middle.x + dx * along - dy * across,
    y: middle.y + dy * along + dx * across,
  });
  const points = [at(arrow.length / 2, 0), at(-arrow.length / 2, arrow.half), at(-arrow.length / 2, -arrow.half)];
  return [{ kind: 'polygon', points, fill: theme.accent, opacity: 1 }];
}
