import type { Layout, Point } from '@vethscope/graph';
import type { TracePacket } from '../canvasProps.ts';
import { roundedPath } from '../edges/roundedPath.ts';

/**
 * The way of a packet in one step as SVG path data, in pixels of the picture; null where it has no place in it. Between two lines that do not meet
 * (a card lies between) it crosses what lies between.
 */
export function packetRoute({ moves, node }: Pick<TracePacket, 'moves' | 'node'>, layout: Layout): string | null {
  const points: Point[] = [];
  for (const { id, reverse } of moves) {
    const route = layout.routes[id]?.points ?? [];
    points.push(...(reverse ? [...route].reverse() : route));
  }
  if (points.length > 0) return roundedPath(points);
  const box = node === null ? undefined : layout.boxes[node];
  if (!box) return null;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // A path of one point has no length, and no place at its end.
  return roundedPath([{ ...centre, x: centre.x - 0.5 }, centre]);
}
