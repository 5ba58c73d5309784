/** Edits (insert, delete, replace or swap characters) between two words: optimal string alignment, for swapped letters are the commonest slip. */
export function editDistance(a: string, b: string): number {
  let twoAbove: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 0; row < a.length; row++) {
    const line = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const replaced = (above[column] ?? 0) + (a[row] === b[column] ? 0 : 1);
      const swapped =
        row > 0 && column > 0 && a[row] === b[column - 1] && a[row - 1] === b[column]
          ? (twoAbove[column - 1] ?? 0) + 1
          : replaced;
      line.push(Math.min(replaced, swapped, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    twoAbove = above;
    above = line;
  }
  return above[b.length] ?? 0;
}

/** The name that was probably meant; null where none is near: a wrong guess sends a person astray. */
export function nearestName(word: string, names: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  // A short word is a typing error away from any other short word.
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | null = null;
  for (const name of names) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance <= furthest && (best === null || distance < best.distance)) best = { name, distance };
  }
  return best?.name ?? null;
}
