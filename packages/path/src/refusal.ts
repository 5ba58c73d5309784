import type { Family } from '@vethscope/model';
import { answerTo, type Flight, tupleOf } from './flight.ts';
import type { Namespace } from './namespace.ts';
import { icmpNames } from './rules/nftIcmp.ts';

/** How a packet is refused: by a TCP reset, or by an ICMP error "destination unreachable" with a code. Sources: RFC 792, RFC 4443. */
export type Refusing = { kind: 'reset' } | { kind: 'icmp'; code: number };

/**
 * What the kernel sends back in place of an answer, about the packet as it was there. `attached`: netfilter sends it and ties it to the connection of
 * the packet.
 */
export interface Refusal {
  namespace: Namespace;
  flight: Flight;
  by: Refusing;
  attached: boolean;
}

const unreachable = { 4: 3, 6: 1 } as const;

/** The names of nft, and what iptables has beside them. Source: iptables libipt_REJECT.c, libip6t_REJECT.c; nf_tables.h (NFT_REJECT_ICMPX_*). */
const codes: Record<Family, Record<string, number>> = {
  4: { ...icmpNames.icmpCode, 'no-route': 0, 'proto-unreachable': 2 },
  6: { ...icmpNames.icmpv6Code, 'adm-prohibited': 1, 'host-unreachable': 3 },
};

const portCode = { 4: 3, 6: 4 } as const;

export const portUnreachable = (family: Family): Refusing => ({ kind: 'icmp', code: portCode[family] });

/** What REJECT sends, by `--reject-with` of iptables ("icmp-host-prohibited") or the words of nft ("icmpx no-route"); unnamed, that the port is unreachable. */
export function rejection(how: string, family: Family): Refusing {
  if (/tcp[- ]reset/.test(how)) return { kind: 'reset' };
  const name = how.replace(/^icmp(?:v6|6|x)?[- ]/, '');
  return { kind: 'icmp', code: codes[family][name] ?? portCode[family] };
}

/** What a router says of a packet that its routes refuse. IPv6 tells "unreachable" and "no route" by one code. Sources: kernel route.c ip_error, ip6_pkt_discard. */
export function routerSays(how: 'unreachable' | 'prohibit' | 'blackhole' | 'none', family: Family): Refusing {
  const names = {
    unreachable: 'host-unreachable',
    prohibit: 'admin-prohibited',
    blackhole: 'no-route',
    none: 'no-route',
  };
  const name = family === 6 && how === 'unreachable' ? 'no-route' : names[how];
  return { kind: 'icmp', code: codes[family][name] ?? 0 };
}

/**
 * The refusal as a packet. Its source is the address asked, where that is the kernel's own; else the route chooses it. What was not tracked leaves
 * nothing to tie it to, and its refusal is INVALID. Source: kernel nf_conntrack_core.c nf_conntrack_attach.
 */
export function refusalOf({ flight, namespace, by, attached }: Refusal): Flight {
  const { protocol, family, connection } = flight;
  const tied: Partial<Flight> =
    attached && connection !== null ? { connection, ctState: 'related', direction: 'reply' } : {};
  const answer: Flight = { ...answerTo(flight), ...tied };
  const header = family === 4 ? 20 : 40;
  if (by.kind === 'reset')
    return { ...answer, tcpFlags: protocol === 'tcp' ? ['RST', 'ACK'] : [], length: header + 20 };
  return {
    ...answer,
    protocol: 'icmp',
    source: namespace.addresses.has(flight.destination) ? flight.destination : '',
    sourcePort: null,
    destinationPort: null,
    icmpType: unreachable[family],
    icmpCode: by.code,
    tcpFlags: [],
    length: header + 8 + flight.length,
    about: { protocol, tuple: tupleOf(flight) },
  };
}
