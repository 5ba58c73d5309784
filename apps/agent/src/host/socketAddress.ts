import { isIP } from 'node:net';
import { familyInet, familyInet6, formatAddress } from './networkName.ts';

/* struct sockaddr_in and sockaddr_in6, and the octets of addresses. Source: netinet/in.h, ip(7), ipv6(7). */

export interface SocketAddress {
  address: string;
  port: number;
}

/** The 4 or 16 octets of an address in its usual spelling; null where the text is none, or has a zone ("%eth0"). */
export function addressBytes(text: string): Buffer | null {
  if (isIP(text) === 4) return Buffer.from(text.split('.').map(Number));
  if (isIP(text) !== 6 || text.includes('%')) return null;
  // The URL parser brings every spelling, that with a dotted end included, into words of hexadecimal digits with one gap.
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)));
  const before = words(head);
  const after = words(tail ?? '');
  const bytes = Buffer.alloc(16);
  for (const [at, word] of before.entries()) bytes.writeUInt16BE(word, at * 2);
  for (const [at, word] of after.entries()) bytes.writeUInt16BE(word, (8 - after.length + at) * 2);
  return bytes;
}

/** As connect(2) and bind(2) take it. Throws a TypeError for a text that is no address: callers have checked it. */
export function encodeSocketAddress({ address, port }: SocketAddress): Buffer {
  const octets = addressBytes(address);
  if (octets === null) throw new TypeError(`${address} is no address`);
  const six = octets.length === 16;
  const bytes = Buffer.alloc(six ? 28 : 16);
  bytes.writeUInt16LE(six ? familyInet6 : familyInet, 0);
  bytes.writeUInt16BE(port, 2);
  octets.copy(bytes, six ? 8 : 4);
  return bytes;
}

/** What getsockname(2) wrote; null for another family. */
export function decodeSocketAddress(bytes: Buffer): SocketAddress | null {
  if (bytes.length < 16) return null;
  const family = bytes.readUInt16LE(0);
  const port = bytes.readUInt16BE(2);
  if (family === familyInet) return { address: formatAddress(bytes.subarray(4, 8)) ?? '', port };
  if (family !== familyInet6 || bytes.length < 24) return null;
  return { address: formatAddress(bytes.subarray(8, 24)) ?? '', port };
}
