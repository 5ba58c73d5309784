import { type Font, measureText } from '@vethscope/graph';

/** Words in lines of at most `width`; a word that is longer stands alone, and the label shortens it. */
export function wrapText(text: string, { font, size, width }: { font: Font; size: number; width: number }): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measureText(longer, font, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
