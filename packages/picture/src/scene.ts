import type { Box, Font, Point } from '@vethscope/graph';

/*
 * A picture as a list of shapes: what SVG, PDF and a canvas can all draw, and nothing that only one of them can. Everything in pixels at scale 1,
 * y downwards, in the order in which it is painted.
 */

export interface Stroke {
  colour: string;
  width: number;
  /** Lengths of strokes and gaps; null for a whole line. */
  dash: readonly number[] | null;
}

export type Shape =
  /** What belongs to one thing. `id` is unique in the picture and the same in the next; `title` is said where the pointer rests. */
  | { kind: 'group'; id: string; title: string | null; shapes: Shape[] }
  | { kind: 'rect'; box: Box; radius: number; fill: string | null; stroke: Stroke | null; opacity: number }
  | { kind: 'circle'; at: Point; radius: number; fill: string | null; stroke: Stroke | null; opacity: number }
  /** A line of straight parts; its corners are rounded by `radius`. */
  | { kind: 'line'; points: Point[]; radius: number; stroke: Stroke; opacity: number }
  /** A closed shape of straight sides. */
  | { kind: 'polygon'; points: Point[]; fill: string; opacity: number }
  /** One line of words. `at` is on the baseline; `width` is what the words take; `within` the box that they must not leave, if any. */
  | {
      kind: 'text';
      text: string;
      at: Point;
      anchor: 'start' | 'middle' | 'end';
      font: Font;
      size: number;
      fill: string;
      width: number;
      within: Box | null;
    };

export type TextShape = Extract<Shape, { kind: 'text' }>;

export interface Scene {
  width: number;
  height: number;
  /** null: nothing is painted below. */
  background: string | null;
  /** Who cannot see the picture reads these. */
  title: string;
  description: string;
  shapes: Shape[];
}
