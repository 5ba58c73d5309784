import type { LinkReading } from '@vethscope/model';
import { decodeLinkData, decodePortData } from './decodeLinkData.ts';
import { AttributeSet, readAttributes, readText, readU64 } from './netlinkMessage.ts';
import { formatAddress, formatHardwareAddress, type LinkNames, linkName, linkTypeName } from './networkName.ts';

/*
 * RTM_NEWLINK → one element of `ip -j -d -s link show`, without the fields that say nothing about where packets go (queue
 * counts, segmentation limits, timers). Source: linux/if_link.h, iproute2 ip/ipaddress.c print_linkinfo().
 */

const infoLength = 16; // struct ifinfomsg
const attribute = {
  address: 1,
  broadcast: 2,
  name: 3,
  mtu: 4,
  link: 5,
  qdisc: 6,
  master: 10,
  queueLength: 13,
  operationalState: 16,
  mode: 17,
  info: 18,
  alias: 20,
  stats64: 23,
  group: 27,
  promiscuity: 30,
  netnsId: 37,
  properties: 52,
  alternativeName: 53,
} as const;
const infoAttribute = { kind: 1, data: 2, portKind: 4, portData: 5 } as const;

const up = 1 << 0;
const pointToPoint = 1 << 4;
const running = 1 << 6;
/** In iproute2's order of printing. linux/if.h */
const flagNames: [number, string][] = [
  [1 << 3, 'LOOPBACK'],
  [1 << 1, 'BROADCAST'],
  [pointToPoint, 'POINTOPOINT'],
  [1 << 12, 'MULTICAST'],
  [1 << 7, 'NOARP'],
  [1 << 9, 'ALLMULTI'],
  [1 << 8, 'PROMISC'],
  [1 << 10, 'MASTER'],
  [1 << 11, 'SLAVE'],
  [1 << 2, 'DEBUG'],
  [1 << 15, 'DYNAMIC'],
  [1 << 14, 'AUTOMEDIA'],
  [1 << 13, 'PORTSEL'],
  [1 << 5, 'NOTRAILERS'],
  [up, 'UP'],
  [1 << 16, 'LOWER_UP'],
  [1 << 17, 'DORMANT'],
  [1 << 18, 'ECHO'],
];
const operationalStates = ['UNKNOWN', 'NOTPRESENT', 'DOWN', 'LOWERLAYERDOWN', 'TESTING', 'DORMANT', 'UP'];
const linkModes = ['DEFAULT', 'DORMANT'];

/** What the first look at a link gives; other links are named by it only when all names are known. */
export type LinkIdentity = { ifindex: number; name: string; flags: number };

export function decodeLinkIdentity(buffer: Buffer, start: number, end: number): LinkIdentity | null {
  if (end - start < infoLength) return null;
  const { attributes } = readAttributes(buffer, start + infoLength, end);
  const found = attributes.find((entry) => entry.type === attribute.name);
  if (found === undefined) return null;
  return {
    ifindex: buffer.readInt32LE(start + 4),
    name: readText(buffer, found.start, found.end),
    flags: buffer.readUInt32LE(start + 8),
  };
}

/** `identities` are those of all links of the namespace, by ifindex. Null for what is not a link. */
export function decodeLink(
  buffer: Buffer,
  range: { start: number; end: number },
  identities: ReadonlyMap<number, LinkIdentity>,
): LinkReading | null {
  if (range.end - range.start < infoLength) return null;
  const set = new AttributeSet(buffer, range.start + infoLength, range.end);
  const ifname = set.text(attribute.name);
  if (ifname === undefined) return null;
  const names: LinkNames = { get: (index: number) => identities.get(index)?.name } as LinkNames;
  const type = buffer.readUInt16LE(range.start + 2);
  const flags = buffer.readUInt32LE(range.start + 8);
  const lower = lowerLink(set, identities);
  const reading: LinkReading = {
    ifindex: buffer.readInt32LE(range.start + 4),
    ...lower.fields,
    ifname,
    flags: formatFlags(flags, lower.isDown),
    mtu: set.u32(attribute.mtu) ?? 0,
    operstate: operationalState(set.u8(attribute.operationalState) ?? 0),
    link_type: linkTypeName(type),
  };
  addHardwareAddresses(reading, set, type);
  if ((flags & pointToPoint) !== 0 && set.has(attribute.address)) reading.link_pointtopoint = true;
  const master = set.u32(attribute.master);
  if (master !== undefined) reading.master = linkName(names, master);
  const netnsId = set.s32(attribute.netnsId);
  if (netnsId !== undefined) reading.link_netnsid = netnsId;
  addPlainFields(reading, set);
  const info = linkInfo(set, names);
  if (info !== undefined) reading.linkinfo = info;
  const stats = readStats(set);
  if (stats !== undefined) reading.stats64 = stats;
  const altnames = alternativeNames(buffer, set);
  if (altnames.length > 0) reading.altnames = altnames;
  return reading;
}

