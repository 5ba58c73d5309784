import { type Leg, type NetfilterFamily, type ProbePacket, probeTable, type RuleRef } from '@vethscope/model';
import type { ChainHandles } from '../host/probeSession.ts';
import type { ProbeHeaders } from '../host/probeSocket.ts';
import type { TracedHeader, TraceEvent } from '../host/traceMessage.ts';
import { canonicalAddress } from './probeAddress.ts';

/** What one namespace's kernel told of one packet: the packet as it came, and the rules that it met. */
export interface ObservedPass {
  leg: number;
  direction: 'request' | 'reply';
  header: TracedHeader;
  rules: RuleRef[];
  /** Rules that are not in the chain any more. */
  lost: number;
}

const resetFlag = 4;
const synFlag = 2;

/** Which packet a header is of; null for one that is none of this probe's. */
function roleOf(
  header: TracedHeader,
  { headers, legs }: { headers: ProbeHeaders; legs: readonly Leg[] },
): Pick<ObservedPass, 'leg' | 'direction'> | null {
  const isOwn = (port: number | null) => port !== null && port === headers.sourcePort;
  if (header.protocol === 'icmp') {
    if (header.echoId === null || header.echoId !== headers.echoId) return null;
    return { leg: 0, direction: header.icmpType === 8 || header.icmpType === 128 ? 'request' : 'reply' };
  }
  if (isOwn(header.sourcePort)) return { leg: 0, direction: 'request' };
  if (isOwn(header.destinationPort)) return { leg: 0, direction: 'reply' };
  for (const [leg, { packet }] of legs.entries()) {
    if (leg === 0) continue;
    const there = canonicalAddress(packet.destination);
    if (header.destination === there && header.destinationPort === packet.destinationPort)
      return { leg, direction: 'request' };
    if (header.source === there && header.sourcePort === packet.destinationPort) return { leg, direction: 'reply' };
  }
  return null;
}

/**
 * The passes of one namespace, from what its kernel told. Messages of several ids are one pass, because the kernel gives a packet a new one on the loopback, and
 * where a bridge copies it.
 */
export function observedPasses(
  events: readonly TraceEvent[],
  probe: { headers: ProbeHeaders; legs: readonly Leg[]; chains: readonly ChainHandles[] },
): ObservedPass[] {
  const passes = new Map<string, ObservedPass>();
  const byId = new Map<number, ObservedPass | null>();
  for (const event of events) {
    if (event.header !== null && !byId.has(event.id)) byId.set(event.id, passFor(event.header, passes, probe));
    const pass = byId.get(event.id);
    if (pass === undefined || pass === null || event.table === probeTable.name) continue;
    const rule = ruleOf(event, probe.chains);
    if (rule === 'lost') pass.lost += 1;
    else if (rule !== null) pass.rules.push(rule);
  }
  return [...passes.values()];
}

function passFor(
  header: TracedHeader,
  passes: Map<string, ObservedPass>,
  probe: { headers: ProbeHeaders; legs: readonly Leg[] },
): ObservedPass | null {
  const role = roleOf(header, probe);
  if (role === null) return null;
  const key = `${role.leg} ${role.direction}`;
  const known = passes.get(key);
  if (known === undefined) {
    const pass: ObservedPass = { ...role, header, rules: [], lost: 0 };
    passes.set(key, pass);
    return pass;
  }
  return isSamePacket(known, header) ? known : null;
}

/** A later packet the other way, as the reset of a connection that is closed, is another; so is another connection of docker-proxy's. */
function isSamePacket({ header: first, leg, direction }: ObservedPass, header: TracedHeader): boolean {
  const kind = (flags: number | null) => (flags ?? 0) & (synFlag | resetFlag);
  if (kind(first.tcpFlags) !== kind(header.tcpFlags)) return false;
  if (leg === 0) return true;
  return direction === 'request'
    ? first.sourcePort === header.sourcePort
    : first.destinationPort === header.destinationPort;
}

function ruleOf(event: TraceEvent, chains: readonly ChainHandles[]): RuleRef | 'lost' | null {
  const { table, chain, verdict } = event;
  const family = event.family as NetfilterFamily;
  switch (event.kind) {
    case 'return':
      return null;
    case 'policy':
      return { family, table, chain, rule: 'policy', verdict };
    case 'rule': {
      const named = chains.find((each) => each.family === family && each.table === table && each.chain === chain);
      const position = named?.handles.indexOf(event.handle ?? '') ?? -1;
      return position < 0 ? 'lost' : { family, table, chain, rule: position + 1, verdict };
    }
  }
}

/** As it is shown, with the links' names. */
export function probePacketOf(header: TracedHeader, linkName: (ifindex: number) => string): ProbePacket {
  const { family, protocol, source, sourcePort, destination, destinationPort, icmpType, mark } = header;
  const name = (ifindex: number | null) => (ifindex === null ? null : linkName(ifindex));
  return {
    family,
    protocol,
    source,
    sourcePort,
    destination,
    destinationPort,
    icmpType,
    mark,
    inLink: name(header.inLink),
    outLink: name(header.outLink),
  };
}
