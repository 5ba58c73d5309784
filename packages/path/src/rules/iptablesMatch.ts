import type { IptablesMatch } from '@vethscope/model';
import { serviceOf } from '../flight.ts';
import { ipNumber, isInPrefix, isMulticast } from '../ipNumber.ts';
import { reversePathHolds } from '../reversePath.ts';
import { addressType } from '../routing.ts';
import { socketFor } from '../socketFor.ts';
import { matchConntrack } from './conntrackMatch.ts';
import { matchIpset } from './ipsetMatch.ts';
import { type Answer, depends, type RuleContext, turned, unmodelled } from './ruleContext.ts';

/** "eth+" stands for every name that begins so. Source: kernel x_tables ifname_compare. */
function nameMatches(pattern: string, name: string | null): boolean {
  const given = name ?? '';
  return pattern.endsWith('+') ? given.startsWith(pattern.slice(0, -1)) : given === pattern;
}

const numbers: Record<string, readonly string[]> = {
  tcp: ['tcp', '6'],
  udp: ['udp', '17'],
  sctp: ['sctp', '132'],
};

function protocolIs(name: string, { protocol, family }: RuleContext['flight']): boolean {
  const wanted = name.toLowerCase();
  if (wanted === 'all' || wanted === '0') return true;
  if (protocol !== 'icmp') return (numbers[protocol] ?? []).includes(wanted);
  return family === 4 ? ['icmp', '1'].includes(wanted) : ['ipv6-icmp', 'icmpv6', 'icmp6', '58'].includes(wanted);
}

const inRange = (value: number | null, { from, to }: { from: number; to: number }): boolean =>
  value !== null && value >= from && value <= to;

function within(address: string, prefix: string, { why }: RuleContext): Answer {
  return isInPrefix(address, prefix) ?? unmodelled(why.prefixNotUnderstood(prefix));
}

/**
 * Whether one match of an iptables rule holds for a packet [P13]. A snapshot does not hold everything: what it leaves open is an answer of its
 * own, never a guess. Sources: kernel net/netfilter/xt_*.c of the match's name.
 */
export function matchIptables(match: IptablesMatch, context: RuleContext): Answer {
  const { flight, namespace } = context;
  switch (match.kind) {
    case 'source':
      return turned(within(flight.source, match.prefix, context), match.not);
    case 'destination':
      return turned(within(flight.destination, match.prefix, context), match.not);
    case 'inLink':
      return nameMatches(match.name, flight.inLink) !== match.not;
    case 'outLink':
      return nameMatches(match.name, flight.outLink) !== match.not;
    case 'protocol':
      return protocolIs(match.protocol, flight) !== match.not;
    case 'fragment':
      return match.not;
    case 'sourcePort':
      return protocolIs(match.protocol, flight) && inRange(flight.sourcePort, match.ports) !== match.not;
    case 'destinationPort':
      return protocolIs(match.protocol, flight) && inRange(flight.destinationPort, match.ports) !== match.not;
    case 'multiport':
      return multiport(match, context);
    case 'tcpFlags': {
      if (flight.protocol !== 'tcp') return false;
      const set = match.mask.filter((flag) => flight.tcpFlags.includes(flag));
      return (set.length === match.set.length && set.every((flag) => match.set.includes(flag))) !== match.not;
    }
    case 'tcpOption':
      return depends(context.why.tcpOptionsNotAsked);
    case 'icmpType':
      return icmpType(match, context);
    case 'addrtype': {
      const name = match.limitIn ? flight.inLink : match.limitOut ? flight.outLink : null;
      const link = name === null ? null : namespace.linkNamed(name);
      const address = match.side === 'source' ? flight.source : flight.destination;
      const type = addressType(namespace, address, link);
      if (flight.family === 6) return hasTypes6(address, { type, types: match.types }) !== match.not;
      return match.types.some((wanted) => wanted.toLowerCase() === type) !== match.not;
    }
    case 'ctState':
    case 'ctStatus':
    case 'ctDirection':
    case 'ctProtocol':
    case 'ctAddress':
    case 'ctPort':
    case 'ctHelper':
    case 'connmark':
      return matchConntrack(match, context);
    case 'set':
      return turned(matchIpset(match, context), match.not);
    case 'mark':
      return ((flight.mark & match.mask) >>> 0 === match.value) !== match.not;
    case 'physdev':
      return physdev(match, context);
    case 'iprange': {
      const address = ipNumber(match.side === 'source' ? flight.source : flight.destination);
      const from = ipNumber(match.from);
      const to = ipNumber(match.to);
      if (address === null || from === null || to === null) return unmodelled(context.why.rangeNotUnderstood);
      const inside = address.family === from.family && address.value >= from.value && address.value <= to.value;
      return inside !== match.not;
    }
    case 'mac':
      return flight.local ? match.not : depends(context.why.senderMacNotAsked);
    case 'pkttype': {
      // A bridged frame for another host is shown to the IP hooks as one for this host. Source: kernel br_netfilter_hooks.c setup_pre_routing.
      const type = isMulticast(flight.destination) ? 'multicast' : 'unicast';
      return (match.type.toLowerCase() === type || (match.type === 'host' && type === 'unicast')) !== match.not;
    }
    case 'owner':
      if (!flight.local) return match.not;
      if (match.test === 'socketExists') return !match.not;
      return depends(context.why.processNotAsked);
    case 'length': {
      const { from, to } = match.lengths;
      if (to < flight.length) return match.not;
      if (from <= flight.length && to >= 65535) return !match.not;
      return depends(context.why.lengthNotAsked(flight.length));
    }
    case 'ttl':
      return depends(context.why.ttlNotAsked);
    case 'dscp':
      return (match.value === serviceOf(flight) >> 2) !== match.not;
    case 'tos':
      return (match.value === (serviceOf(flight) & match.mask)) !== match.not;
    case 'rpfilter':
      return reversePathHolds(context, match) !== match.not;
    case 'policy':
      return depends(context.why.ipsecUnread);
    case 'ipvs':
      return depends(context.why.ipvsUnread);
    case 'socket': {
      if (match.transparent || match.restoreMark) return depends(context.why.transparencyUnread);
      const found = socketFor(namespace, flight);
      const wild = found !== null && (found.address === '0.0.0.0' || found.address === '::');
      return (found !== null && !(match.noWildcard && wild)) !== match.not;
    }
    case 'extensionHeader':
      return match.not;
    case 'comment':
      return true;
    case 'stateful':
      return depends(context.why.answersByMore(match.module));
    case 'unknown':
      return unmodelled(context.why.matchNotModelled([match.module ?? '', ...match.words].join(' ').trim()));
    default: {
      const never: never = match;
      return never;
    }
  }
}

