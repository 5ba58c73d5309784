import type { FdbReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import {
  familyBridge,
  formatAddress,
  formatHardwareAddress,
  hexadecimal,
  type LinkNames,
  linkName,
} from './networkName.ts';

/*
 * RTM_NEWNEIGH of the family bridge → one element of `bridge -j fdb show`. Source: linux/neighbour.h, iproute2 bridge/fdb.c
 * print_fdb().
 */

const infoLength = 12; // struct ndmsg
const attribute = {
  destination: 1,
  linkAddress: 2,
  vlan: 5,
  port: 6,
  vni: 7,
  link: 8,
  master: 9,
  netnsId: 10,
  sourceVni: 11,
  nextHopId: 13,
} as const;
const flagNames: [number, string][] = [
  [0x02, 'self'],
  [0x80, 'router'],
  [0x10, 'extern_learn'],
  [0x20, 'offload'],
  [0x04, 'master'],
  [0x40, 'sticky'],
];

/** Null for what is not an entry of a forwarding database. A learned entry has the state '' as in iproute2. */
export function decodeFdb(buffer: Buffer, range: { start: number; end: number }, names: LinkNames): FdbReading | null {
  const { start, end } = range;
  if (end - start < infoLength || buffer.readUInt8(start) !== familyBridge) return null;
  const set = new AttributeSet(buffer, start + infoLength, end);
  const mac = set.bytes(attribute.linkAddress);
  if (mac === undefined) return null;
  const flags = buffer.readUInt8(start + 10);
  const reading: FdbReading = {
    mac: formatHardwareAddress(mac),
    ifname: linkName(names, buffer.readInt32LE(start + 4)),
    flags: flagNames.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name),
    state: stateName(buffer.readUInt16LE(start + 8)),
  };
  const dst = formatAddress(set.bytes(attribute.destination));
  if (dst !== undefined) reading.dst = dst;
  const numbers = {
    vlan: set.u16(attribute.vlan),
    port: set.u16BigEndian(attribute.port),
    vni: set.u32(attribute.vni),
    src_vni: set.u32(attribute.sourceVni),
    linkNetNsId: set.s32(attribute.netnsId),
    nhid: set.u32(attribute.nextHopId),
  };
  for (const [name, value] of Object.entries(numbers)) if (value !== undefined) reading[name] = value;
  const link = set.u32(attribute.link);
  if (link !== undefined) reading.viaIf = linkName(names, link);
  const master = set.u32(attribute.master);
  if (master !== undefined) reading.master = linkName(names, master);
  return reading;
}

/** NUD_*: the kernel marks an entry that it learned as reachable, and a static one as in need of no ARP. */
function stateName(state: number): string {
  if ((state & 0x80) !== 0) return 'permanent';
  if ((state & 0x40) !== 0) return 'static';
  if ((state & 0x04) !== 0) return 'stale';
  if ((state & 0x02) !== 0) return '';
  return `state=${hexadecimal(state)}`;
}
