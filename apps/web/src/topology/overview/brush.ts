import type { Box } from '@vethscope/graph';
import type { Inks } from './inks.ts';

/** Where the picture's pixels are on the screen: screen = picture × zoom + (x, y). Width and height are the canvas's, in CSS pixels. */
export interface View {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

export interface OverviewMarks {
  selected: ReadonlySet<string>;
  litEdges: ReadonlySet<string>;
  tracedEdges: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
  hits: ReadonlySet<string> | null;
  hover: string | null;
  cursor: string | null;
}

/** What every stroke needs to know. */
export interface Brush {
  context: CanvasRenderingContext2D;
  view: View;
  inks: Inks;
  marks: OverviewMarks;
}

/** Whether any of a box is in view. */
export const seen = ({ view }: Brush, box: Box) => {
  const left = box.x * view.zoom + view.x;
  const top = box.y * view.zoom + view.y;
  return left < view.width && top < view.height && left + box.width * view.zoom > 0 && top + box.height * view.zoom > 0;
};

export const dimmed = (brush: Brush, id: string) => brush.marks.hits !== null && !brush.marks.hits.has(id);

/** A box in screen pixels, its corners on whole half pixels so that hairlines stay hairlines. */
export function screenBox({ view }: Brush, box: Box): Box {
  const x = Math.round(box.x * view.zoom + view.x) + 0.5;
  const y = Math.round(box.y * view.zoom + view.y) + 0.5;
  return {
    x,
    y,
    width: Math.max(2, Math.round(box.width * view.zoom)),
    height: Math.max(2, Math.round(box.height * view.zoom)),
  };
}

export function roundBox(context: CanvasRenderingContext2D, box: Box, radius: number) {
  context.roundRect(box.x, box.y, box.width, box.height, Math.min(radius, box.height / 2, box.width / 2));
}
