import type { Shape, Stroke } from './scene.ts';
import { mix } from './theme.ts';

/** How much of its colours is left to what the way of a packet does not touch, and to what is no more: that is still read. */
export const untouched = 0.3;
export const gone = 0.5;

/**
 * A shape that stands back: its colours are mixed into the ground's. Not by opacity, for then the lines below a box would be seen through it, and
 * lines that share a way would add up.
 */
export function faded(shape: Shape, ground: string, share: number): Shape {
  const colour = (own: string) => mix(own, ground, share);
  const fill = (own: string | null) => (own === null ? null : colour(own));
  const stroke = (own: Stroke | null) => (own === null ? null : { ...own, colour: colour(own.colour) });
  switch (shape.kind) {
    case 'group':
      return { ...shape, shapes: shape.shapes.map((each) => faded(each, ground, share)) };
    case 'rect':
    case 'circle':
      return {
        ...shape,
        fill: fill(shape.fill),
        stroke: stroke(shape.stroke),
        opacity: shape.opacity * (shape.opacity < 1 ? share : 1),
      };
    case 'line':
      return { ...shape, stroke: { ...shape.stroke, colour: colour(shape.stroke.colour) } };
    case 'polygon':
    case 'text':
      return { ...shape, fill: colour(shape.fill) };
  }
}
