const widths = new Map<string, number>();

/** What was measured before a font was there is not its width. */
export const forgetWidths = (): void => widths.clear();

/** Measuring text is the dearest call of a frame, and names repeat at every one. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 20_000) widths.clear();
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}

/**
 * The text, or its two ends around an ellipsis, or nothing where not even four letters fit. Names in a row tend to begin alike ("shop-worker-1",
 * "shop-worker-2"): the end tells them apart.
 */
export function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = textWidth(context, text);
  if (width <= room) return text;
  const letters = Math.floor((text.length * (room - 7)) / width);
  if (letters < 4) return '';
  const end = Math.floor(letters / 2);
  return `${text.slice(0, letters - end)}…${text.slice(text.length - end)}`;
}
