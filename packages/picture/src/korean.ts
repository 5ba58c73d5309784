import type { Scene, Shape } from './scene.ts';

/** What the fonts of a picture lack and the Korean one has: Hangul, kana, Han and full-width forms. */
const letters = /[\u1100-\u11ff\u3000-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]+/g;

/** Whether a picture has words that take the Korean font, which is large and read for them only. */
export const needsKorean = ({ shapes }: Scene): boolean => shapes.some(hasKorean);

function hasKorean(shape: Shape): boolean {
  if (shape.kind === 'group') return shape.shapes.some(hasKorean);
  return shape.kind === 'text' && runsOf(shape.text).some(({ isKorean }) => isKorean);
}

/** A text in pieces, each of which one font has. */
export function runsOf(text: string): { text: string; isKorean: boolean }[] {
  const runs: { text: string; isKorean: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(letters)) {
    if (match.index > end) runs.push({ text: text.slice(end, match.index), isKorean: false });
    runs.push({ text: match[0], isKorean: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), isKorean: false });
  return runs;
}
