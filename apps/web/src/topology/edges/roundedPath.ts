import type { Point } from '@vethscope/graph';

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);

/** The point on the way from `from` to `to` that is `length` away from `from`. */
function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  const part = length / whole;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

const onOneLine = (a: Point, b: Point, c: Point) => (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);

/** Without points that repeat and corners that are none. */
export function simplifyRoute(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const beforeLast = kept.at(-2);
    if (last && beforeLast && onOneLine(beforeLast, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

const number = (value: number) => String(Math.round(value * 100) / 100);

/**
 * SVG path data for a route with its corners rounded. A corner takes at most half of the shorter of its two legs, so that an arc never
 * runs into the next one.
 */
export function roundedPath(points: readonly Point[], radius = 6): string {
  const route = simplifyRoute(points);
  const [first] = route;
  if (!first) return '';
  let path = `M${number(first.x)} ${number(first.y)}`;
  for (const [index, corner] of route.entries()) {
    const before = route[index - 1];
    const after = route[index + 1];
    if (!before) continue;
    if (!after) {
      path += `L${number(corner.x)} ${number(corner.y)}`;
      continue;
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const start = towards(corner, before, r);
    const end = towards(corner, after, r);
    path += `L${number(start.x)} ${number(start.y)}Q${number(corner.x)} ${number(corner.y)} ${number(end.x)} ${number(end.y)}`;
  }
  return path;
}

/** How far a point is from a route, in the route's own units; infinite for fewer than two points. */
export function distanceToRoute(points: readonly Point[], at: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (!from) continue;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / square));
    nearest = Math.min(nearest, Math.hypot(at.x - from.x - t * dx, at.y - from.y - t * dy));
  }
  return nearest;
}
