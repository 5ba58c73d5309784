import { type Box, type Font, fitText, measureText } from '@vethscope/graph';
import type { TextShape } from '../scene.ts';

export interface LabelOptions {
  font: Font;
  size: number;
  fill: string;
  anchor?: TextShape['anchor'];
  /** The words may become smaller than `size`, down to this, before they are cut. */
  least?: number;
}

/** The share of a font's size by which a baseline lies below the middle of its letters: for digits and capitals, which most labels are. */
const middle = { sans: 0.36, sansStrong: 0.36, mono: 0.36 } as const;

/**
 * Words in a box, on its vertical middle. They become smaller where they do not fit, and are cut with an ellipsis only where that is not
 * enough; the whole belongs in the title of the group around them.
 */
export function label(text: string, box: Box, options: LabelOptions): TextShape {
  const clean = plain(text);
  const { font, fill, anchor = 'start' } = options;
  const size = fittingSize([clean], box.width, options);
  const shown = fitText(clean, font, size, box.width + 0.01);
  const x = anchor === 'start' ? box.x : anchor === 'end' ? box.x + box.width : box.x + box.width / 2;
  return {
    kind: 'text',
    text: shown,
    at: { x: round(x), y: round(box.y + box.height / 2 + size * middle[font]) },
    anchor,
    font,
    size,
    fill,
    width: measureText(shown, font, size),
    within: box,
  };
}

/** The largest size, in steps of a quarter of a pixel and not below `least`, at which each of the texts fits in `width`. */
export function fittingSize(
  texts: readonly string[],
  width: number,
  { font, size, least = size }: LabelOptions,
): number {
  const widest = Math.max(0, ...texts.map((text) => measureText(text, font, 1)));
  if (widest * size <= width) return size;
  return Math.max(least, Math.floor((width / widest) * 4) / 4);
}

/**
 * Without what is no letter: control characters, those that turn the direction of a line or are not seen, halves of characters. None belongs in
 * a picture, and XML forbids most of them.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\ufffe\uffff]/gu, '');
}

export const round = (value: number): number => Math.round(value * 100) / 100;

export function inner(
  box: Box,
  { left, right = left, top = 0, height }: { left: number; right?: number; top?: number; height?: number },
): Box {
  return {
    x: box.x + left,
    y: box.y + top,
    width: Math.max(0, box.width - left - right),
    height: height ?? box.height - top,
  };
}