/**
 * Of IPv6 `unicast` and `multicast` ask about the address itself, and must hold beside what is asked about its route. Source: kernel
 * xt_addrtype.c match_type6.
 */
function hasTypes6(address: string, { type, types }: { type: string; types: readonly string[] }): boolean {
  const wanted = types.map((word) => word.toLowerCase());
  if (wanted.includes('unicast') && (isMulticast(address) || type === 'unspec')) return false;
  if (wanted.includes('multicast') && !isMulticast(address)) return false;
  const ofRoute = wanted.filter((word) => ['local', 'anycast', 'unreachable'].includes(word));
  return ofRoute.length === 0 || ofRoute.includes(type);
}

function multiport(match: Extract<IptablesMatch, { kind: 'multiport' }>, { flight }: RuleContext): Answer {
  if (flight.protocol === 'icmp') return false;
  const any = (port: number | null) => match.ports.some((ports) => inRange(port, ports));
  const source = any(flight.sourcePort);
  const destination = any(flight.destinationPort);
  switch (match.side) {
    case 'source':
      return source !== match.not;
    case 'destination':
      return destination !== match.not;
    case 'either':
      return (source || destination) !== match.not;
    default: {
      const never: never = match.side;
      return never;
    }
  }
}

function icmpType(match: Extract<IptablesMatch, { kind: 'icmpType' }>, { flight }: RuleContext): Answer {
  if (flight.protocol !== 'icmp' || flight.family !== match.family) return false;
  const holds =
    match.icmpType === null ||
    (flight.icmpType === match.icmpType && (match.codes === null || inRange(flight.icmpCode, match.codes)));
  return holds !== match.not;
}

/** The ports of a bridge are known to netfilter only while it sees a bridged packet. Source: kernel xt_physdev.c. */
function physdev(match: Extract<IptablesMatch, { kind: 'physdev' }>, { flight }: RuleContext): Answer {
  switch (match.test) {
    case 'in':
      return (flight.physIn !== null && nameMatches(match.name ?? '+', flight.physIn)) !== match.not;
    case 'out':
      return (flight.physOut !== null && nameMatches(match.name ?? '+', flight.physOut)) !== match.not;
    case 'isIn':
      return (flight.physIn !== null) !== match.not;
    case 'isOut':
      return (flight.physOut !== null) !== match.not;
    case 'isBridged':
      return (flight.bridged && flight.physOut !== null) !== match.not;
    default: {
      const never: never = match.test;
      return never;
    }
  }
}
