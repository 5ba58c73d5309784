import type { IptablesMatch, IptablesTarget, Rule } from '@vethscope/model';
import { describeNft } from './describeNft.ts';
import { portText } from './mentions.ts';

/**
 * One short sentence of what a rule does, for a person: "TCP to port 8080 not from docker0 goes to 172.17.0.4:80." It leaves nothing out that
 * narrows the rule: what has no words of its own is quoted as it stands.
 */
export function describeRule(rule: Pick<Rule, 'body' | 'text' | 'unparsed'>): string {
  const sentence = rule.body.syntax === 'iptables' ? describeIptables(rule.body) : describeNft(rule.body);
  return rule.unparsed === null ? sentence : `${sentence} Not understood: ${rule.unparsed}`;
}

function describeIptables({ matches, target }: { matches: IptablesMatch[]; target: IptablesTarget | null }): string {
  const known = new Set(['protocol', 'comment']);
  const parts = matches.filter((match) => !known.has(match.kind) && match.kind !== 'unknown').map(matchWords);
  const subject = matches.flatMap((match) => (match.kind === 'protocol' ? [protocolWords(match)] : []))[0];
  const words = [subject ?? 'Every packet', ...parts].join(' ');
  const all = subject === undefined && parts.length > 0 ? `What is ${parts.join(' ')}` : words;
  return `${all} ${targetWords(target)}.`;
}

function protocolWords({ not, protocol }: { not: boolean; protocol: string }): string {
  const name = protocol.toUpperCase();
  return not ? `All but ${name}` : name;
}

const isNot = (match: { not: boolean }) => (match.not ? 'not ' : '');
const hex = (number: number) => `0x${number.toString(16)}`;
const masked = ({ value, mask }: { value: number; mask: number }) =>
  mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;
const listed = (words: string[]) => words.join(' or ');

const tuples = {
  origSource: 'originally from',
  origDestination: 'originally to',
  replySource: 'answered from',
  replyDestination: 'answered to',
} as const;

/** A match as part of "What is …": an adjective or a place. */
function matchWords(match: IptablesMatch): string {
  switch (match.kind) {
    case 'source':
      return `${isNot(match)}from ${match.prefix}`;
    case 'destination':
      return `${isNot(match)}to ${match.prefix}`;
    case 'inLink':
      return `${isNot(match)}from ${match.name}`;
    case 'outLink':
      return `${isNot(match)}leaving by ${match.name}`;
    case 'protocol':
      return `${isNot(match)}${match.protocol.toUpperCase()}`;
    case 'fragment':
      return match.not ? 'the head of a packet' : 'a later fragment';
    case 'sourcePort':
      return `${isNot(match)}from port ${portText(match.ports)}`;
    case 'destinationPort':
      return `${isNot(match)}to port ${portText(match.ports)}`;
    case 'multiport': {
      const side = { source: 'from', destination: 'to', either: 'from or to' }[match.side];
      return `${isNot(match)}${side} ports ${match.ports.map(portText).join(', ')}`;
    }
    case 'tcpFlags':
      return `${isNot(match)}with ${match.set.join(', ') || 'none'} of the flags ${match.mask.join(', ')}`;
    case 'tcpOption':
      return `${isNot(match)}with TCP option ${match.option}`;
    case 'icmpType':
      return `${isNot(match)}of ICMP type ${match.name}`;
    case 'addrtype': {
      const side = match.side === 'source' ? 'from' : 'to';
      const link = match.limitIn ? ' of the incoming link' : match.limitOut ? ' of the outgoing link' : '';
      return `${isNot(match)}${side} a ${listed(match.types.map((type) => type.toLowerCase()))} address${link}`;
    }
    case 'ctState':
      return `${isNot(match)}of ${listed(match.states.map((state) => state.toLowerCase()))} connections`;
    case 'ctStatus':
      return `${isNot(match)}of connections with status ${listed(match.statuses.map((status) => status.toLowerCase()))}`;
    case 'ctDirection':
      return `in the ${match.direction} direction`;
    case 'ctProtocol':
      return `${isNot(match)}of connections of protocol ${match.protocol}`;
    case 'ctAddress':
      return `${isNot(match)}${tuples[match.tuple]} ${match.prefix}`;
    case 'ctPort':
      return `${isNot(match)}${tuples[match.tuple]} port ${portText(match.ports)}`;
    case 'ctHelper':
      return `${isNot(match)}of connections with helper ${match.helper || 'of any kind'}`;
    case 'set':
      return `${isNot(match)}in set ${match.name} (${match.directions.join(', ')})`;
    case 'mark':
      return `${isNot(match)}marked ${masked(match)}`;
    case 'connmark':
      return `${isNot(match)}of connections marked ${masked(match)}`;
    case 'physdev':
      return `${isNot(match)}${physdevWords(match.test, match.name)}`;
    case 'iprange':
      return `${isNot(match)}${match.side === 'source' ? 'from' : 'to'} ${match.from}-${match.to}`;
    case 'mac':
      return `${isNot(match)}from MAC ${match.address}`;
    case 'pkttype':
      return `${isNot(match)}${match.type}`;
    case 'owner':
      return match.test === 'socketExists'
        ? `${isNot(match)}of a local socket`
        : `${isNot(match)}of ${match.test === 'uid' ? 'user' : 'group'} ${match.value ?? ''}`;
    case 'length':
      return `${isNot(match)}${portText(match.lengths)} bytes long`;
    case 'ttl':
      return `${isNot(match)}with a hop limit ${{ eq: 'of', lt: 'below', gt: 'above' }[match.compare]} ${match.value}`;
    case 'dscp':
      return `${isNot(match)}of DSCP ${hex(match.value)}`;
    case 'tos':
      return `${isNot(match)}of TOS ${hex(match.value)}/${hex(match.mask)}`;
    case 'rpfilter':
      return match.not ? 'without a route back' : 'with a route back';
    case 'policy':
      return `${isNot(match)}${match.policy === 'none' ? 'without' : 'with'} IPsec (${match.direction})`;
    case 'ipvs':
      return `${isNot(match)}balanced by IPVS${match.value === null ? '' : ` (${match.test} ${match.value})`}`;
    case 'socket':
      return `${isNot(match)}for an open socket${match.transparent ? ' that is transparent' : ''}`;
    case 'extensionHeader':
      return `${isNot(match)}with header ${match.header}`;
    case 'stateful':
      return `${isNot(match)}as ${match.module} ${match.words.join(' ')} allows`;
    case 'comment':
    case 'unknown':
      return '';
    default: {
      const never: never = match;
      return never;
    }
  }
}

