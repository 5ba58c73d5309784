import { ids, type Socket, SocketReading } from '@vethscope/model';
import { canonicalAddress } from './addressText.ts';
import type { LinkIndex } from './linkIndex.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

/** The sockets of one namespace that receive. */
export function parseSockets(readings: unknown, context: { sandbox: string; links: LinkIndex }): Parsed<Socket> {
  const { sandbox, links } = context;
  const warnings = new WarningList('sockets', sandbox);
  const unique = new UniqueIds();
  const records: Socket[] = [];
  readElements(readings, SocketReading, {
    warnings,
    each: (reading) => {
      const family = reading.family === 'inet' ? 4 : 6;
      const address = canonicalAddress(reading.address);
      if (address === null) return 'not an address';
      if (reading.port < 0 || reading.port > 65535) return 'not a port';
      const boundTo = reading.boundIfindex ? links.byIndex.get(reading.boundIfindex) : null;
      if (boundTo === undefined) return `there is no link with the index ${reading.boundIfindex}`;
      const key = `${reading.protocol}${family}/${address}:${reading.port}/${reading.inode}`;
      records.push({
        type: 'socket',
        id: unique.take(`socket:${ids.sandboxKey(sandbox)}/${key}`),
        sandbox,
        protocol: reading.protocol,
        family,
        address,
        port: reading.port,
        v6only: reading.v6only,
        boundTo,
        inode: reading.inode,
        uid: reading.uid,
        processes: reading.processes,
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
