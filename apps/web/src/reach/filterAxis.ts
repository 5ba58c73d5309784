/** Places in a list of the entries whose words hold every word that was typed; upper and lower case are alike. */
export function filterAxis<T>(list: readonly T[], typed: string, wordsOf: (one: T) => string): number[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return list.flatMap((one, at) => {
    const text = words.length === 0 ? '' : wordsOf(one).toLowerCase();
    return words.every((word) => text.includes(word)) ? [at] : [];
  });
}
