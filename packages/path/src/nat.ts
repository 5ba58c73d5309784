import type { Address } from '@vethscope/model';
import type { Flight } from './flight.ts';
import { type Connection, inverse, sameTuple, type Tuple, tupleOf } from './flight.ts';
import { isLinkLocal } from './ipNumber.ts';
import type { Namespace } from './namespace.ts';
import type { HookCall } from './netfilter.ts';
import { addressOn } from './routing.ts';
import type { Translation } from './rules/ruleContext.ts';
import type { Run } from './run.ts';

/** The entry of a packet's connection: of one that is known, in its direction, or a new one. Source: kernel nf_conntrack_core.c resolve_normal_ct. */
export function beginConnection(run: Run, flight: Flight, namespace: Namespace): Flight {
  const tuple = tupleOf(flight);
  const known = run.connections.get(namespace) ?? [];
  run.connections.set(namespace, known);
  const { about } = flight;
  if (about !== null) {
    // An ICMP error belongs to the connection of the packet that it is about. Source: kernel nf_conntrack_proto_icmp.c nf_conntrack_inet_error.
    const connection = known.find(
      ({ protocol, reply }) => protocol === about.protocol && sameTuple(reply, inverse(about.tuple)),
    );
    if (connection === undefined) return { ...flight, ctState: 'invalid' };
    return { ...flight, connection, ctState: 'related', direction: 'reply' };
  }
  for (const connection of known) {
    if (connection.protocol !== flight.protocol) continue;
    if (sameTuple(connection.reply, tuple)) {
      connection.answered = true;
      return { ...flight, connection, ctState: 'established', direction: 'reply' };
    }
    if (sameTuple(connection.original, tuple)) {
      return { ...flight, connection, ctState: connection.answered ? 'established' : 'new', direction: 'original' };
    }
  }
  if (!mayBegin(flight)) return { ...flight, ctState: 'invalid' };
  const connection: Connection = {
    protocol: flight.protocol,
    original: tuple,
    reply: inverse(tuple),
    destinationDone: false,
    sourceDone: false,
    destinationTranslated: false,
    sourceTranslated: false,
    answered: false,
    confirmed: false,
    mark: 0,
  };
  known.push(connection);
  return { ...flight, connection, ctState: 'new', direction: 'original' };
}

/** A reset and an answer begin no connection. Source: kernel nf_conntrack_proto_tcp.c tcp_new, nf_conntrack_proto_icmp.c nf_conntrack_icmp_packet. */
function mayBegin({ protocol, tcpFlags, icmpType }: Flight): boolean {
  if (protocol === 'tcp') return !tcpFlags.includes('RST') && !tcpFlags.includes('ACK');
  return protocol !== 'icmp' || icmpType === 8 || icmpType === 128;
}

function portFor(current: number | null, { ports, portBase }: Translation): number | null {
  if (current === null || ports === null) return current;
  if (portBase !== null) return ports.from + (current - portBase);
  // The port is kept where it stands in the range. Source: kernel nf_nat_core.c get_unique_tuple, nf_nat_l4proto_unique_tuple.
  return current >= ports.from && current <= ports.to ? current : ports.from;
}

/** Writes what a rule asks for into the connection, which has not been answered yet. */
export function translateFirst(
  flight: Flight,
  { translation, call }: { translation: Translation; call: HookCall },
): void {
  const { connection } = flight;
  if (connection === null) return;
  const { reply } = connection;
  if (translation.side === 'destination') {
    const address = destinationFor(translation.address, flight, call) ?? reply.source;
    const port = portFor(reply.sourcePort, translation);
    connection.destinationTranslated = address !== reply.source || port !== reply.sourcePort;
    connection.reply = { ...reply, source: address, sourcePort: port };
    return;
  }
  const asked = translation.address === 'masquerade' ? masqueradeAddress(call, flight) : translation.address;
  const address = asked ?? reply.destination;
  const port = portFor(reply.destinationPort, translation);
  connection.sourceTranslated = address !== reply.destination || port !== reply.destinationPort;
  connection.reply = { ...reply, destination: address, destinationPort: port };
}

/** MASQUERADE takes the address of the link that the route selected. Source: kernel nf_nat_masquerade.c. */
function masqueradeAddress({ namespace, outLink, towards }: HookCall, flight: Flight): string | null {
  const next = flight.family === 6 ? flight.destination : (towards ?? flight.destination);
  return outLink == null ? null : addressOn(namespace, outLink.id, next);
}

/** REDIRECT goes to this namespace: its loopback for its own packets, the address of the arriving link that is listed first for others. Source: kernel nf_nat_redirect.c. */
function destinationFor(address: string | null, flight: Flight, { namespace, hook }: HookCall): string | null {
  if (address !== 'redirect') return address;
  if (hook === 'output') return flight.family === 4 ? '127.0.0.1' : '::1';
  const link = flight.inLink === null ? null : namespace.linkNamed(flight.inLink);
  const own = link === null ? [] : (namespace.addressesOfLink.get(link.id) ?? []);
  const usable = ({ family, address, flags }: Address) =>
    family === flight.family &&
    !flags.includes('tentative') &&
    (family === 4 || !isLinkLocal(flight.destination) || isLinkLocal(address));
  return own.find(usable)?.address ?? null;
}

/**
 * Changes a packet as its connection says. An answer is changed on the other hook: the side that was translated going out is translated back
 * where the answer comes in. Source: kernel nf_nat_core.c nf_nat_packet.
 */
export function translateByConnection(flight: Flight, side: 'source' | 'destination'): Flight {
  const { connection, direction } = flight;
  if (connection === null) return flight;
  const { original, reply, sourceTranslated, destinationTranslated } = connection;
  if (side === 'destination') {
    const target = direction === 'original' ? inverse(reply) : inverse(original);
    if (!(direction === 'original' ? destinationTranslated : sourceTranslated)) return flight;
    if (flight.about !== null) return translateError(flight, { destination: target.destination, to: target });
    if (flight.destination === target.destination && flight.destinationPort === target.destinationPort) return flight;
    return { ...flight, destination: target.destination, destinationPort: target.destinationPort };
  }
  const target = direction === 'original' ? inverse(reply) : inverse(original);
  if (!(direction === 'original' ? sourceTranslated : destinationTranslated)) return flight;
  if (flight.about !== null) return translateError(flight, { source: target.source, from: target });
  if (flight.source === target.source && flight.sourcePort === target.sourcePort) return flight;
  return { ...flight, source: target.source, sourcePort: target.sourcePort };
}

/** An ICMP error is changed outside and inside: the packet in it goes the other way. Source: kernel nf_nat_core.c nf_nat_icmp_reply_translation. */
function translateError(
  flight: Flight,
  { source = flight.source, destination = flight.destination, from, to }: ErrorChange,
): Flight {
  const { about } = flight;
  if (about === null) return flight;
  const tuple: Tuple = {
    ...about.tuple,
    ...(to === undefined ? {} : { source: to.destination, sourcePort: to.destinationPort }),
    ...(from === undefined ? {} : { destination: from.source, destinationPort: from.sourcePort }),
  };
  return { ...flight, source, destination, about: { ...about, tuple } };
}

interface ErrorChange {
  source?: string;
  destination?: string;
  from?: Tuple;
  to?: Tuple;
}
