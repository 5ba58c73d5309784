import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';

/** What every browser of today paints: some take longer sides, none takes more pixels for sure. */
const longestSide = 16_384;
const mostPixels = 124_000_000;

/** Says why a picture of this size, in pixels, cannot be painted; null where it can. */
export function pngFault(width: number, height: number): string | null {
  if (width <= longestSide && height <= longestSide && width * height <= mostPixels) return null;
  return t.pictures.tooLarge(number(width), number(height), number(longestSide));
}

/** Paints an SVG, `width` × `height` at scale 1, as PNG. Throws with words for the person where the browser cannot. */
export async function paintPng(
  { svg, width, height }: { svg: string; width: number; height: number },
  scale: number,
): Promise<Blob> {
  const fault = pngFault(width * scale, height * scale);
  if (fault !== null) throw new Error(fault);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width * scale, height * scale);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    // A canvas that was too large after all gives nothing.
    if (png === null)
      throw new Error(t.pictures.tooLarge(number(width * scale), number(height * scale), number(longestSide)));
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
