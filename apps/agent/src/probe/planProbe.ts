import {
  type Container,
  ids,
  type Leg,
  type ProbeRequest,
  type Question,
  type Snapshot,
  type Step,
  type Trace,
  VethscopeError,
} from '@vethscope/model';
import { tracePath } from '@vethscope/path';
import type { ProbePacketSpec } from '../host/probeSocket.ts';
import type { TraceMatch } from '../host/probeTable.ts';
import { canonicalAddress, isOwnAddress, whyNeverSent } from './probeAddress.ts';
import { whyUntraceable } from './untraceable.ts';

/** All that is decided about a probe before anything is done: what to send, from where, and which namespaces to ask for their trace. */
export interface ProbePlan {
  question: Question;
  /** The namespace that sends. */
  sender: string;
  packet: ProbePacketSpec;
  /** The namespaces on the predicted way, the sender's first. Empty where no trace could name anything. */
  traced: string[];
  /** Addresses that the packet is predicted to have on its way. */
  waypoints: string[];
  further: TraceMatch[];
  notes: string[];
}

const notPossible = (message: string, more: { where?: string; fix?: string; about?: string[] } = {}): VethscopeError =>
  new VethscopeError('probeNotPossible', message, more);

/** Pure. Throws `probeNotPossible`, and `probeNeedsConfirmation` with the address in `where`. */
export function planProbe(snapshot: Snapshot, { question, confirmedAddress }: ProbeRequest): ProbePlan {
  const { protocol } = question;
  if (protocol === 'sctp') throw notPossible('Probes are of TCP, UDP and ICMP.', { where: 'question.protocol' });
  checkPorts(question);
  const trace = tracePath(snapshot, question, { blockers: false });
  const sender = senderOf(snapshot, question, trace);
  const [leg] = trace.legs;
  if (leg === undefined)
    throw notPossible(`There is nothing to send to: ${trace.cause.sentence}`, { where: 'question.to' });
  const destination = checkedAddress(leg.packet.destination, 'question.to');
  const source = question.source === null ? null : checkedAddress(question.source, 'question.source');
  if (source !== null && !isOwnAddress(snapshot, source))
    throw notPossible('The sender has no such address.', { where: 'question.source' });
  confirmForeign(snapshot, { trace, destination, confirmedAddress });
  const untraceable = whyUntraceable(snapshot);
  const notes = untraceable === null ? [] : [untraceable];
  if (question.to.kind === 'name') notes.push(`${question.to.name} is ${destination}: the probe resolves no names.`);
  return {
    question,
    sender,
    packet: {
      protocol,
      destination,
      destinationPort: leg.packet.destinationPort,
      source,
      sourcePort: question.sourcePort,
    },
    traced: untraceable === null ? sandboxesOf(sender, trace) : [],
    waypoints: addressesOf(trace),
    further: trace.legs
      .slice(1)
      .flatMap(({ packet }) => matchesOfLeg(protocol, packet.destination, packet.destinationPort)),
    notes,
  };
}

function checkPorts({ protocol, to, sourcePort }: Question): void {
  const isPort = (port: number) => port >= 1 && port <= 65_535;
  if (sourcePort !== null && !isPort(sourcePort))
    throw notPossible('A port is a number from 1 to 65535.', { where: 'question.sourcePort' });
  if (protocol !== 'icmp' && (to.port === null || !isPort(to.port)))
    throw notPossible('A port is a number from 1 to 65535.', { where: 'question.to.port' });
}

function checkedAddress(text: string, where: string): string {
  const address = canonicalAddress(text);
  if (address === null) throw notPossible('This is no address.', { where });
  const why = whyNeverSent(address);
  if (why !== null) throw notPossible(why, { where: address });
  return address;
}

function senderOf(snapshot: Snapshot, { from, protocol, to }: Question, trace: Trace): string {
  switch (from.kind) {
    case 'host':
      return ids.hostSandbox;
    case 'container':
      return sandboxOf(containerNamed(snapshot, from.name));
    case 'internet':
    case 'address': {
      const address = trace.legs[0]?.packet.destination ?? 'ADDRESS';
      throw notPossible('A packet from outside can only be sent by the machine outside.', {
        where: 'question.from',
        fix: `On that machine: ${commandFor(protocol, address, to.port)}`,
      });
    }
  }
}

