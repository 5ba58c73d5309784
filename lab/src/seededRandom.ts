export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** One of the list. Throws on an empty one. */
  pick<T>(list: readonly T[]): T;
}

/** Numbers that look random and are the same for the same seed: mulberry32, public domain, by Tommy Ettinger. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: (list) => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new Error('There is nothing to pick from: the list is empty.');
      return chosen;
    },
  };
}
