import { importAgain } from '../api/importAgain.ts';

/**
 * Fonts that could not be fetched, tried again (see importAgain). What a rule of the style sheet asked for stays in error for as long as the page
 * lives, so a face like it is put beside it.
 */
export function fetchFontsAgain(): void {
  document.fonts.addEventListener('loadingerror', ({ fontfaces }) => {
    for (const face of fontfaces) void importAgain(() => loadLike(face)).catch(() => {});
  });
}

async function loadLike(face: FontFace): Promise<void> {
  const source = sourceOf(face);
  // A face that was made here, which is tried again where it was made.
  if (source === null) return;
  const { family, style, weight, stretch, unicodeRange, display } = face;
  document.fonts.add(await new FontFace(family, source, { style, weight, stretch, unicodeRange, display }).load());
}

/** What a rule of the page says of a face: the face itself does not tell where it came from. */
function sourceOf({ family, style, unicodeRange }: FontFace): string | null {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const said = (name: string) => rule.style.getPropertyValue(name);
      const source = said('src');
      if (bare(said('font-family')) !== bare(family) || (said('font-style') || 'normal') !== style) continue;
      // One range may be written in many ways.
      const range = said('unicode-range');
      const like = new FontFace(family, source, range === '' ? {} : { unicodeRange: range });
      if (like.unicodeRange === unicodeRange) return source;
    }
  }
  return null;
}

const bare = (family: string): string => family.replaceAll(/["']/g, '');
