import { ids, Route, RouteReading } from '@vethscope/model';
import { prefixText } from './addressText.ts';
import type { LinkIndex } from './linkIndex.ts';
import { readElements } from './readElements.ts';
import { type Parsed, UniqueIds, WarningList } from './warnings.ts';

const RouteKind = Route.shape.kind;

/** Numbers for which iproute2 has no name come as numbers; a record has texts. */
function textOf(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}

function mtuOf(metrics: RouteReading['metrics']): number | null {
  for (const metric of metrics ?? []) if (typeof metric.mtu === 'number') return metric.mtu;
  return null;
}

/** Routes of all tables of one namespace, from the elements of `ip -j -4|-6 route show table all`. A table that is not named is main. */
export function parseRoutes(readings: unknown, context: { sandbox: string; links: LinkIndex }): Parsed<Route> {
  const { sandbox, links } = context;
  const warnings = new WarningList('routes', sandbox);
  const unique = new UniqueIds();
  const records: Route[] = [];
  readElements(readings, RouteReading, {
    warnings,
    each: (reading, index) => {
      const family = reading.family === 'inet' ? 4 : 6;
      const kind = RouteKind.safeParse(reading.type ?? 'unicast');
      if (!kind.success) return `"${reading.type}" is not a kind of route that is known here`;
      const destination = prefixText(reading.dst, family);
      if (destination === null) return 'its destination is not a prefix of its family';
      const linkOf = (dev: string | undefined): string | null => {
        if (dev === undefined) return null;
        const link = links.byName.get(dev);
        if (link === undefined) warnings.add(`[${index}]`, reading, `there is no link named ${dev}`);
        return link ?? null;
      };
      const table = textOf(reading.table) ?? 'main';
      const gateway = reading.gateway ?? reading.via?.host ?? null;
      const metric = reading.metric ?? null;
      const key = [family, table, kind.data, destination, metric ?? '', reading.dev ?? '', gateway ?? ''].join('/');
      records.push({
        type: 'route',
        id: unique.take(`route:${ids.sandboxKey(sandbox)}/${key}`),
        sandbox,
        family,
        table,
        kind: kind.data,
        destination,
        gateway,
        link: linkOf(reading.dev),
        nextHops: (reading.nexthops ?? []).map((hop) => ({
          gateway: hop.gateway ?? null,
          link: linkOf(hop.dev),
          weight: hop.weight ?? 1,
        })),
        metric,
        protocol: textOf(reading.protocol),
        scope: textOf(reading.scope),
        source: reading.prefsrc ?? null,
        mtu: mtuOf(reading.metrics),
        flags: reading.flags ?? [],
      });
      return undefined;
    },
  });
  return { records, warnings: warnings.list };
}
