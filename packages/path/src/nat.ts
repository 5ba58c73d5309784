import type { Flight } from './flight.ts';
import { type Connection, inverse, sameTuple, tupleOf } from './flight.ts';
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
  const connection: Connection = {
    protocol: flight.protocol,
    original: tuple,
    reply: inverse(tuple),
    destinationDone: false,
    sourceDone: false,
    destinationTranslated: false,
    sourceTranslated: false,
    answered: false,
    mark: 0,
  };
  known.push(connection);
  return { ...flight, connection, ctState: 'new', direction: 'original' };
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
  return outLink == null ? null : addressOn(namespace, outLink.id, towards ?? flight.destination);
}

/** REDIRECT goes to this namespace: its loopback for its own packets, the first address of the arriving link for others. Source: kernel nf_nat_redirect.c. */
function destinationFor(address: string | null, flight: Flight, { namespace, hook }: HookCall): string | null {
  if (address !== 'redirect') return address;
  if (hook === 'output') return flight.family === 4 ? '127.0.0.1' : '::1';
  const link = flight.inLink === null ? null : namespace.linkNamed(flight.inLink);
  return link === null ? null : addressOn(namespace, link.id, flight.source);
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
    if (flight.destination === target.destination && flight.destinationPort === target.destinationPort) return flight;
    return { ...flight, destination: target.destination, destinationPort: target.destinationPort };
  }
  const target = direction === 'original' ? inverse(reply) : inverse(original);
  if (!(direction === 'original' ? sourceTranslated : destinationTranslated)) return flight;
  if (flight.source === target.source && flight.sourcePort === target.sourcePort) return flight;
  return { ...flight, source: target.source, sourcePort: target.sourcePort };
}
