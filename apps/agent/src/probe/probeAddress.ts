import type { Snapshot } from '@vethscope/model';
import { formatAddress } from '../host/networkName.ts';
import { addressBytes } from '../host/socketAddress.ts';

/** An address as the kernel spells it; null where the text is none. */
export function canonicalAddress(text: string): string | null {
  const bytes = addressBytes(text);
  return bytes === null ? null : (formatAddress(bytes) ?? null);
}

/** Why a probe is sent to no such address, whoever confirms it; null where it may be. `address` is canonical. */
export function whyNeverSent(address: string): string | null {
  const bytes = addressBytes(address);
  const first = bytes?.[0] ?? 0;
  if (bytes?.every((byte) => byte === 0)) return 'The unspecified address is nobody’s.';
  if (bytes?.length === 4) {
    if (first >= 224) return 'A probe has one receiver: this is multicast, broadcast or reserved.';
    return null;
  }
  if (first === 0xff) return 'A probe has one receiver: this is multicast.';
  if (first === 0xfe && ((bytes?.[1] ?? 0) & 0xc0) === 0x80)
    return 'A link-local address means something on one link only; probes name none.';
  if (address.startsWith('::ffff:')) return 'This is an IPv4 address in the clothes of IPv6: give it as IPv4.';
  return null;
}

/** Whether an address belongs to the host or to a sandbox on it. `address` is canonical. */
export function isOwnAddress(snapshot: Snapshot, address: string): boolean {
  if (address === '::1' || address.startsWith('127.')) return true;
  return Object.values(snapshot.records.address).some((own) => canonicalAddress(own.address) === address);
}
