import type { IptablesTarget } from '@vethscope/model';
import { type NumberRange, readNumber, readRange } from './iptablesNumbers.ts';
import type { ExtensionUse } from './iptablesOptions.ts';

interface Place {
  address: string | null;
  addressTo: string | null;
  ports: NumberRange | null;
  portBase: number | null;
}

/**
 * "192.0.2.1", "192.0.2.1-192.0.2.9:80-90/80", ":80", "[2001:db8::1]:80", "[2001:db8::1-2001:db8::9]:80", "[2001:db8::1]-[2001:db8::9]:80",
 * "2001:db8::1" (libxt_NAT.c parse_to and print_range). null where it is none of these.
 */
function readPlace(text: string): Place | null {
  const bracketed = /^\[([^\]]*)\](?:-\[([^\]]*)\])?(?::(.+))?$/.exec(text);
  let addresses: string;
  let ports: string | undefined;
  if (bracketed) {
    addresses = bracketed[2] === undefined ? (bracketed[1] ?? '') : `${bracketed[1]}-${bracketed[2]}`;
    ports = bracketed[3];
  } else {
    const colon = text.indexOf(':');
    // More than one colon is an IPv6 address without a port.
    const hasPort = colon >= 0 && colon === text.lastIndexOf(':');
    addresses = hasPort ? text.slice(0, colon) : text;
    ports = hasPort ? text.slice(colon + 1) : undefined;
  }
  const [address = '', addressTo, ...others] = addresses.split('-');
  if (others.length > 0 || (address === '' && ports === undefined)) return null;
  const place = { address: address === '' ? null : address, addressTo: addressTo ?? null };
  if (ports === undefined) return { ...place, ports: null, portBase: null };
  const [range = '', base, ...more] = ports.split('/');
  const read = readRange(range, { separator: '-' });
  const portBase = base === undefined ? null : readNumber(base);
  if (read === null || more.length > 0 || (base !== undefined && portBase === null)) return null;
  return { ...place, ports: read, portBase };
}

/** DNAT, SNAT, MASQUERADE, REDIRECT, NETMAP, SNPT and DNPT; null where an option is not understood. */
export function readTranslationTarget(use: ExtensionUse): IptablesTarget | null {
  let random = false;
  let persistent = false;
  let place: Place | null = null;
  let ports: NumberRange | null = null;
  let to: string | null = null;
  let from: string | null = null;
  for (const option of use.options) {
    const value = option.values.join(' ');
    switch (option.name) {
      case '--to-destination':
      case '--to-source':
        place = readPlace(value);
        if (place === null) return null;
        break;
      case '--to-ports':
        ports = readRange(value, { separator: '-' });
        if (ports === null) return null;
        break;
      case '--to':
      case '--dst-pfx':
        to = value;
        break;
      case '--src-pfx':
        from = value;
        break;
      case '--random':
      case '--random-fully':
        random = true;
        break;
      case '--persistent':
        persistent = true;
        break;
      default:
        return null;
    }
  }
  switch (use.name) {
    case 'DNAT':
    case 'SNAT':
      return place && { kind: use.name === 'DNAT' ? 'dnat' : 'snat', ...place, random, persistent };
    case 'MASQUERADE':
    case 'REDIRECT':
      return { kind: use.name === 'MASQUERADE' ? 'masquerade' : 'redirect', ports, random };
    case 'NETMAP':
      return to === null ? null : { kind: 'netmap', to };
    case 'SNPT':
    case 'DNPT':
      return from === null || to === null
        ? null
        : { kind: 'npt', side: use.name === 'SNPT' ? 'source' : 'destination', from, to };
    default:
      return null;
  }
}
