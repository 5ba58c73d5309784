import type { NftExpression } from '@vethscope/model';
import { ipNumber } from '../ipNumber.ts';
import { icmpNames } from './nftIcmp.ts';

/** What a value of an expression means, and so how a name that it is compared with becomes a value. */
export type NftDomain =
  | 'address'
  | 'port'
  | 'protocol'
  | 'name'
  | 'mark'
  | 'ctState'
  | 'ctStatus'
  | 'ctDirection'
  | 'addressType'
  | 'icmpType'
  | 'icmpv6Type'
  | 'icmpCode'
  | 'icmpv6Code'
  | 'tcpFlags'
  | 'packetType'
  | 'family'
  | 'etherType'
  | 'dscp'
  | 'boolean'
  | 'number'
  /** A part of a concatenation that a snapshot does not tell. */
  | 'unread';

export interface NftScalar {
  domain: NftDomain;
  value: string | number | boolean;
}

export type NftValue = NftScalar | NftScalar[];

const protocols: Record<string, number> = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  dccp: 33,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  'ipv6-icmp': 58,
  ospf: 89,
  comp: 108,
  vrrp: 112,
  sctp: 132,
  udplite: 136,
};
const tcpFlags: Record<string, number> = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 };
const ctStatus: Record<string, number> = {
  expected: 1,
  'seen-reply': 2,
  assured: 4,
  confirmed: 8,
  snat: 16,
  dnat: 32,
  dying: 512,
};
const families: Record<string, number> = { ipv4: 2, ipv6: 10 };
const etherTypes: Record<string, number> = { ip: 0x800, arp: 0x806, ip6: 0x86dd, vlan: 0x8100, '8021q': 0x8100 };

/** Source: nftables proto.c dscp_type_tbl. */
const codePoints: Record<string, number> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`cs${at}`, at * 8])),
  ...Object.fromEntries([1, 2, 3, 4].flatMap((of) => [1, 2, 3].map((drop) => [`af${of}${drop}`, of * 8 + drop * 2]))),
  df: 0,
  be: 0,
  lephb: 1,
  va: 44,
  ef: 46,
};

const tables: Partial<Record<NftDomain, Record<string, number>>> = {
  protocol: protocols,
  tcpFlags,
  ctStatus,
  family: families,
  etherType: etherTypes,
  dscp: codePoints,
  ...icmpNames,
};

export function protocolNumber(protocol: string, family: 4 | 6): number {
  return protocol === 'icmp' ? (family === 4 ? 1 : 58) : (protocols[protocol] ?? -1);
}

export function flagBits(names: readonly string[]): number {
  return names.reduce((bits, name) => bits | (tcpFlags[name.toLowerCase()] ?? 0), 0);
}

/** A literal of a rule as a value of a domain. null where the name is not known. */
export function literalIn(domain: NftDomain, literal: NftExpression): string | number | boolean | null {
  if (typeof literal === 'number' || typeof literal === 'boolean') return literal;
  if (typeof literal !== 'string') return null;
  switch (domain) {
    case 'address':
      return ipNumber(literal) === null ? null : literal;
    case 'name':
    case 'ctState':
    case 'ctDirection':
    case 'addressType':
    case 'packetType':
      return literal;
    case 'boolean':
      return literal === 'exists' || literal === 'true' ? true : literal === 'missing' ? false : null;
    case 'port':
    case 'protocol':
    case 'mark':
    case 'ctStatus':
    case 'tcpFlags':
    case 'family':
    case 'etherType':
    case 'dscp':
    case 'icmpType':
    case 'icmpv6Type':
    case 'icmpCode':
    case 'icmpv6Code':
    case 'number': {
      const table = tables[domain];
      if (table !== undefined && Object.hasOwn(table, literal)) return table[literal] ?? null;
      const number = Number(literal);
      return literal.trim() === '' || Number.isNaN(number) ? null : number;
    }
    case 'unread':
      return null;
    default: {
      const never: never = domain;
      return never;
    }
  }
}

/** Whether a value and a literal of the same domain are the same. */
export function sameIn(
  domain: NftDomain,
  value: string | number | boolean,
  literal: string | number | boolean,
): boolean {
  if (domain === 'address') {
    const [a, b] = [ipNumber(String(value)), ipNumber(String(literal))];
    return a !== null && b !== null && a.family === b.family && a.value === b.value;
  }
  if (domain === 'name' && typeof literal === 'string' && literal.endsWith('*')) {
    return String(value).startsWith(literal.slice(0, -1));
  }
  return value === literal;
}

/** A value as a number, for ranges and bits. */
export function magnitude(domain: NftDomain, value: string | number | boolean): bigint | null {
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return domain === 'address' ? (ipNumber(value)?.value ?? null) : null;
}
