import type { Box, Point } from '@vethscope/graph';
import type { Shape, Stroke } from '../scene.ts';
import type { Theme } from '../theme.ts';

export const stroke = (colour: string, width = 1, dash: readonly number[] | null = null): Stroke => ({
  colour,
  width,
  dash,
});

export const dashes = { box: [4, 3], tray: [3, 3], line: [4, 3] } as const;

/** A border lies inside of its box, as in the page. */
export function rect(
  box: Box,
  { radius, fill, line, opacity = 1 }: { radius: number; fill: string | null; line: Stroke | null; opacity?: number },
): Shape {
  const half = (line?.width ?? 0) / 2;
  const within = { x: box.x + half, y: box.y + half, width: box.width - 2 * half, height: box.height - 2 * half };
  const largest = Math.min(within.width, within.height) / 2;
  return {
    kind: 'rect',
    box: within,
    radius: Math.max(0, Math.min(radius - half, largest)),
    fill,
    stroke: line,
    opacity,
  };
}

/** The card's shadow: two soft edges below it instead of a filter, which not every reader of SVG draws. */
export function shadow(box: Box, radius: number, theme: Theme): Shape[] {
  const below = (y: number, grow: number, opacity: number): Shape => ({
    kind: 'rect',
    box: { x: box.x - grow, y: box.y + y - grow, width: box.width + 2 * grow, height: box.height + 2 * grow },
    radius: radius + grow,
    fill: '#0b0f18',
    stroke: null,
    opacity,
  });
  return [below(1.5, 0.5, theme.shadow), below(1, 1, theme.shadow / 2)];
}

/** A sheet with a border and a shadow: containers, panels, what is outside. */
export function sheet(box: Box, theme: Theme, line: Stroke = stroke(theme.line), radius = 10): Shape[] {
  return [...shadow(box, radius, theme), rect(box, { radius, fill: theme.surface, line })];
}

/** The state's dot: full for what runs, a ring for what does not, so that it is read without colour. */
export function dot(at: Point, state: 'good' | 'warn' | 'bad' | 'off', theme: Theme): Shape {
  const ring = state === 'off';
  return {
    kind: 'circle',
    at,
    radius: ring ? 2.75 : 3.5,
    fill: ring ? null : theme[state],
    stroke: ring ? stroke(theme.ink3, 1.5) : null,
    opacity: 1,
  };
}
