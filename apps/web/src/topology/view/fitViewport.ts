import type { Box } from '@vethscope/graph';
import type { Viewport } from '@xyflow/react';

export interface Size {
  width: number;
  height: number;
}

export interface Inset {
  right: number;
  bottom: number;
}

const margin = 24;
/** More below: the zoom's buttons stand there. */
const marginBelow = 60;

/** The viewport in which a box fills what is to be seen, never enlarged: a host of two containers is not drawn like a poster. */
export function fitViewport(bounds: Box, size: Size, inset: Inset = { right: 0, bottom: 0 }): Viewport {
  const width = Math.max(1, size.width - inset.right - 2 * margin);
  const height = Math.max(1, size.height - inset.bottom - margin - marginBelow);
  const zoom = Math.min(1, width / Math.max(1, bounds.width), height / Math.max(1, bounds.height));
  return {
    x: Math.round(margin + (width - bounds.width * zoom) / 2 - bounds.x * zoom),
    y: Math.round(margin + (height - bounds.height * zoom) / 2 - bounds.y * zoom),
    zoom,
  };
}

/** From here on containers have their names on the overview. */
const named = 0.26;

/**
 * The viewport of a picture that nobody has moved: all of it. In a canvas so low that all of it is only a pattern (the explorer stands below it) its
 * upper part instead, as wide as the canvas, if that can be read: what comes in, the published ports and the first networks.
 */
export function restViewport(bounds: Box, size: Size, inset: Inset = { right: 0, bottom: 0 }): Viewport {
  const all = fitViewport(bounds, size, inset);
  const zoom = (size.width - inset.right - 2 * margin) / Math.max(1, bounds.width);
  if (all.zoom >= named || zoom < named) return all;
  return { x: Math.round(margin - bounds.x * zoom), y: Math.round(margin - bounds.y * zoom), zoom };
}

/** Whether all of a box is to be seen in a viewport. */
export function isInView(box: Box, viewport: Viewport, size: Size): boolean {
  const left = box.x * viewport.zoom + viewport.x;
  const top = box.y * viewport.zoom + viewport.y;
  return (
    left >= -1 &&
    top >= -1 &&
    left + box.width * viewport.zoom <= size.width + 1 &&
    top + box.height * viewport.zoom <= size.height + 1
  );
}
