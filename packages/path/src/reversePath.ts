import type { Link } from '@vethscope/model';
import type { Decisions } from './decisions.ts';
import type { Flight } from './flight.ts';
import type { Namespace } from './namespace.ts';
import { lookUpRoute, type RouteAnswer } from './routing.ts';

/** How the source of a packet would be reached: the question that rp_filter and `-m rpfilter` ask. */
function reverseRoute(
  namespace: Namespace,
  flight: Flight,
  { mark, outLink, decisions }: { mark: number; outLink: string | null; decisions: Decisions },
): RouteAnswer {
  return lookUpRoute(
    namespace,
    {
      family: flight.family,
      destination: flight.source,
      source: flight.destination,
      mark,
      protocol: flight.protocol,
      sourcePort: flight.destinationPort,
      destinationPort: flight.sourcePort,
      inLink: null,
      outLink,
    },
    decisions,
  );
}

/** `-m rpfilter`. Source: kernel ipt_rpfilter.c, ip6t_rpfilter.c. */
export function reversePathHolds(
  { namespace, flight, decisions }: { namespace: Namespace; flight: Flight; decisions: Decisions },
  { loose, validMark, acceptLocal }: { loose: boolean; validMark: boolean; acceptLocal: boolean },
): boolean {
  if (flight.inLink === 'lo' || flight.inLink === null) return true;
  const answer = reverseRoute(namespace, flight, { mark: validMark ? flight.mark : 0, outLink: null, decisions });
  if (answer.kind === 'local') return acceptLocal;
  if (answer.kind !== 'unicast') return false;
  return loose || namespace.links.get(answer.link)?.name === flight.inLink;
}

export type SourceCheck = { kind: 'passes' } | { kind: 'reversePath'; mode: 1 | 2 } | { kind: 'ownSource' };

/** A namespace whose sysctls were not read has those of the host's defaults: new ones inherit them (devconf_inherit_init_net). */
export function linkSysctl(
  namespace: Namespace,
  host: Namespace | null,
  { family, link, name }: { family: 'ipv4' | 'ipv6'; link: string; name: string },
): number | null {
  const own = namespace.sysctl(`net.${family}.conf.${link}.${name}`);
  const text =
    own ?? (namespace.sysctls.size === 0 ? host?.sysctl(`net.${family}.conf.default.${name}`) : null) ?? null;
  return text === null ? null : Number(text);
}

/** Asked of every packet that arrives: remembered by namespace, link and name. */
const eithers = new WeakMap<Namespace, Map<string, Map<string, number>>>();

/** The larger of a link's own switch and that of all links; IPv4. */
export function eitherSysctl(
  namespace: Namespace,
  host: Namespace | null,
  { link, name }: { link: string; name: string },
): number {
  const links = eithers.get(namespace) ?? new Map<string, Map<string, number>>();
  eithers.set(namespace, links);
  const names = links.get(link) ?? new Map<string, number>();
  links.set(link, names);
  const known = names.get(name);
  if (known !== undefined) return known;
  const family = 'ipv4';
  const all = linkSysctl(namespace, host, { family, link: 'all', name }) ?? 0;
  const either = Math.max(all, linkSysctl(namespace, host, { family, link, name }) ?? 0);
  names.set(name, either);
  return either;
}

/**
 * Whether the kernel takes a packet from this source on this link [P5]; IPv4 only. With rp_filter off one check remains: a source that is an
 * address of this very namespace cannot come from outside. Source: kernel fib_frontend.c fib_validate_source, __fib_validate_source.
 */
export function checkSource(
  namespace: Namespace,
  flight: Flight,
  { link, host, decisions }: { link: Link; host: Namespace | null; decisions: Decisions },
): SourceCheck {
  if (flight.family === 6 || link.kind === 'loopback') return { kind: 'passes' };
  const asked = { link: link.name };
  const mode = eitherSysctl(namespace, host, { ...asked, name: 'rp_filter' });
  const acceptLocal = eitherSysctl(namespace, host, { ...asked, name: 'accept_local' }) > 0;
  const isOwn = namespace.addresses.has(flight.source);
  if (isOwn && !acceptLocal) return { kind: 'ownSource' };
  if (mode === 0) return { kind: 'passes' };
  const validMark = eitherSysctl(namespace, host, { ...asked, name: 'src_valid_mark' }) > 0;
  const mark = validMark ? flight.mark : 0;
  const back = reverseRoute(namespace, flight, { mark, outLink: null, decisions });
  if (back.kind === 'local' && acceptLocal) return { kind: 'passes' };
  const failed = { kind: 'reversePath', mode: mode === 1 ? 1 : 2 } as const;
  if (back.kind !== 'unicast') return failed;
  if (back.link === link.id || back.route.nextHops.some((hop) => hop.link === link.id)) return { kind: 'passes' };
  return mode === 1 ? failed : { kind: 'passes' };
}
