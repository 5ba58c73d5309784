import type { NeighborReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import { familyName, formatAddress, formatHardwareAddress, type LinkNames, linkName } from './networkName.ts';

/*
 * RTM_NEWNEIGH of the families inet and inet6 → one element of `ip -j neigh show`, which leaves out the entries that never
 * were asked for (NOARP: multicast, loopback; and those without a state). Ages are left out: they change with the clock.
 * Source: linux/neighbour.h, iproute2 ip/ipneigh.c print_neigh().
 */

const infoLength = 12; // struct ndmsg
const attribute = { destination: 1, linkAddress: 2, extendedFlags: 15 } as const;
const flag = { proxy: 0x08, externallyLearned: 0x10, offloaded: 0x20, router: 0x80 } as const;
const managed = 0x1;
const noArp = 0x40;
const stateNames: [number, string][] = [
  [0x01, 'INCOMPLETE'],
  [0x02, 'REACHABLE'],
  [0x04, 'STALE'],
  [0x08, 'DELAY'],
  [0x10, 'PROBE'],
  [0x20, 'FAILED'],
  [noArp, 'NOARP'],
  [0x80, 'PERMANENT'],
];

/** Null for what `ip neigh show` would not print, and for what is not a neighbour. Proxied addresses have no state. */
export function decodeNeighbor(
  buffer: Buffer,
  range: { start: number; end: number },
  names: LinkNames,
): NeighborReading | null {
  const { start, end } = range;
  if (end - start < infoLength || familyName(buffer.readUInt8(start)) === null) return null;
  const state = buffer.readUInt16LE(start + 8);
  const flags = buffer.readUInt8(start + 10);
  const isAsked = (state & ~noArp & 0xff) !== 0 || (flags & (flag.proxy | flag.externallyLearned)) !== 0;
  if (!isAsked) return null;
  const set = new AttributeSet(buffer, start + infoLength, end);
  const dst = formatAddress(set.bytes(attribute.destination));
  if (dst === undefined) return null;
  const reading: NeighborReading = {
    dst,
    dev: linkName(names, buffer.readInt32LE(start + 4)),
    state: stateNames.filter(([bit]) => (state & bit) !== 0).map(([, name]) => name),
  };
  const lladdr = set.bytes(attribute.linkAddress);
  if (lladdr !== undefined) reading.lladdr = formatHardwareAddress(lladdr);
  if ((flags & flag.router) !== 0) reading.router = null;
  if ((flags & flag.proxy) !== 0) reading.proxy = null;
  if (((set.u32(attribute.extendedFlags) ?? 0) & managed) !== 0) reading.managed = null;
  if ((flags & flag.externallyLearned) !== 0) reading.extern_learn = null;
  if ((flags & flag.offloaded) !== 0) reading.offload = null;
  return reading;
}
