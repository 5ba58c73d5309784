import type { AddressReading } from '@vethscope/model';
import { AttributeSet } from './netlinkMessage.ts';
import { familyName, formatAddress, scopeName } from './networkName.ts';

/*
 * RTM_NEWADDR → one element of `addr_info` in `ip -j addr show`. Lifetimes are left out: they count down, and a reading that
 * changes with the clock would look like a change. Source: linux/if_addr.h, iproute2 ip/ipaddress.c print_addrinfo().
 */

const infoLength = 8; // struct ifaddrmsg
const attribute = { address: 1, local: 2, label: 3, broadcast: 4, anycast: 5, flags: 8, metric: 9 } as const;
const secondary = 0x01;
const permanent = 0x80;
const flagNames: [number, string][] = [
  [0x02, 'nodad'],
  [0x04, 'optimistic'],
  [0x08, 'dadfailed'],
  [0x10, 'home'],
  [0x20, 'deprecated'],
  [0x40, 'tentative'],
  [0x100, 'mngtmpaddr'],
  [0x200, 'noprefixroute'],
  [0x400, 'autojoin'],
  [0x800, 'stable-privacy'],
];

/** Null for other families than inet and inet6, and for what is not an address. */
export function decodeAddress(buffer: Buffer, start: number, end: number): AddressReading | null {
  if (end - start < infoLength) return null;
  const family = familyName(buffer.readUInt8(start));
  if (family === null) return null;
  const set = new AttributeSet(buffer, start + infoLength, end);
  const address = formatAddress(set.bytes(attribute.address));
  const local = formatAddress(set.bytes(attribute.local)) ?? address;
  if (local === undefined) return null;
  const reading: AddressReading = {
    ifindex: buffer.readInt32LE(start + 4),
    family,
    local,
    prefixlen: buffer.readUInt8(start + 1),
    scope: scopeName(buffer.readUInt8(start + 3)),
  };
  if (address !== undefined && address !== local) reading.address = address;
  const metric = set.u32(attribute.metric);
  if (metric !== undefined) reading.metric = metric;
  const broadcast = formatAddress(set.bytes(attribute.broadcast));
  if (broadcast !== undefined) reading.broadcast = broadcast;
  const anycast = formatAddress(set.bytes(attribute.anycast));
  if (anycast !== undefined) reading.anycast = anycast;
  const label = set.text(attribute.label);
  if (label !== undefined) reading.label = label;
  addFlags(reading, set.u32(attribute.flags) ?? buffer.readUInt8(start + 2));
  return reading;
}

function addFlags(reading: AddressReading, flags: number) {
  if ((flags & secondary) !== 0) reading[reading.family === 'inet6' ? 'temporary' : 'secondary'] = true;
  if ((flags & permanent) === 0) reading.dynamic = true;
  for (const [bit, name] of flagNames) if ((flags & bit) !== 0) reading[name] = true;
}
