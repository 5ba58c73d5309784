import type { ConntrackState, Protocol } from '@vethscope/model';
import { type Place, type Routed, routeText, type Translated } from './place.ts';

export const where = ({ kind, name }: Place): string => (kind === 'host' ? 'the host' : name);
const withPort = (address: string, port: number | null): string => `${address}${port === null ? '' : ` port ${port}`}`;

const endOn = (side: Translated['side'], packet: Translated['before']): string =>
  side === 'source' ? withPort(packet.source, packet.sourcePort) : withPort(packet.destination, packet.destinationPort);

/** What a step decided. Those that end a way are its cause, too. */
export const steps = {
  resolved: (name: string, answer: readonly string[], by: string) => `${name} is ${answer.join(', ')}, says ${by}.`,
  /** Who answered for a name. */
  resolvers: {
    address: 'the address itself',
    hosts: '/etc/hosts',
    embedded: 'the embedded DNS server at 127.0.0.11',
  },
  processSends: ({ at, protocol, to, port }: { at: Place; protocol: Protocol; to: string; port: number | null }) =>
    `A process in ${where(at)} sends ${protocol} to ${withPort(to, port)}.`,
  kernelRefuses: ({ at, kind, to, port }: { at: Place; kind: 'reset' | 'icmp'; to: string; port: number | null }) =>
    `The kernel of ${where(at)} sends ${kind === 'reset' ? 'a reset' : 'an ICMP error'} to ${withPort(to, port)}.`,
  answersEcho: (at: Place) => `The kernel of ${where(at)} answers the echo request.`,
  socketReceives: ({ socket, at, isProxy }: { socket: string; at: Place; isProxy: boolean }) =>
    `The socket ${socket} in ${where(at)} receives it${isProxy ? ': it is docker-proxy’s' : ''}.`,
  proxied: (address: string, port: number) =>
    `docker-proxy ends the connection here and opens another to ${address} port ${port}.`,
  answerHome: 'The answer comes back to the sender.',
  senderTold: 'The sender is told.',

  noRoute: (destination: string) => `No route to ${destination}.`,
  routed: ({ to, route, link, source }: Routed) =>
    `${to} goes by ${routeText(route, link)} (table ${route.table})${source === null ? '' : `, from ${source}`}.`,

  conntrackNew: 'conntrack sees the first packet of a connection.',
  conntrackKnows: (state: ConntrackState) => `conntrack knows the connection: ${state}.`,
  byPolicy: (chain: string, verdict: string) => `${chain}: no rule decides, the policy is ${verdict}.`,
  byRule: (chain: string, verdict: string, rule: string) => `${chain}: ${verdict} by “${rule}”.`,
  translated: ({ isReply, side, before, after }: Translated) =>
    `The ${isReply ? 'answer is translated back: its' : 'packet is translated: its'} ${side} ${endOn(side, before)} becomes ${endOn(side, after)}.`,

  sentOnLoopback: 'Sent on the loopback.',
  receivedOnLoopback: 'Received on the loopback.',
  receivedOn: (link: string) => `Received on ${link}.`,
  sentToPeer: (link: string, peer: string) => `Sent on ${link}, whose other end is ${peer}.`,
  sentOverParent: (link: string, to: string) => `Sent on ${link}; ${to} is reached over the same parent.`,
  sentByParent: (link: string, parent: string | null) => `Sent on ${link}, out by its parent ${parent ?? 'link'}.`,
  sentIntoTunnel: (link: string) => `Sent into the tunnel ${link}.`,
  handedTo: (child: string, link: string) => `Handed to ${child}, which stands on ${link}.`,
  leavesOn: (link: string) => `It leaves on ${link}.`,
  leavesTagged: (link: string, vlan: number) => `It leaves on ${link} with the VLAN tag ${vlan}.`,
  leavesByTunnel: (link: string) => `It leaves through the tunnel ${link}.`,
  leavesByParent: (link: string) => `It leaves by ${link} without passing the host's rules.`,
  leavesWrapped: (vni: number, remote: string | null) =>
    `It is wrapped in VXLAN ${vni}${remote === null ? '' : ` for the host ${remote}`}.`,
  discards: (link: string) => `${link} is a dummy link: it discards what it is given.`,

  /** `who` null: a machine outside. */
  neighbor: ({ address, link, who, mac }: { address: string; link: string; who: string | null; mac: string | null }) =>
    `${address} on ${link} is ${who ?? 'a machine outside'}${mac === null ? '' : ` (${mac})`}.`,
  nobodyAnswers: (address: string, why: string) => `Nobody answers for ${address}: ${why}.`,

  bridgeSends: (bridge: string, port: string) => `${bridge} sends the frame out by its port ${port}.`,
  bridgeKeeps: (bridge: string) => `The frame is for ${bridge} itself: up to the IP layer.`,
  bridgePasses: ({ bridge, from, to, asked }: { bridge: string; from: string; to: string; asked: boolean }) =>
    `${bridge} passes the frame from ${from} to ${to}${asked ? '; netfilter is asked on the way' : ''}.`,

  notModelled: (why: string) => `Not modelled: ${why}.`,
  notKnown: (why: string) => `Not known: ${why}.`,
};
