import { type FdbEntry, FdbReading, type Link } from '@vethscope/model';
import type { LinkIndex } from './linkIndex.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

/**
 * Forwarding entries of one namespace, from the elements of `bridge -j fdb show`. That command also lists the addresses that every
 * device listens to (`self` without a master: multicast groups, mostly): those forward nothing and are left out, except those of
 * a VXLAN link, which is a forwarding table of its own. `permanent` are a bridge's own addresses.
 */
export function parseFdb(
  readings: unknown,
  context: { sandbox: string; links: LinkIndex; kinds: ReadonlyMap<string, Link['kind']> },
): Parsed<FdbEntry> {
  const { sandbox, links, kinds } = context;
  const warnings = new WarningList('fdb', sandbox);
  const unique = new UniqueIds();
  const records: FdbEntry[] = [];
  readElements(readings, FdbReading, {
    warnings,
    each: (reading) => {
      const link = links.byName.get(reading.ifname);
      if (link === undefined) return `there is no link named ${reading.ifname}`;
      if (reading.master === undefined && reading.dst === undefined && kinds.get(link) !== 'vxlan') return undefined;
      const bridge = reading.master === undefined ? null : links.byName.get(reading.master);
      if (bridge === undefined) return `there is no link named ${reading.master}`;
      const vlan = reading.vlan ?? null;
      const key = [link.slice('link:'.length), reading.mac, vlan ?? '', reading.dst ?? (bridge === null ? 'self' : '')];
      records.push({
        type: 'fdbEntry',
        id: unique.take(`fdbEntry:${key.join('/')}`),
        sandbox,
        link,
        bridge,
        mac: reading.mac,
        vlan,
        remote: reading.dst ?? null,
        permanent: reading.state === 'permanent',
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
