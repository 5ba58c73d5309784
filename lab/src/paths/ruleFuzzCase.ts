import { seededRandom } from '../seededRandom.ts';
import { compareRuleSet, type FuzzComparison } from './ruleFuzzCompare.ts';
import { drawFrom } from './ruleFuzzDraw.ts';
import { fuzzIpsets, fuzzIptables } from './ruleFuzzIptables.ts';
import { fuzzNft } from './ruleFuzzNft.ts';
import { type FuzzPacket, fuzzPackets } from './ruleFuzzPackets.ts';
import { firstFuzzPort, lastFuzzPort, observeRuleSet } from './ruleFuzzRun.ts';
import {
  type FuzzRuleSet,
  type FuzzTable,
  rulePlaces,
  withOnly,
  withoutEmptyChains,
  withoutUnusedSets,
} from './ruleFuzzSet.ts';
import { type FuzzTopology, startFuzzTopology } from './ruleFuzzTopology.ts';

const packetsPerSet = 32;

/** A rule set with the packets that are sent under it. */
export interface FuzzCase {
  set: FuzzRuleSet;
  packets: FuzzPacket[];
}

/** The case of a seed: always the same. */
export function fuzzCase(seed: number): FuzzCase {
  const draw = drawFrom(seededRandom(seed));
  const iptables = draw.chance(0.65);
  const nft = !iptables || draw.chance(0.4);
  const families = iptables ? ([4, 6] as const).filter((family) => family === 4 || draw.chance(0.5)) : [];
  const set: FuzzRuleSet = {
    seed,
    ipsets: families.flatMap((family) => fuzzIpsets(draw, family)),
    tables: withoutTies([...families.flatMap((family) => fuzzIptables(draw, family)), ...(nft ? fuzzNft(draw) : [])]),
  };
  return { set, packets: fuzzPackets(draw, packetsPerSet) };
}

const priorityPattern = /priority (-?\w+)(?: ([+-]) (\d+))?;/;
const named: Record<string, number> = { raw: -300, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 };

/**
 * Gives base chains of different tables different priorities: which of two with the same was made first a snapshot does not tell. Within one table ties
 * stay. Each nft table has the priorities of one odd remainder of 16, and iptables has even ones.
 */
function withoutTies(tables: readonly FuzzTable[]): FuzzTable[] {
  return tables.map((table, at) => ({
    ...table,
    chains: table.chains.map((chain) => {
      if (table.language !== 'nft' || chain.head === null) return chain;
      const head = chain.head.replace(priorityPattern, (_, base: string, sign = '+', more = '0') => {
        const number = (named[base] ?? Number(base)) + Number(`${sign}${more}`);
        return `priority ${Math.floor(number / 16) * 16 + ((at * 2 + 1) % 16)};`;
      });
      return { ...chain, head };
    }),
  }));
}

/** A topology with the ports that it has not used yet; it is replaced when they are used up. */
export class FuzzBench implements AsyncDisposable {
  readonly #name: string;
  #topology: FuzzTopology | null = null;
  #nextPort = firstFuzzPort;

  constructor(name: string) {
    this.#name = name;
  }

  /** Runs a case. Throws an UnloadableRuleSetError where a tool refuses the set. */
  async run({ set, packets, timeoutMs }: FuzzCase & { timeoutMs?: number }): Promise<FuzzComparison> {
    if (this.#nextPort + packets.length > lastFuzzPort) await this[Symbol.asyncDispose]();
    this.#topology ??= await startFuzzTopology(this.#name);
    const ports = { take: () => this.#nextPort++ };
    const observation = await observeRuleSet(this.#topology, { set, packets, ports, timeoutMs });
    return compareRuleSet(observation);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#topology?.[Symbol.asyncDispose]();
    this.#topology = null;
    this.#nextPort = firstFuzzPort;
  }
}

/** How often a case is run again at most to make it smaller. */
const mostRuns = 40;

/** The smallest set found, by leaving rules out, under which the same packet still differs. */
export async function shrinkCase(
  bench: FuzzBench,
  { set, packet }: { set: FuzzRuleSet; packet: FuzzPacket },
): Promise<FuzzRuleSet> {
  let runs = 0;
  const differs = async (smaller: FuzzRuleSet): Promise<boolean> => {
    runs += 1;
    const found = await bench.run({ set: smaller, packets: [packet] }).catch(() => null);
    return found !== null && found.differences.length > 0;
  };
  let kept = rulePlaces(set);
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && runs < mostRuns; ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await differs(withOnly(set, fewer))) kept = fewer;
      else at += size;
    }
  }
  const least = withoutUnusedSets(withOnly(set, kept));
  const tidy = withoutEmptyChains(least);
  return (await differs(tidy)) ? tidy : least;
}
