import type { Family } from '@vethscope/model';
import ipaddr from 'ipaddr.js';

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** The family of an address in text, or null where the text is not an address. A zone ("%eth0") is not part of an address here. */
export function addressFamily(text: string): Family | null {
  if (ipv4.test(text)) return 4;
  if (!text.includes(':') || text.includes('%')) return null;
  return ipaddr.IPv6.isValid(text) ? 6 : null;
}

/** Sources name the same few addresses again and again. Bounded, so that no reading can make it grow without end. */
const canonical = new Map<string, string | null>();
const mostRemembered = 20_000;

/**
 * An address in the form that the kernel prints (RFC 5952 for IPv6), so that addresses from different sources compare as text; null
 * where it is not an address. "[::1]" is taken as "::1".
 */
export function canonicalAddress(text: string): string | null {
  if (ipv4.test(text)) return text;
  const known = canonical.get(text);
  if (known !== undefined) return known;
  const found = readAddress(text);
  if (canonical.size >= mostRemembered) canonical.clear();
  canonical.set(text, found);
  return found;
}

function readAddress(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const family = addressFamily(bare);
  if (family !== 6) return family === null ? null : bare;
  return /^[0-9a-f:]+$/.test(bare) ? ipaddr.IPv6.parse(bare).toRFC5952String() : ipaddr.IPv6.parse(bare).toString();
}

/** A prefix from an address with or without a length: "default" and "" are everything. null where it is neither. */
export function prefixText(text: string, family: Family): string | null {
  if (text === 'default' || text === 'all' || text === 'any') return family === 4 ? '0.0.0.0/0' : '::/0';
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const most = family === 4 ? 32 : 128;
  const length = slash < 0 ? most : Number(text.slice(slash + 1));
  if (addressFamily(address) !== family || !Number.isInteger(length) || length < 0 || length > most) return null;
  return `${address}/${length}`;
}

/** The address that stands for every address of the host. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '*' || address === '';
}
