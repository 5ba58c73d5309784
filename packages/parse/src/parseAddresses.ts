import { type Address, AddressReading, ids } from '@vethscope/model';
import { addressFamily } from './addressText.ts';
import type { LinkIndex } from './linkIndex.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

const flagNames = ['tentative', 'deprecated', 'dynamic', 'secondary'] as const;

/** Addresses of one namespace, from the elements of `addr_info` in `ip -j addr show`, each with its link's index. */
export function parseAddresses(readings: unknown, context: { sandbox: string; links: LinkIndex }): Parsed<Address> {
  const { sandbox, links } = context;
  const warnings = new WarningList('addresses', sandbox);
  const unique = new UniqueIds();
  const records: Address[] = [];
  readElements(readings, AddressReading, {
    warnings,
    each: (reading) => {
      const link = links.byIndex.get(reading.ifindex);
      if (link === undefined) return `there is no link with the index ${reading.ifindex}`;
      const family = reading.family === 'inet' ? 4 : 6;
      if (addressFamily(reading.local) !== family) return 'not an address of its family';
      if (reading.prefixlen < 0 || reading.prefixlen > (family === 4 ? 32 : 128)) return 'not a prefix length';
      records.push({
        type: 'address',
        id: unique.take(`address:${ids.sandboxKey(sandbox)}/${reading.ifindex}/${reading.local}/${reading.prefixlen}`),
        sandbox,
        link,
        family,
        address: reading.local,
        prefix: reading.prefixlen,
        peer: reading.address !== undefined && reading.address !== reading.local ? reading.address : null,
        broadcast: reading.broadcast ?? null,
        scope: reading.scope ?? 'global',
        flags: flagNames.filter((name) => reading[name] === true),
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