function commandFor(protocol: Question['protocol'], address: string, port: number | null): string {
  if (protocol === 'icmp') return `ping -c 1 ${address}`;
  return `nc -vz${protocol === 'udp' ? 'u' : ''} -w 1 ${address} ${port}`;
}

function containerNamed(snapshot: Snapshot, name: string): Container {
  const found = Object.values(snapshot.records.container).find((container) => container.name === name);
  if (found !== undefined) return found;
  throw notPossible(`There is no container "${name}".`, { where: 'question.from', about: [name] });
}

function sandboxOf({ name, sandbox, state }: Container): string {
  if (sandbox !== null) return sandbox;
  throw notPossible(`The container "${name}" has no network to send from: it is ${state}.`, {
    where: 'question.from',
    about: [name, state],
  });
}

/**
 * Where the packet may go is decided by every destination that it is predicted to have, so that a translation leads nowhere unasked, and by where it is predicted to
 * end: an address of some sandbox may be one of the LAN, too, and the sender's route lead there. At most one address may be foreign, and that one has
 * been confirmed.
 */
function confirmForeign(
  snapshot: Snapshot,
  { trace, destination, confirmedAddress }: { trace: Trace; destination: string; confirmedAddress: string | null },
): void {
  const reached = stepsOf(trace).map(({ after }) => after.destination);
  const all = new Set([destination, ...reached.flatMap((address) => canonicalAddress(address) ?? [])]);
  const left = new Set(trace.legs.filter(leavesHost).flatMap(lastDestination));
  const foreign = [...all].filter((address) => !isOwnAddress(snapshot, address) || left.has(address));
  const [first, second] = foreign;
  if (first === undefined) return;
  if (second !== undefined)
    throw notPossible(`The packet for ${first} would be translated to ${second}, and both are outside this host.`, {
      where: second,
      about: [first, second],
    });
  if (confirmedAddress !== null && canonicalAddress(confirmedAddress) === first) return;
  throw new VethscopeError('probeNeedsConfirmation', `The packet would go to ${first}, outside this host.`, {
    where: first,
    fix: `Confirm ${first} to send it all the same.`,
    about: [first],
  });
}

/** Whatever comes of it: a packet that was transmitted and not received again is outside. */
function leavesHost({ disposition, hops }: Leg): boolean {
  return disposition === 'leftHost' || hops.at(-1)?.steps.at(-1)?.kind === 'transmit';
}

function lastDestination({ packet, hops }: Leg): string[] {
  const address = canonicalAddress(hops.at(-1)?.steps.at(-1)?.after.destination ?? packet.destination);
  return address === null ? [] : [address];
}

function stepsOf({ legs }: Trace): Step[] {
  return legs.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps));
}

/** The sender's, the host's, and every other on the way there and back. */
function sandboxesOf(sender: string, { legs }: Trace): string[] {
  const hops = legs.flatMap((leg) => [...leg.hops, ...leg.reply]);
  return [...new Set([sender, ids.hostSandbox, ...hops.map(({ sandbox }) => sandbox)])];
}

function addressesOf(trace: Trace): string[] {
  const [first] = trace.legs;
  const packets = (first?.hops ?? []).flatMap(({ steps }) => steps.flatMap(({ before, after }) => [before, after]));
  return [...new Set(packets.flatMap(({ source, destination }) => [source, destination]))].flatMap(
    (address) => canonicalAddress(address) ?? [],
  );
}

/** A connection of docker-proxy's own: its port is its kernel's choice. */
function matchesOfLeg(protocol: TraceMatch['protocol'], to: string, port: number | null): TraceMatch[] {
  const destination = canonicalAddress(to);
  if (destination === null) return [];
  const common = { family: destination.includes(':') ? 6 : 4, protocol, echoId: null } as const;
  const nothing = { source: null, destination: null, sourcePort: null, destinationPort: null };
  return [
    { ...common, ...nothing, direction: 'request', destination, destinationPort: port },
    { ...common, ...nothing, direction: 'reply', source: destination, sourcePort: port },
  ];
}
