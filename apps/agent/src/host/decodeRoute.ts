import type { RouteReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import {
  familyName,
  formatAddress,
  hexadecimal,
  type LinkNames,
  linkName,
  routeProtocolName,
  routeTypeName,
  scopeName,
  tableName,
} from './networkName.ts';

/*
 * RTM_NEWROUTE → one element of `ip -j route show table all`: what iproute2 leaves out without -d is left out here too
 * (type unicast, table main, protocol boot, scope global), and so are the seconds until a route expires.
 * Source: linux/rtnetlink.h, iproute2 ip/iproute.c print_route().
 */

const infoLength = 12; // struct rtmsg
const nextHopLength = 8; // struct rtnexthop
const attribute = {
  destination: 1,
  source: 2,
  link: 4,
  gateway: 5,
  metric: 6,
  preferredSource: 7,
  metrics: 8,
  nextHops: 9,
  table: 15,
  via: 18,
  preference: 20,
  nextHopId: 30,
} as const;

const typeUnicast = 1;
const tableMain = 254;
const protocolBoot = 3;
const cloned = 0x200;
/** RTNH_F_* and RTM_F_*, in iproute2's order of printing. */
const flagNames: [number, string][] = [
  [0x1, 'dead'],
  [0x4, 'onlink'],
  [0x2, 'pervasive'],
  [0x8, 'offload'],
  [0x40, 'trap'],
  [0x100, 'notify'],
  [0x10, 'linkdown'],
  [0x20, 'unresolved'],
  [0x4000, 'rt_offload'],
  [0x8000, 'rt_trap'],
  [0x20000000, 'rt_offload_failed'],
];
/** RTAX_*: those whose number iproute2 prints as it is. */
const metricNames: Record<number, string> = {
  2: 'mtu',
  3: 'window',
  6: 'ssthresh',
  7: 'cwnd',
  8: 'advmss',
  9: 'reordering',
  10: 'hoplimit',
  11: 'initcwnd',
  14: 'initrwnd',
  15: 'quickack',
};
/** ICMPV6_ROUTER_PREF_* */
const preferences: Record<number, string> = { 0: 'medium', 1: 'high', 3: 'low' };

/** Null for other families than inet and inet6, for entries of the cache, and for what is not a route. */
export function decodeRoute(
  buffer: Buffer,
  range: { start: number; end: number },
  names: LinkNames,
): RouteReading | null {
  const { start, end } = range;
  if (end - start < infoLength) return null;
  const family = familyName(buffer.readUInt8(start));
  const flags = buffer.readUInt32LE(start + 8);
  if (family === null || (flags & cloned) !== 0) return null;
  const set = new AttributeSet(buffer, start + infoLength, end);
  const hostLength = family === 'inet' ? 32 : 128;
  const dstLength = buffer.readUInt8(start + 1);
  const srcLength = buffer.readUInt8(start + 2);
  const reading: RouteReading = {
    family,
    dst: formatPrefix(set.bytes(attribute.destination), dstLength, hostLength) ?? 'default',
    flags: formatFlags(flags),
  };
  const from = formatPrefix(set.bytes(attribute.source), srcLength, hostLength);
  if (from !== undefined) reading.from = from;
  const tos = buffer.readUInt8(start + 3);
  if (tos !== 0) reading.tos = hexadecimal(tos);
  addHeaderNames(reading, {
    type: buffer.readUInt8(start + 7),
    table: set.u32(attribute.table) ?? buffer.readUInt8(start + 4),
    protocol: buffer.readUInt8(start + 5),
    scope: buffer.readUInt8(start + 6),
  });
  addWay(reading, set, names);
  const nextHopId = set.u32(attribute.nextHopId);
  if (nextHopId !== undefined) reading.nhid = nextHopId;
  const prefsrc = formatAddress(set.bytes(attribute.preferredSource));
  if (prefsrc !== undefined) reading.prefsrc = prefsrc;
  const metric = set.u32(attribute.metric);
  if (metric !== undefined) reading.metric = metric;
  const metrics = set.nested(attribute.metrics);
  const decodedMetrics = metrics === undefined ? undefined : formatMetrics(metrics);
  if (decodedMetrics !== undefined) reading.metrics = [decodedMetrics];
  const preference = set.u8(attribute.preference);
  if (preference !== undefined) reading.pref = preferences[preference] ?? String(preference);
  const nextHops = set.range(attribute.nextHops);
  if (nextHops !== undefined) reading.nexthops = decodeNextHops(buffer, nextHops, names);
  return reading;
}

function addHeaderNames(
  reading: RouteReading,
  header: { type: number; table: number; protocol: number; scope: number },
) {
  if (header.type !== typeUnicast) reading.type = routeTypeName(header.type);
  if (header.table !== tableMain) reading.table = tableName(header.table);
  if (header.protocol !== protocolBoot) reading.protocol = routeProtocolName(header.protocol);
  if (header.scope !== 0) reading.scope = scopeName(header.scope);
}

/** What a route and each of its next hops have in common. */
function addWay(way: Pick<RouteReading, 'gateway' | 'via' | 'dev'>, set: AttributeSet, names: LinkNames) {
  const gateway = formatAddress(set.bytes(attribute.gateway));
  if (gateway !== undefined) way.gateway = gateway;
  // struct rtvia: the family in two octets, then the address.
  const via = set.bytes(attribute.via);
  const host = via === undefined ? undefined : formatAddress(via.subarray(2));
  if (via !== undefined && host !== undefined) {
    way.via = { family: familyName(via.readUInt16LE(0)) ?? '???', host };
  }
  const link = set.u32(attribute.link);
  if (link !== undefined) way.dev = linkName(names, link);
}

function formatPrefix(address: Buffer | undefined, length: number, hostLength: number): string | undefined {
  const text = formatAddress(address);
  if (text !== undefined) return length === hostLength ? text : `${text}/${length}`;
  return length === 0 ? undefined : `0/${length}`;
}

function formatFlags(flags: number): string[] {
  return flags === 0 ? [] : flagNames.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
}

function formatMetrics(set: AttributeSet): Record<string, unknown> | undefined {
  const metrics: Record<string, unknown> = {};
  for (const [type, name] of Object.entries(metricNames)) {
    const value = set.u32(Number(type));
    if (value !== undefined) metrics[name] = name === 'hoplimit' && value === 0xffffffff ? 0 : value;
  }
  return Object.keys(metrics).length === 0 ? undefined : metrics;
}

function decodeNextHops(buffer: Buffer, range: { start: number; end: number }, names: LinkNames) {
  const nextHops: NonNullable<RouteReading['nexthops']> = [];
  let offset = range.start;
  while (offset + nextHopLength <= range.end) {
    const length = buffer.readUInt16LE(offset);
    if (length < nextHopLength || offset + length > range.end) break;
    const way: Pick<RouteReading, 'gateway' | 'via' | 'dev'> = {};
    addWay(way, new AttributeSet(buffer, offset + nextHopLength, offset + length), names);
    nextHops.push({
      ...way,
      dev: linkName(names, buffer.readInt32LE(offset + 4)),
      weight: buffer.readUInt8(offset + 3) + 1,
      flags: formatFlags(buffer.readUInt8(offset + 2)),
    });
    offset += (length + 3) & ~3;
  }
  return nextHops;
}
