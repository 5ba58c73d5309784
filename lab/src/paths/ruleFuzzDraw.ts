import type { Random } from '../seededRandom.ts';

/** What generators draw from a Random, beside one of a list. */
export interface Draw extends Random {
  /** True with this probability, from 0 to 1. */
  chance(probability: number): boolean;
  /** A whole number, both ends among them. */
  int(from: number, to: number): number;
  /** Between `from` and `to` of the list, each at most once. */
  some<T>(list: readonly T[], from: number, to: number): T[];
  /** One of the makers by their weights, and what it makes. */
  weighted<T>(makers: readonly (readonly [weight: number, make: () => T])[]): T;
}

export function drawFrom(random: Random): Draw {
  const int = (from: number, to: number) => from + Math.floor(random.next() * (to - from + 1));
  return {
    ...random,
    chance: (probability) => random.next() < probability,
    int,
    some: (list, from, to) => {
      const rest = [...list];
      const count = Math.min(int(from, to), rest.length);
      return Array.from({ length: count }, () => rest.splice(int(0, rest.length - 1), 1)).flat();
    },
    weighted: (makers) => {
      const total = makers.reduce((sum, [weight]) => sum + weight, 0);
      let left = random.next() * total;
      const found = makers.find(([weight]) => {
        left -= weight;
        return left < 0;
      });
      const [, make] = found ?? random.pick(makers);
      return make();
    },
  };
}
