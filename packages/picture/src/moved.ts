import type { Box, Point } from '@vethscope/graph';
import type { Shape } from './scene.ts';

/** A shape at another place. */
export function moved(shape: Shape, by: Point): Shape {
  const point = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  const box = (from: Box): Box => ({ ...from, ...point(from) });
  switch (shape.kind) {
    case 'group':
      return { ...shape, shapes: shape.shapes.map((each) => moved(each, by)) };
    case 'rect':
      return { ...shape, box: box(shape.box) };
    case 'circle':
      return { ...shape, at: point(shape.at) };
    case 'line':
    case 'polygon':
      return { ...shape, points: shape.points.map(point) };
    case 'text':
      return { ...shape, at: point(shape.at), within: shape.within === null ? null : box(shape.within) };
  }
}
