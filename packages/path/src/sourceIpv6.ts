import type { Address } from '@vethscope/model';
import { commonPrefixLength, type IpNumber, ipNumber, isInPrefix, isLinkLocal } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';

/** Source: kernel addrlabel.c ip6addrlbl_init_table. The longest prefixes first; all others have label 1. */
const labels: readonly (readonly [prefix: string, label: number])[] = [
  ['::1/128', 0],
  ['::ffff:0:0/96', 4],
  ['::/96', 3],
  ['2001::/32', 6],
  ['2001:10::/28', 7],
  ['3ffe::/16', 12],
  ['2002::/16', 2],
  ['fec0::/10', 11],
  ['fc00::/7', 5],
];

const labelOf = (address: string): number => labels.find(([prefix]) => isInPrefix(address, prefix) === true)?.[1] ?? 1;

/** Of the interface, the link, or everywhere. */
const scopeOf = (address: string): number => (address === '::1' ? 1 : isLinkLocal(address) ? 2 : 14);

/** How well an address serves, first things first: RFC 6724, section 5, rules 1, 2, 3, 5, 6 and 8. */
function meritsOf(
  candidate: Address,
  { link, towards, target }: { link: string; towards: string; target: IpNumber },
): number[] {
  const { address, prefix, flags } = candidate;
  const number = ipNumber(address);
  const beyond = scopeOf(address) - scopeOf(towards);
  return [
    number?.value === target.value ? 1 : 0,
    beyond >= 0 ? 100 - beyond : beyond,
    flags.includes('deprecated') ? 0 : 1,
    candidate.link === link ? 1 : 0,
    labelOf(address) === labelOf(towards) ? 1 : 0,
    number === null ? 0 : Math.min(prefix, commonPrefixLength(number, target)),
  ];
}

/**
 * The IPv6 source of a packet out of a link: every address of the namespace may be one, that of the link is preferred. Source: kernel addrconf.c
 * ipv6_dev_get_saddr, ipv6_get_saddr_eval.
 */
export function sourceIpv6(namespace: Namespace, link: string, towards: string): string | null {
  const target = ipNumber(towards);
  if (target === null) return null;
  let best: { address: string; merits: number[] } | null = null;
  for (const [of, addresses] of namespace.addressesOfLink) {
    if (isLinkLocal(towards) && of !== link) continue;
    for (const candidate of addresses) {
      if (candidate.family !== 6 || candidate.flags.includes('tentative')) continue;
      const merits = meritsOf(candidate, { link, towards, target });
      if (best === null || isBetter(merits, best.merits)) best = { address: candidate.address, merits };
    }
  }
  return best?.address ?? null;
}

function isBetter(merits: readonly number[], than: readonly number[]): boolean {
  for (const [at, merit] of merits.entries()) {
    const other = than[at] ?? 0;
    if (merit !== other) return merit > other;
  }
  return false;
}
