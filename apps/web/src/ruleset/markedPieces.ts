export interface MarkedPiece {
  piece: string;
  marked: boolean;
  at: number;
}

/** A text cut at what is sought in it, upper and lower case alike. Of two that begin at the same place the longer is marked. */
export function markedPieces(text: string, marks: readonly string[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  const lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    let next = text.length;
    let length = 0;
    for (const mark of marks) {
      const found = mark === '' ? -1 : lower.indexOf(mark.toLowerCase(), at);
      if (found < 0 || found > next || (found === next && mark.length <= length)) continue;
      next = found;
      length = mark.length;
    }
    if (next > at) pieces.push({ piece: text.slice(at, next), marked: false, at });
    if (length > 0) pieces.push({ piece: text.slice(next, next + length), marked: true, at: next });
    at = next + length;
  }
  return pieces;
}
