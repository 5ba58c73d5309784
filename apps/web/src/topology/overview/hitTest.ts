import type { Box, GraphNodeKind, Point } from '@vethscope/graph';
import { distanceToRoute } from '../edges/roundedPath.ts';
import type { Scene } from './scene.ts';

export type Hit = { kind: 'node'; id: string } | { kind: 'edge'; id: string };

const inside = (box: Box, at: Point, margin: number) =>
  at.x >= box.x - margin &&
  at.x <= box.x + box.width + margin &&
  at.y >= box.y - margin &&
  at.y <= box.y + box.height + margin;

/** Topmost first: what sits on an edge of a box wins over the box. */
const order: readonly GraphNodeKind[] = [
  'plug',
  'chip',
  'port',
  'hostLink',
  'outside',
  'container',
  'panel',
  'network',
];

/**
 * What is at a point of the picture (in its own pixels). `reach` widens thin things: a bar of 18 pixels is two on the screen at zoom 0.1.
 * Frames are never hit: they are the ground.
 */
export function hitTest(scene: Scene, at: Point, reach: number): Hit | null {
  for (const kind of order) {
    const found = scene.boxes[kind].find(({ box }) => inside(box, at, kind === 'network' ? reach : 0));
    if (found) return { kind: 'node', id: found.id };
  }
  let nearest: Hit | null = null;
  let least = reach;
  for (const line of scene.lines) {
    const distance = distanceToRoute(line.points, at);
    if (distance > least) continue;
    least = distance;
    nearest = { kind: 'edge', id: line.id };
  }
  return nearest;
}
