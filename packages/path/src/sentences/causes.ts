import type { Disposition, Protocol } from '@vethscope/model';
import type { Elsewhere, Place } from './place.ts';
import { where } from './steps.ts';

const endsElsewhere = (end: Elsewhere): string =>
  end.kind === 'left' ? `leaves by ${end.link}` : `ends in ${where(end.at)}`;

/** Why a way ended as it did. */
export const causes = {
  // Where it arrived.
  delivered: ({ socket, at, port }: { socket: string; at: Place; port: number }) =>
    `The socket ${socket} in ${where(at)} receives it on port ${port}.`,
  paused: (name: string) => `${name} is paused: its kernel accepts the connection, and nobody answers.`,
  heldByDockerd: ({ protocol, port, at }: { protocol: Protocol; port: number; at: Place }) =>
    `dockerd holds ${protocol} port ${port} of ${where(at)} by a socket that it never reads, and no rule translates the packet before: ${
      protocol === 'tcp' ? 'one connection may be accepted, and stays silent' : 'nobody answers'
    }.`,
  nothingListens: (at: Place, protocol: Protocol, port: number) =>
    `Nothing in ${where(at)} listens on ${protocol} port ${port}.`,
  loopbackIsItself: ({ destination, at, protocol, port }: RefusedWords) =>
    `${destination} is ${where(at)} itself, not the host, and nothing in it listens there on ${protocol} port ${port}.`,
  listensOnLoopback: (at: Place, address: string | null, destination: string) =>
    `The service in ${where(at)} listens on ${address ?? 'the loopback'} only, and the packet came for ${destination}.`,
  publishedOnLoopback: (address: string, destination: string) =>
    `The port is published on ${address} only, and the packet came for ${destination}.`,
  listensElsewhere: ({
    destination,
    at,
    protocol,
    port,
    sockets,
  }: RefusedWords & { sockets: readonly ListeningWords[] }) =>
    `The sockets of ${where(at)} on ${protocol} port ${port} listen on ${sockets
      .map(({ address, isOnly6 }) => `${address}${isOnly6 ? ' (IPv6 only)' : ''}`)
      .join(', ')}, and the packet came for ${destination}.`,

  // Where it left the host.
  keepsLoopback: (left: string, source: string) =>
    `${left} It keeps the source ${source}, and every other machine discards what comes from a loopback address.`,
  keepsSource: (left: string, source: string) =>
    `${left} It keeps the source ${source}: an answer comes only from a machine that routes that address to this host.`,

  // The way back.
  answerLost: 'The packet arrives, but the answer does not come back.',
  answerElsewhere: ({ arrived, end, from, awaited, byRoute }: AnswerWords) =>
    `The packet arrives at ${arrived}, but ${
      byRoute
        ? 'docker-proxy, before Docker 28, answers from the address of its route, and so the answer'
        : 'the answer'
    } ${endsElsewhere(end)} from ${from}, and the sender waits for one from ${awaited}.`,
  notTold: 'The sender is not told.',
  refusalElsewhere: (kind: 'reset' | 'icmp', end: Elsewhere) =>
    `${kind === 'reset' ? 'The reset' : 'The ICMP error'} ${endsElsewhere(end)}, and is not for what was sent.`,
  resetStraightBack: ({ port, from, awaited }: { port: string; from: string; awaited: string }) =>
    `The sender is not told: the reset goes straight out of ${port} from ${from}, and the sender waits for one from ${awaited}.`,

  // Rules.
  policyDrops: (chain: string) => `No rule of ${chain} accepts it, and the policy is drop.`,
  ruleRejects: (rule: string, chain: string, how: string) =>
    `“${rule}” in ${chain} rejects it${how === '' ? '' : ` (${how})`}.`,
  ruleDrops: (rule: string, chain: string, why: string) => `“${rule}” in ${chain} drops it: ${why}.`,

  // Routing.
  noRoute: (at: Place, destination: string) => `${where(at)} has no route to ${destination}.`,
  routeRefuses: (at: Place, destination: string, how: string) =>
    `A route in ${where(at)} refuses ${destination} (${how}).`,
  linkOfRouteToUnread: (destination: string) => `The link of the route to ${destination} was not read.`,
  linkOfRouteUnread: 'The link of the route was not read.',
  loopbackLeaves: (source: string, link: string) =>
    `A packet from ${source} may not leave by ${link}: route_localnet is off.`,
  martian: (address: string, link: string) =>
    `A packet with ${address} may not come in by ${link}: loopback addresses stay in their namespace.`,
  ownSource: (at: Place, link: string, source: string) =>
    `${where(at)} gets a packet on ${link} from ${source}, which is its own address, and discards it.`,
  reversePath: ({ at, source, link, mode }: { at: Place; source: string; link: string; mode: 'strict' | 'loose' }) =>
    `${where(at)} would not answer ${source} by ${link}, and rp_filter is ${mode} there.`,
  doesNotForward: (at: Place, link: string, sysctl: string) =>
    `${where(at)} does not forward what comes in by ${link} (${sysctl}).`,
  ttlUsedUp: 'The TTL of the packet is used up.',
  endless: 'The packet goes round without end.',

  // Links and bridges.
  linkDown: (link: string) => `${link} is down.`,
  noCarrier: (link: string) => `${link} is without a carrier.`,
  unreachable: (address: string, link: string, why: string) => `${address} cannot be reached on ${link}: ${why}.`,
  portBlocked: (port: string, bridge: string, state: string) => `The port ${port} of ${bridge} is ${state}.`,
  noHairpin: (bridge: string, port: string) =>
    `${bridge} does not send a frame back by the port ${port} that it came from.`,
  portsIsolated: (bridge: string, one: string, other: string) =>
    `The ports ${one} and ${other} of ${bridge} are isolated from each other.`,
  noBridgePort: (bridge: string, destination: string) => `No port of ${bridge} leads to ${destination}.`,

  // Questions without a first packet.
  containerUnknown: (name: string) => `There is no container with the name ${name}.`,
  containerUnread: (name: string) => `${name} runs, but its network namespace was not read.`,
  containerNotRunning: (name: string, state: string) => `${name} does not run (${state}).`,
  hostUnread: 'The host’s own namespace was not read.',
  notAnAddress: (text: string) => `${text} is not an address.`,
  noWayIn: (address: string) =>
    `The host has no route to ${address}, so it is not known by which link its packets come.`,
  /** `name` null: of no container and no name. `family` null: any. */
  noAddress: (name: string | null, family: 4 | 6 | null) =>
    `${name ?? 'the target'} has ${family === null ? 'no address' : `no IPv${family} address`}.`,
  twoFamilies: (source: string, destination: string) =>
    `A packet from ${source} cannot have the destination ${destination}: they are not of one family.`,
  toManyReceivers: (destination: string) =>
    `${destination} stands for many receivers; the way of such packets is not modelled.`,
  needsPort: (protocol: Protocol) => `A question about ${protocol} needs a port.`,
  namesOnDefaultBridge: (name: string, asking: string) =>
    `${name} is the name of a container, but ${asking} is on the default bridge, where names are not resolved.`,
  sharesNoNetwork: (name: string, asking: string) =>
    `${name} is a container, but it shares no network with ${asking}, so its name is not resolved there.`,
  nameOutside: (name: string) => `${name} is asked of a DNS server outside, whose answer a snapshot does not hold.`,

  // What is not known.
  open: (why: string, ends: readonly [Disposition, Disposition] | null) =>
    `It cannot be told from a snapshot: ${why}.${ends === null ? '' : ` One way it is ${ends[0]}, the other way ${ends[1]}.`}`,
  cannotTell: (why: string) => `It cannot be told: ${why}.`,
  cannotTellWhichTask: (why: string) => `It cannot be told which task answers: ${why}.`,
  wayNotModelled: (why: string) => `The way is not modelled: ${why}.`,
  namespaceUnread: (link: string) => `The namespace of ${link} was not read.`,
  sourceUnread: (source: string, place: string | null, reason: string | null) =>
    `It cannot be told: ${source} of ${place ?? 'the host'} could not be read${reason === null ? '' : ` (${reason})`}.`,
};

interface RefusedWords {
  destination: string;
  at: Place;
  protocol: Protocol;
  port: number;
}

interface ListeningWords {
  address: string;
  isOnly6: boolean;
}

/** `awaited`: the address from which the sender waits for an answer. */
interface AnswerWords {
  arrived: string;
  end: Elsewhere;
  from: string;
  awaited: string;
  byRoute: boolean;
}
