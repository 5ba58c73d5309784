import { needsKorean, type Scene, svgOf } from '@vethscope/picture';
import { fontFiles } from './fonts.ts';

/** A scene as PNG, at 1, 2 or 4 times its size. Made by resvg, with the fonts that come with vethscope: the same scene gives the same bytes. */
export async function pngOf(scene: Scene, scale: number): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const drawing = new Resvg(svgOf(scene), {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: fontFiles({ korean: needsKorean(scene) }), loadSystemFonts: false, defaultFontFamily: 'Inter' },
  });
  return drawing.render().asPng();
}