function lowerLink(set: AttributeSet, identities: ReadonlyMap<number, LinkIdentity>) {
  const index = set.s32(attribute.link);
  if (index === undefined) return { fields: {}, isDown: false };
  if (index === 0) return { fields: { link: null }, isDown: false };
  if (set.has(attribute.netnsId)) return { fields: { link_index: index }, isDown: false };
  const lower = identities.get(index);
  return {
    fields: { link: lower?.name ?? `if${index}` },
    isDown: lower !== undefined && (lower.flags & up) === 0,
  };
}

function formatFlags(flags: number, lowerIsDown: boolean): string[] {
  const names: string[] = [];
  if ((flags & up) !== 0 && (flags & running) === 0) names.push('NO-CARRIER');
  let rest = flags & ~running;
  for (const [bit, name] of flagNames) {
    if ((rest & bit) === 0) continue;
    names.push(name);
    rest &= ~bit;
  }
  if (rest !== 0) names.push((rest >>> 0).toString(16));
  if (lowerIsDown) names.push('M-DOWN');
  return names;
}

function operationalState(state: number): string {
  return operationalStates[state] ?? `${state}`;
}

function addHardwareAddresses(reading: LinkReading, set: AttributeSet, type: number) {
  const address = set.bytes(attribute.address);
  if (address !== undefined) reading.address = formatLinkAddress(address, type);
  const broadcast = set.bytes(attribute.broadcast);
  if (broadcast !== undefined && address !== undefined) reading.broadcast = formatLinkAddress(broadcast, type);
}

/** Tunnels have network addresses where other links have hardware ones. iproute2 lib/ll_addr.c ll_addr_n2a() */
function formatLinkAddress(bytes: Buffer, type: number): string {
  const isTunnel =
    (bytes.length === 4 && [768, 776, 778].includes(type)) || (bytes.length === 16 && [769, 823].includes(type));
  return (isTunnel ? formatAddress(bytes) : undefined) ?? formatHardwareAddress(bytes);
}

function addPlainFields(reading: LinkReading, set: AttributeSet) {
  const qdisc = set.text(attribute.qdisc);
  if (qdisc !== undefined) reading.qdisc = qdisc;
  const mode = set.u8(attribute.mode);
  if (mode !== undefined) reading.linkmode = linkModes[mode] ?? `${mode}`;
  const group = set.u32(attribute.group);
  if (group !== undefined) reading.group = group === 0 ? 'default' : String(group);
  const queueLength = set.u32(attribute.queueLength);
  if (queueLength !== undefined && queueLength !== 0) reading.txqlen = queueLength;
  const promiscuity = set.u32(attribute.promiscuity);
  if (promiscuity !== undefined) reading.promiscuity = promiscuity;
  const alias = set.text(attribute.alias);
  if (alias !== undefined) reading.ifalias = alias;
}

function linkInfo(set: AttributeSet, names: LinkNames): LinkReading['linkinfo'] {
  const info = set.nested(attribute.info);
  if (info === undefined) return undefined;
  const result: NonNullable<LinkReading['linkinfo']> = {};
  const kind = info.text(infoAttribute.kind);
  if (kind !== undefined) {
    result.info_kind = kind;
    const data = info.nested(infoAttribute.data);
    const decoded = data === undefined ? undefined : decodeLinkData(kind, data, names);
    if (decoded !== undefined) result.info_data = decoded;
  }
  const portKind = info.text(infoAttribute.portKind);
  if (portKind !== undefined) {
    result.info_slave_kind = portKind;
    const data = info.nested(infoAttribute.portData);
    const decoded = data === undefined ? undefined : decodePortData(portKind, data, names);
    if (decoded !== undefined) result.info_slave_data = decoded;
  }
  return result;
}

/** struct rtnl_link_stats64: 8-byte counters, of which newer kernels append more. */
function readStats(set: AttributeSet): LinkReading['stats64'] {
  const bytes = set.bytes(attribute.stats64);
  if (bytes === undefined || bytes.length < 64) return undefined;
  return {
    rx: {
      bytes: readU64(bytes, 16),
      packets: readU64(bytes, 0),
      errors: readU64(bytes, 32),
      dropped: readU64(bytes, 48),
    },
    tx: {
      bytes: readU64(bytes, 24),
      packets: readU64(bytes, 8),
      errors: readU64(bytes, 40),
      dropped: readU64(bytes, 56),
    },
  };
}

function alternativeNames(buffer: Buffer, set: AttributeSet): string[] {
  const range = set.range(attribute.properties);
  if (range === undefined) return [];
  return readAttributes(buffer, range.start, range.end)
    .attributes.filter((entry) => entry.type === attribute.alternativeName)
    .map((entry) => readText(buffer, entry.start, entry.end));
}