function physdevWords(test: Extract<IptablesMatch, { kind: 'physdev' }>['test'], name: string | null): string {
  switch (test) {
    case 'in':
      return `from bridge port ${name}`;
    case 'out':
      return `leaving by bridge port ${name}`;
    case 'isIn':
      return 'come by a bridge port';
    case 'isOut':
      return 'leaving by a bridge port';
    case 'isBridged':
      return 'bridged';
    default: {
      const never: never = test;
      return never;
    }
  }
}

/** "192.0.2.1-192.0.2.9:80", an IPv6 address before a port in brackets. */
function placeWords(target: Extract<IptablesTarget, { kind: 'dnat' | 'snat' }>): string {
  const range = target.addressTo === null ? (target.address ?? '') : `${target.address}-${target.addressTo}`;
  if (target.ports === null) return range;
  if (target.address === null) return `port ${portText(target.ports)}`;
  return `${range.includes(':') ? `[${range}]` : range}:${portText(target.ports)}`;
}

function targetWords(target: IptablesTarget | null): string {
  switch (target?.kind) {
    case undefined:
      return 'is counted';
    case 'accept':
      return 'is accepted';
    case 'drop':
      return 'is dropped';
    case 'return':
      return 'goes back to the calling chain';
    case 'reject':
      return `is rejected with ${target.with}`;
    case 'jump':
      return `is looked at by ${target.chain}`;
    case 'goto':
      return `is handed to ${target.chain}`;
    case 'dnat':
      return `goes to ${placeWords(target)}`;
    case 'snat':
      return `leaves as ${placeWords(target)}`;
    case 'masquerade':
      return `leaves with the address of its outgoing link${target.ports ? `, ports ${portText(target.ports)}` : ''}`;
    case 'redirect':
      return `goes to this machine${target.ports ? `, port ${portText(target.ports)}` : ''}`;
    case 'netmap':
      return `is mapped to ${target.to}`;
    case 'npt':
      return `has its ${target.side} prefix ${target.from} changed to ${target.to}`;
    case 'mark':
      return `gets mark ${masked(target)}`;
    case 'connmark': {
      if (target.operation === 'set') return `gets connection mark ${masked(target)}`;
      return target.operation === 'save' ? 'has its mark saved to the connection' : "gets the connection's mark";
    }
    case 'notrack':
      return 'is not tracked';
    case 'ct':
      return target.notrack ? 'is not tracked' : `is tracked with ${target.words.join(' ')}`;
    case 'tproxy':
      return `is given to the local socket at ${target.address ?? 'the link’s address'}, port ${target.port}`;
    case 'queue':
      return target.number === null ? 'is queued to a program' : `is queued to a program (queue ${target.number})`;
    case 'passing':
    case 'stateful':
      return `passes ${[target.name, ...target.words].join(' ')}`;
    case 'unknown':
      return `meets ${target.name}`;
    default: {
      const never: never = target;
      return never;
    }
  }
}
