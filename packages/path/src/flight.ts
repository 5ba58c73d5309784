import type { ConntrackState, Family, Packet, Protocol } from '@vethscope/model';

/** The two ends of a flow as conntrack keeps them. For ICMP the ports are the echo identifier. */
export interface Tuple {
  source: string;
  sourcePort: number | null;
  destination: string;
  destinationPort: number | null;
}

/**
 * A conntrack entry of one namespace. `destinationDone` and `sourceDone` say that the nat chains of that side have been run, be it without
 * a result: they run once per flow. Source: kernel nf_nat_core.c nf_nat_initialized, nf_nat_alloc_null_binding.
 */
export interface Connection {
  protocol: Protocol;
  original: Tuple;
  reply: Tuple;
  destinationDone: boolean;
  sourceDone: boolean;
  destinationTranslated: boolean;
  sourceTranslated: boolean;
  answered: boolean;
  /** Its first packet came through INPUT or POSTROUTING, the last thing that conntrack does there. Source: kernel nf_conntrack_proto.c nf_confirm. */
  confirmed: boolean;
  mark: number;
}

/** A packet on its way: the headers, and what the kernel keeps beside them (sk_buff). Never changed: a change makes a new one. */
export interface Flight {
  family: Family;
  protocol: Protocol;
  source: string;
  sourcePort: number | null;
  destination: string;
  destinationPort: number | null;
  icmpType: number | null;
  icmpCode: number | null;
  /** Only the first packet of a connection and its answer are sent: SYN, then SYN and ACK. */
  tcpFlags: readonly string[];
  mark: number;
  /** Bytes of the IP packet: the smallest that such a packet has. */
  length: number;
  ttl: number;
  ctState: ConntrackState | null;
  connection: Connection | null;
  direction: 'original' | 'reply';
  inLink: string | null;
  outLink: string | null;
  /** The ports of a bridge, while netfilter sees a bridged packet. */
  physIn: string | null;
  physOut: string | null;
  /** Sent by a socket of this namespace. */
  local: boolean;
  /** Passing a bridge while netfilter is asked. */
  bridged: boolean;
  /** Of an ICMP error: the packet that it is about, as its header stands in the error. */
  about: { protocol: Protocol; tuple: Tuple } | null;
  /** TPROXY hands it to a socket on this port, whatever its destination. */
  transparent: { address: string | null; port: number } | null;
}

/** What a kernel keeps of a packet that it has not seen yet. */
const unseen = {
  mark: 0,
  ctState: null,
  connection: null,
  direction: 'original',
  inLink: null,
  outLink: null,
  physIn: null,
  physOut: null,
  bridged: false,
  transparent: null,
} as const satisfies Partial<Flight>;

function lengthOf(protocol: Protocol, family: Family): number {
  const header = family === 4 ? 20 : 40;
  switch (protocol) {
    case 'tcp':
      return header + 40;
    case 'udp':
      return header + 8;
    case 'icmp':
      return header + 64;
    case 'sctp':
      return header + 12;
    default: {
      const never: never = protocol;
      return never;
    }
  }
}

export function packetOf(flight: Flight): Packet {
  const { family, protocol, source, sourcePort, destination, destinationPort, icmpType, mark, ctState } = flight;
  const { inLink, outLink } = flight;
  return {
    family,
    protocol,
    source,
    sourcePort,
    destination,
    destinationPort,
    icmpType,
    mark,
    ctState,
    inLink,
    outLink,
  };
}

export function tupleOf(flight: Flight): Tuple {
  const { source, sourcePort, destination, destinationPort } = flight;
  return { source, sourcePort, destination, destinationPort };
}

export function inverse(tuple: Tuple): Tuple {
  return {
    source: tuple.destination,
    sourcePort: tuple.destinationPort,
    destination: tuple.source,
    destinationPort: tuple.sourcePort,
  };
}

export function sameTuple(a: Tuple, b: Tuple): boolean {
  return (
    a.source === b.source &&
    a.destination === b.destination &&
    a.sourcePort === b.sourcePort &&
    a.destinationPort === b.destinationPort
  );
}

const echoRequest = { 4: 8, 6: 128 } as const;
const echoReply = { 4: 0, 6: 129 } as const;

/** The answer to a packet, as its receiver sends it. */
export function answerTo(flight: Flight): Flight {
  return {
    ...flight,
    ...inverse(tupleOf(flight)),
    icmpType: flight.protocol === 'icmp' ? echoReply[flight.family] : null,
    tcpFlags: flight.protocol === 'tcp' ? ['SYN', 'ACK'] : [],
    ttl: 64,
    ...unseen,
    local: true,
    about: null,
  };
}

export function firstFlight(protocol: Protocol, family: Family, tuple: Tuple): Flight {
  return {
    family,
    protocol,
    ...tuple,
    icmpType: protocol === 'icmp' ? echoRequest[family] : null,
    icmpCode: protocol === 'icmp' ? 0 : null,
    tcpFlags: protocol === 'tcp' ? ['SYN'] : [],
    length: lengthOf(protocol, family),
    ttl: 64,
    ...unseen,
    local: true,
    about: null,
  };
}

/**
 * The byte of the header that IPv4 calls type of service and IPv6 traffic class. Everything is sent with 0, but ICMP errors of IPv4, which say
 * "internetwork control". Source: kernel icmp.c __icmp_send.
 */
export const serviceOf = ({ family, about }: Flight): number => (family === 4 && about !== null ? 0xc0 : 0);

/** What conntrack has seen already stays tracked, also what comes by the loopback. Source: kernel nft_ct.c nft_notrack_eval, xt_CT.c xt_ct_target. */
export function untracked(flight: Flight): Flight {
  return flight.connection === null ? { ...flight, ctState: 'untracked' } : flight;
}

/** Crossing into another namespace leaves nothing of what was kept beside the headers. Source: kernel skb_scrub_packet. */
export const scrubbed = (flight: Flight): Flight => ({ ...flight, ...unseen, local: false });
