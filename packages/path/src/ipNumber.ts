import type { Family } from '@vethscope/model';
import ipaddr from 'ipaddr.js';

export interface IpNumber {
  family: Family;
  value: bigint;
}

export interface IpRange {
  family: Family;
  low: bigint;
  high: bigint;
  length: number;
}

/** Addresses come again and again. Bounded, so that no snapshot makes it grow without end. */
const mostRemembered = 50_000;
const numbers = new Map<string, IpNumber | null>();
const ranges = new Map<string, IpRange | null>();

function remember<T>(known: Map<string, T>, text: string, read: (text: string) => T): T {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= mostRemembered) known.clear();
  const value = read(text);
  known.set(text, value);
  return value;
}

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function readNumber(text: string): IpNumber | null {
  const parts = ipv4.exec(text);
  if (parts !== null) {
    let value = 0;
    for (const part of parts.slice(1)) {
      if (Number(part) > 255) return null;
      value = value * 256 + Number(part);
    }
    return { family: 4, value: BigInt(value) };
  }
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null;
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(bare).parts) value = (value << 16n) | BigInt(part);
  return { family: 6, value };
}

/** An address as a number; null where the text is not an address. */
export function ipNumber(text: string): IpNumber | null {
  return remember(numbers, text, readNumber);
}

export function bitsOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

/** The address of a number, as the kernel prints it. */
export function ipText({ family, value }: IpNumber): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const parts = Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(112 - 16 * at)) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

function maskLength(text: string, family: Family): number | null {
  if (/^\d+$/.test(text)) return Number(text) <= bitsOf(family) ? Number(text) : null;
  const mask = ipNumber(text);
  if (mask === null || mask.family !== family) return null;
  const bits = mask.value.toString(2).padStart(bitsOf(family), '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : null;
}

function readRange(text: string): IpRange | null {
  const slash = text.indexOf('/');
  const address = ipNumber(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return null;
  const bits = bitsOf(address.family);
  const length = slash < 0 ? bits : maskLength(text.slice(slash + 1), address.family);
  if (length === null) return null;
  const size = 1n << BigInt(bits - length);
  const low = (address.value / size) * size;
  return { family: address.family, low, high: low + size - 1n, length };
}

/** A prefix ("10.0.0.0/8", "10.0.0.0/255.0.0.0", a bare address) as a range; null where it is none (a mask with holes is none). */
export function ipRange(text: string): IpRange | null {
  return remember(ranges, text, readRange);
}

/** A mask with holes, as iptables and nft take it: the bits of the mask are compared. null where the text is no such thing. */
function fitsMask(number: IpNumber, text: string): boolean | null {
  const [address, mask] = text.split('/').map(ipNumber);
  if (address == null || mask == null || address.family !== mask.family) return null;
  return number.family === address.family && (number.value & mask.value) === (address.value & mask.value);
}

/** Whether an address stands in a prefix, or fits an address with a mask. null where one of them is not understood. */
export function isInPrefix(address: string, prefix: string): boolean | null {
  const number = ipNumber(address);
  const range = ipRange(prefix);
  if (number === null) return null;
  if (range === null) return fitsMask(number, prefix);
  return number.family === range.family && number.value >= range.low && number.value <= range.high;
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

export function isLinkLocal(address: string): boolean {
  return isInPrefix(address, 'fe80::/10') === true;
}

export function isMulticast(address: string): boolean {
  return isInPrefix(address, address.includes(':') ? 'ff00::/8' : '224.0.0.0/4') === true;
}

/** How many leading bits two addresses of a family share. */
export function commonPrefixLength(a: IpNumber, b: IpNumber): number {
  const difference = a.value ^ b.value;
  return difference === 0n ? bitsOf(a.family) : bitsOf(a.family) - difference.toString(2).length;
}
