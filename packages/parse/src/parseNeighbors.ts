import { type Neighbor, NeighborReading } from '@vethscope/model';
import { addressFamily } from './addressText.ts';
import type { LinkIndex } from './linkIndex.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

/** iproute2 prints each of these as a key with a null. */
const flagNames = ['proxy', 'router', 'extern_learn', 'offload', 'managed'] as const;

/** The neighbour table of one namespace, from the elements of `ip -j neigh show`. */
export function parseNeighbors(readings: unknown, context: { sandbox: string; links: LinkIndex }): Parsed<Neighbor> {
  const { sandbox, links } = context;
  const warnings = new WarningList('neighbors', sandbox);
  const unique = new UniqueIds();
  const records: Neighbor[] = [];
  readElements(readings, NeighborReading, {
    warnings,
    each: (reading) => {
      const link = links.byName.get(reading.dev);
      if (link === undefined) return `there is no link named ${reading.dev}`;
      const family = addressFamily(reading.dst);
      if (family === null) return 'not an address';
      records.push({
        type: 'neighbor',
        id: unique.take(`neighbor:${link.slice('link:'.length)}/${reading.dst}`),
        sandbox,
        link,
        family,
        address: reading.dst,
        mac: reading.lladdr ?? null,
        state: (reading.state[0] ?? 'none').toLowerCase(),
        flags: flagNames.filter((name) => name in reading),
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
