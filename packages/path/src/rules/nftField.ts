import { serviceOf } from '../flight.ts';
import { isMulticast } from '../ipNumber.ts';
import { addressType, lookUpRoute } from '../routing.ts';
import type { Said } from '../sentences/sentences.ts';
import { ctAddress, ctPort, stateOf, type TupleField } from './conntrackMatch.ts';
import { flagBits, type NftDomain, type NftScalar, type NftValue, protocolNumber } from './nftDomain.ts';
import type { NftFields as Fields } from './nftFields.ts';
import type { RuleContext } from './ruleContext.ts';

/**
 * A value; `absent` makes the rule not match, whatever the operator (NFT_BREAK); `open` is not in the snapshot. `partly`: a concatenation of which some
 * parts are open (domain `unread`); what differs from the others is another value.
 */
export type NftReading =
  | { kind: 'value'; value: NftValue }
  | { kind: 'partly'; value: NftScalar[]; why: Said; modelled: boolean }
  | { kind: 'absent' }
  | { kind: 'open'; why: Said; modelled: boolean };

export const absent: NftReading = { kind: 'absent' };
export const open = (why: Said): NftReading => ({ kind: 'open', why, modelled: true });
export const unmodelledValue = (why: Said): NftReading => ({ kind: 'open', why, modelled: false });

export function scalar(domain: NftDomain, value: string | number | boolean | null): NftReading {
  return value === null ? absent : { kind: 'value', value: { domain, value } };
}

export function payload(fields: Fields, { flight, family, hook, why }: RuleContext): NftReading {
  const name = `${String(fields.protocol)} ${String(fields.field)}`;
  const ip = flight.family === 4;
  switch (name) {
    case 'ip saddr':
      return ip ? scalar('address', flight.source) : absent;
    case 'ip daddr':
      return ip ? scalar('address', flight.destination) : absent;
    case 'ip protocol':
      return ip ? scalar('protocol', protocolNumber(flight.protocol, 4)) : absent;
    case 'ip version':
      return ip ? scalar('number', 4) : absent;
    case 'ip dscp':
      return ip ? scalar('dscp', serviceOf(flight) >> 2) : absent;
    case 'ip frag-off':
      return ip ? scalar('number', 0) : absent;
    case 'ip6 saddr':
      return ip ? absent : scalar('address', flight.source);
    case 'ip6 daddr':
      return ip ? absent : scalar('address', flight.destination);
    case 'ip6 nexthdr':
      return ip ? absent : scalar('protocol', protocolNumber(flight.protocol, 6));
    case 'ip6 version':
      return ip ? absent : scalar('number', 6);
    case 'ip6 dscp':
      return ip ? absent : scalar('dscp', serviceOf(flight) >> 2);
    case 'tcp sport':
    case 'udp sport':
    case 'sctp sport':
      return fields.protocol === flight.protocol ? scalar('port', flight.sourcePort) : absent;
    case 'tcp dport':
    case 'udp dport':
    case 'sctp dport':
      return fields.protocol === flight.protocol ? scalar('port', flight.destinationPort) : absent;
    case 'th sport':
      // Of an echo these bytes are its type and code.
      if (flight.protocol === 'icmp') return scalar('port', ((flight.icmpType ?? 0) << 8) | (flight.icmpCode ?? 0));
      return scalar('port', flight.sourcePort);
    case 'th dport':
      if (flight.protocol === 'icmp') return open(why.echoChecksum);
      return scalar('port', flight.destinationPort);
    case 'tcp flags':
      return flight.protocol === 'tcp' ? scalar('tcpFlags', flagBits(flight.tcpFlags)) : absent;
    case 'icmp type':
      return ip && flight.protocol === 'icmp' ? scalar('icmpType', flight.icmpType) : absent;
    case 'icmpv6 type':
      return !ip && flight.protocol === 'icmp' ? scalar('icmpv6Type', flight.icmpType) : absent;
    case 'icmp code':
      return ip && flight.protocol === 'icmp' ? scalar('icmpCode', flight.icmpCode) : absent;
    case 'icmpv6 code':
      return !ip && flight.protocol === 'icmp' ? scalar('icmpv6Code', flight.icmpCode) : absent;
    case 'ether type':
      return family === 'bridge' || family === 'netdev' || hook !== 'output'
        ? scalar('etherType', ip ? 0x800 : 0x86dd)
        : absent;
    default: {
      const protocol = String(fields.protocol);
      const others = ['tcp', 'udp', 'sctp', 'udplite', 'dccp', 'ah', 'esp', 'comp', 'gre', 'igmp', 'arp', 'vlan'];
      if (others.includes(protocol) && protocol !== flight.protocol) return absent;
      if (protocol === 'ip6' && ip) return absent;
      if (protocol === 'ip' && !ip) return absent;
      return open(why.fieldNotAsked(name));
    }
  }
}

