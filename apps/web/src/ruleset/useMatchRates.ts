import { useEffect, useState } from 'react';
import { counters } from '../api/live.ts';

const everyMs = 1000;

export interface RatedChain {
  id: string;
  rules: readonly string[];
}

const none: ReadonlyMap<string, number> = new Map();

/**
 * How many matches a second the rules of each chain counted between the last two looks; a chain in which nothing moved is not in the map.
 * A packet that matches two rules counts twice, as the kernel counts it.
 */
export function useMatchRates(chains: readonly RatedChain[], live: boolean): ReadonlyMap<string, number> {
  const [rates, setRates] = useState(none);
  useEffect(() => {
    if (!live) return;
    let before = new Map<string, number>();
    let beforeAt = performance.now();
    const look = () => {
      const at = performance.now();
      const sums = new Map(
        chains.map(({ id, rules }) => [id, rules.reduce((sum, rule) => sum + (counters.rule(rule)?.packets ?? 0), 0)]),
      );
      const moved = new Map<string, number>();
      for (const [id, sum] of sums) {
        const grown = sum - (before.get(id) ?? sum);
        if (grown > 0) moved.set(id, (grown * 1000) / (at - beforeAt));
      }
      before = sums;
      beforeAt = at;
      setRates((shown) => (moved.size === 0 && shown.size === 0 ? shown : moved));
    };
    look();
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [chains, live]);
  return live ? rates : none;
}
