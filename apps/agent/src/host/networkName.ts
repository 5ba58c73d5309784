/*
 * How iproute2 spells the numbers of the network: addresses, tables, protocols, scopes, route types. The names of tables and
 * protocols are those that iproute2 has without any configuration file, so that a recording does not depend on the host's.
 * Source: iproute2 lib/rt_names.c, lib/ll_addr.c, lib/ll_types.c; glibc inet_ntop(3).
 */

export const familyInet = 2;
export const familyInet6 = 10;
export const familyBridge = 7;

/** Hexadecimal octets with colons, as for Ethernet; the empty text for no octets. */
export function formatHardwareAddress(bytes: Buffer): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const octet = bytes[i] ?? 0;
    text += `${i === 0 ? '' : ':'}${octet < 16 ? '0' : ''}${octet.toString(16)}`;
  }
  return text;
}

/** An address of 4 or 16 octets as inet_ntop(3) writes it; undefined for another length. */
export function formatAddress(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  return bytes.length === 16 ? formatInet6(bytes) : undefined;
}

function formatInet6(bytes: Buffer): string {
  const words: number[] = [];
  for (let i = 0; i < 16; i += 2) words.push(bytes.readUInt16BE(i));
  const gap = longestZeros(words);
  // ::ffff:192.0.2.1, and the old ::192.0.2.1
  const embedsInet = gap.start === 0 && (gap.length === 6 || (gap.length === 5 && words[5] === 0xffff));
  const count = embedsInet ? 6 : 8;
  let text = '';
  for (let i = 0; i < count; i++) {
    if (i === gap.start && gap.length > 1) {
      text += '::';
      i += gap.length - 1;
    } else {
      text += `${text === '' || text.endsWith(':') ? '' : ':'}${(words[i] ?? 0).toString(16)}`;
    }
  }
  if (!embedsInet) return text;
  return `${text}${text.endsWith(':') ? '' : ':'}${formatAddress(bytes.subarray(12, 16))}`;
}

/** The first longest run of zero words. */
function longestZeros(words: number[]): { start: number; length: number } {
  let best = { start: -1, length: 0 };
  for (let i = 0; i < words.length; i++) {
    let length = 0;
    while (i + length < words.length && words[i + length] === 0) length++;
    if (length > best.length) best = { start: i, length };
    if (length > 0) i += length;
  }
  return best;
}

export function familyName(family: number): 'inet' | 'inet6' | null {
  if (family === familyInet) return 'inet';
  return family === familyInet6 ? 'inet6' : null;
}

const tableNames: Record<number, string> = { 253: 'default', 254: 'main', 255: 'local' };
export const tableName = (table: number) => tableNames[table] ?? String(table);

const scopeNames: Record<number, string> = { 0: 'global', 200: 'site', 253: 'link', 254: 'host', 255: 'nowhere' };
export const scopeName = (scope: number) => scopeNames[scope] ?? String(scope);

const protocolNames: Record<number, string> = {
  0: 'unspec',
  1: 'redirect',
  2: 'kernel',
  3: 'boot',
  4: 'static',
  8: 'gated',
  9: 'ra',
  10: 'mrt',
  11: 'zebra',
  12: 'bird',
  13: 'dnrouted',
  14: 'xorp',
  15: 'ntk',
  16: 'dhcp',
  18: 'keepalived',
  42: 'babel',
  99: 'openr',
  186: 'bgp',
  187: 'isis',
  188: 'ospf',
  189: 'rip',
  192: 'eigrp',
};
export const routeProtocolName = (protocol: number) => protocolNames[protocol] ?? String(protocol);

const routeTypeNames = [
  'none',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
];
export const routeTypeName = (type: number) => routeTypeNames[type] ?? String(type);

const linkTypeNames: Record<number, string> = {
  1: 'ether',
  24: 'ieee1394',
  32: 'infiniband',
  256: 'slip',
  512: 'ppp',
  768: 'ipip',
  769: 'tunnel6',
  772: 'loopback',
  776: 'sit',
  778: 'gre',
  801: 'ieee802.11',
  803: 'ieee802.11/radiotap',
  823: 'gre6',
  824: 'netlink',
  65534: 'none',
  65535: 'void',
};
export const linkTypeName = (type: number) => linkTypeNames[type] ?? `[${type}]`;

const ipProtocolNames: Record<number, string> = {
  1: 'icmp',
  2: 'igmp',
  6: 'tcp',
  17: 'udp',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  132: 'sctp',
};
export const ipProtocolName = (protocol: number) => ipProtocolNames[protocol] ?? `ipproto-${protocol}`;

/** C's `%#x`: 0x10, and 0 for nothing. */
export const hexadecimal = (value: number) => (value === 0 ? '0' : `0x${value.toString(16)}`);

/** The names of the links of one namespace by ifindex. iproute2 says `if7` of one that it does not know. */
export type LinkNames = ReadonlyMap<number, string>;
export const linkName = (names: LinkNames, ifindex: number) => names.get(ifindex) ?? `if${ifindex}`;