export function meta(key: string, { flight, why }: RuleContext): NftReading {
  switch (key) {
    // A link that the hook does not have is the empty name. Source: kernel nft_meta.c nft_meta_store_ifname.
    case 'iifname':
    case 'iif':
      return scalar('name', flight.inLink ?? '');
    case 'oifname':
    case 'oif':
      return scalar('name', flight.outLink ?? '');
    case 'ibrname':
    case 'obrname':
      return scalar('name', (key === 'ibrname' ? flight.inLink : flight.outLink) ?? '');
    case 'mark':
      return scalar('mark', flight.mark);
    case 'nfproto':
      return scalar('family', flight.family === 4 ? 2 : 10);
    case 'l4proto':
      return scalar('protocol', protocolNumber(flight.protocol, flight.family));
    case 'protocol':
      return scalar('etherType', flight.family === 4 ? 0x800 : 0x86dd);
    case 'pkttype':
      return scalar('packetType', isMulticast(flight.destination) ? 'multicast' : 'host');
    case 'skuid':
    case 'skgid':
    case 'cgroup':
      return flight.local ? open(why.processNotAsked) : absent;
    case 'secpath':
    case 'ipsec':
      return open(why.ipsecUnread);
    default:
      return open(why.moreThanSnapshot(`meta ${key}`));
  }
}

export function ct(fields: Fields, { flight, why }: RuleContext): NftReading {
  const key = String(fields.key);
  const replySide = fields.dir === 'reply';
  // Only the connections of that family have such an address. Source: kernel nft_ct.c nft_ct_get_eval.
  if (key.startsWith('ip ') || key.startsWith('ip6 ')) {
    if (key.startsWith('ip ') !== (flight.family === 4)) return absent;
  }
  const field = (end: 'Source' | 'Destination'): TupleField => (replySide ? `reply${end}` : `orig${end}`);
  switch (key) {
    case 'state':
      return scalar('ctState', stateOf(flight));
    case 'mark':
      return scalar('mark', flight.connection?.mark ?? null);
    case 'direction':
      return flight.connection === null ? absent : scalar('ctDirection', flight.direction);
    case 'status': {
      const { connection } = flight;
      if (connection === null) return absent;
      const bits =
        (connection.answered ? 2 : 0) |
        (connection.confirmed ? 8 : 0) |
        (connection.sourceTranslated ? 16 : 0) |
        (connection.destinationTranslated ? 32 : 0);
      return scalar('ctStatus', bits);
    }
    case 'saddr':
    case 'ip saddr':
    case 'ip6 saddr':
      return scalar('address', ctAddress(flight, field('Source')));
    case 'daddr':
    case 'ip daddr':
    case 'ip6 daddr':
      return scalar('address', ctAddress(flight, field('Destination')));
    case 'proto-src':
      return scalar('port', ctPort(flight, field('Source')));
    case 'proto-dst':
      return scalar('port', ctPort(flight, field('Destination')));
    case 'protocol':
      return flight.connection === null ? absent : scalar('protocol', protocolNumber(flight.protocol, flight.family));
    case 'l3proto':
      return flight.connection === null ? absent : scalar('family', flight.family === 4 ? 2 : 10);
    case 'helper':
      return absent;
    default:
      return open(why.moreThanSnapshot(`ct ${key}`));
  }
}

/**
 * The link to an address. An own address has none; with a link of the packet in the question only that one is an answer. What comes in by the
 * loopback is not looked up. Source: kernel nft_fib.h nft_fib_can_skip, nft_fib_ipv4.c nft_fib4_eval, nft_fib_ipv6.c nft_fib6_eval.
 */
function fibLink(
  { address, linkName, mark }: { address: string; linkName: string | null; mark: number },
  { flight, namespace, decisions, hook }: RuleContext,
): string {
  if (hook === 'prerouting' && flight.inLink === 'lo') return 'lo';
  const { family, protocol, sourcePort, destinationPort } = flight;
  const answer = lookUpRoute(
    namespace,
    {
      family,
      destination: address,
      source: null,
      mark,
      protocol,
      sourcePort,
      destinationPort,
      inLink: null,
      outLink: null,
    },
    decisions,
  );
  if (answer.kind !== 'unicast') return '';
  const found = namespace.links.get(answer.link)?.name ?? '';
  if (linkName === null || linkName === found) return found;
  const uses = answer.route.nextHops.some(({ link }) => link !== null && namespace.links.get(link)?.name === linkName);
  return uses ? linkName : '';
}

export function fib(fields: Fields, context: RuleContext): NftReading {
  const { flight, namespace } = context;
  const flags = (Array.isArray(fields.flags) ? fields.flags : [fields.flags ?? '']).map(String);
  const ofSource = flags.includes('saddr');
  const address = ofSource ? flight.source : flight.destination;
  const linkName = flags.includes('iif') ? flight.inLink : flags.includes('oif') ? flight.outLink : null;
  if (String(fields.result) === 'type') {
    return scalar(
      'addressType',
      addressType(namespace, address, linkName === null ? null : namespace.linkNamed(linkName)),
    );
  }
  const name = fibLink({ address, linkName, mark: flags.includes('mark') ? flight.mark : 0 }, context);
  switch (String(fields.result)) {
    case 'oif':
    case 'oifname':
      return scalar('name', name);
    default:
      return scalar('boolean', name !== '');
  }
}
