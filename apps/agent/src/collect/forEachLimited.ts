/** Runs `action` on each item, at most `limit` at a time. Ends at the first rejection. */
export async function forEachLimited<T>(
  items: Iterable<T>,
  limit: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  // One iterator for all runners: each takes the next item that no other has.
  const iterator = items[Symbol.iterator]();
  const runner = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await action(next.value);
  };
  await Promise.all(Array.from({ length: limit }, runner));
}
