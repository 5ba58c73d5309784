import type { Box, EdgeRoute, Layout, Pins, Point } from '../layout.ts';
import { type Arrangement, networkOf } from './arrangement.ts';
import { boundsOf } from './boundsOf.ts';
import { tidy } from './placeOutside.ts';

/** Boxes where a person has put them, with what stands on them; lines that lose an end are drawn anew, with two bends. */
export function applyPins(arrangement: Arrangement, layout: Layout, pins: Pins): Layout {
  const boxes = { ...layout.boxes };
  const moved = new Set<string>();
  for (const [id, point] of Object.entries(pins)) {
    const box = layout.boxes[id];
    const node = arrangement.node.get(id);
    if (!box || !node || node.kind === 'host' || node.kind === 'plug') continue;
    shift(boxes, id, { x: point.x - box.x, y: point.y - box.y }, moved);
    for (const other of arrangement.graph.nodes) {
      if (other.parent === id) shift(boxes, other.id, { x: point.x - box.x, y: point.y - box.y }, moved);
    }
  }
  const routes: Record<string, EdgeRoute> = { ...layout.routes };
  for (const edge of arrangement.graph.edges) {
    const network = networkOf(arrangement, edge);
    if (!moved.has(edge.from) && !moved.has(edge.to) && !moved.has(network)) continue;
    const from = boxes[edge.from];
    const to = boxes[edge.to];
    if (from && to && layout.routes[edge.id]) routes[edge.id] = join(from, to);
  }
  growFrame(boxes, arrangement);
  return { ...layout, boxes, routes, bounds: boundsOf(boxes) };
}

function shift(boxes: Record<string, Box>, id: string, by: Point, moved: Set<string>): void {
  const box = boxes[id];
  if (!box || moved.has(id)) return;
  boxes[id] = { ...box, x: box.x + by.x, y: box.y + by.y };
  moved.add(id);
}

/** From the nearer horizontal edge of one box to that of the other, bending half way. */
function join(from: Box, to: Box): EdgeRoute {
  const up = to.y + to.height / 2 < from.y + from.height / 2;
  const start = { x: from.x + from.width / 2, y: up ? from.y : from.y + from.height };
  const x = Math.min(Math.max(start.x, to.x + 8), to.x + Math.max(to.width - 8, 8));
  const end = { x, y: up ? to.y + to.height : to.y };
  const half = Math.round((start.y + end.y) / 2);
  return {
    points: tidy([start, { x: start.x, y: half }, { x: end.x, y: half }, end]),
    label: { x: start.x + 8, y: up ? start.y - 14 : start.y + 14 },
  };
}

/** The frame still encloses all that belongs to the host. */
function growFrame(boxes: Record<string, Box>, arrangement: Arrangement): void {
  const host = boxes.host;
  if (!host) return;
  let [right, bottom] = [host.x + host.width, host.y + host.height];
  for (const node of arrangement.graph.nodes) {
    const box = boxes[node.id];
    if (!box || node.parent === null || node.kind === 'hostLink') continue;
    right = Math.max(right, box.x + box.width + 20);
    bottom = Math.max(bottom, box.y + box.height + 20);
  }
  boxes.host = { ...host, width: right - host.x, height: bottom - host.y };
}
