import type { IptablesTarget } from '@vethscope/model';
import { readMasked, readNumber, readRange } from './iptablesNumbers.ts';
import { type ExtensionUse, type OptionUse, wordsOf } from './iptablesOptions.ts';
import { readTranslationTarget } from './iptablesTranslation.ts';

/** Targets after which the next rule is tried and which change nothing that decides where a packet goes. */
const passingTargets = new Set([
  'AUDIT',
  'CHECKSUM',
  'CLASSIFY',
  'CONNSECMARK',
  'DSCP',
  'ECN',
  'HL',
  'IDLETIMER',
  'LED',
  'LOG',
  'NFLOG',
  'RATEEST',
  'SECMARK',
  'SET',
  'TCPMSS',
  'TCPOPTSTRIP',
  'TEE',
  'TOS',
  'TRACE',
  'TTL',
  'ULOG',
]);

/** What they do depends on more than a snapshot. */
const statefulTargets = new Set(['CLUSTERIP', 'HMARK', 'SYNPROXY']);

/** The effect of `-j NAME` with its options, where NAME is no chain. One that is not known, or has an option that is not, is `unknown`. */
export function readTarget(use: ExtensionUse, family: 'ip' | 'ip6'): IptablesTarget {
  return readKnownTarget(use, family) ?? { kind: 'unknown', name: use.name, words: wordsOf(use.options) };
}

function readKnownTarget(use: ExtensionUse, family: 'ip' | 'ip6'): IptablesTarget | null {
  const { name, options } = use;
  switch (name) {
    case 'ACCEPT':
      return options.length > 0 ? null : { kind: 'accept' };
    case 'DROP':
      return options.length > 0 ? null : { kind: 'drop' };
    case 'RETURN':
      return options.length > 0 ? null : { kind: 'return' };
    case 'REJECT':
      return readReject(options, family);
    case 'MARK':
      return readMark(options);
    case 'CONNMARK':
      return readConnmark(options);
    case 'NOTRACK':
      return options.length > 0 ? null : { kind: 'notrack' };
    case 'CT':
      return readCt(options);
    case 'TPROXY':
      return readTproxy(options);
    case 'QUEUE':
      return options.length > 0 ? null : { kind: 'queue', number: 0, bypass: false };
    case 'NFQUEUE':
      return readQueue(options);
    case 'DNAT':
    case 'SNAT':
    case 'MASQUERADE':
    case 'REDIRECT':
    case 'NETMAP':
    case 'SNPT':
    case 'DNPT':
      return readTranslationTarget(use);
    default: {
      const words = wordsOf(options);
      // SET --map-set gives the packet a mark, a priority or a queue that stands in an element of the set.
      if (statefulTargets.has(name) || (name === 'SET' && options.some((option) => option.name.startsWith('--map-'))))
        return { kind: 'stateful', name, words };
      return passingTargets.has(name) ? { kind: 'passing', name, words } : null;
    }
  }
}

const only = (options: OptionUse[]): OptionUse | null => (options.length === 1 ? (options[0] ?? null) : null);
const textOf = (option: OptionUse | null | undefined): string => option?.values.join(' ') ?? '';

function readReject(options: OptionUse[], family: 'ip' | 'ip6'): IptablesTarget | null {
  if (options.length === 0)
    return { kind: 'reject', with: family === 'ip' ? 'icmp-port-unreachable' : 'icmp6-port-unreachable' };
  const option = only(options);
  const kind = textOf(option);
  return option?.name === '--reject-with' && kind !== '' ? { kind: 'reject', with: kind } : null;
}

/** libxt_MARK.c: each option is a form of (mark & ~mask) ^ value. */
function readMark(options: OptionUse[]): IptablesTarget | null {
  const option = only(options);
  const operation = option && maskedOperation(option);
  return operation && { kind: 'mark', ...operation };
}

function maskedOperation(option: OptionUse): { value: number; mask: number } | null {
  const text = textOf(option);
  const bits = readNumber(text);
  switch (option.name) {
    case '--set-xmark':
      return readMasked(text);
    case '--set-mark': {
      const masked = readMasked(text);
      return masked && { value: masked.value, mask: (masked.mask | masked.value) >>> 0 };
    }
    case '--and-mark':
      return bits === null ? null : { value: 0, mask: ~bits >>> 0 };
    case '--or-mark':
      return bits === null ? null : { value: bits, mask: bits };
    case '--xor-mark':
      return bits === null ? null : { value: bits, mask: 0 };
    default:
      return null;
  }
}

function readConnmark(options: OptionUse[]): IptablesTarget | null {
  const whole = 0xffffffff;
  const named = new Map(options.map((option) => [option.name, option]));
  const operation = named.has('--save-mark') ? 'save' : named.has('--restore-mark') ? 'restore' : 'set';
  if (operation === 'set') {
    const option = only(options);
    const masked = option && maskedOperation(option);
    return masked && { kind: 'connmark', operation, ...masked, ctMask: whole, nfMask: whole };
  }
  const known = new Set(['--save-mark', '--restore-mark', '--mask', '--nfmask', '--ctmask']);
  if (!options.every((option) => known.has(option.name))) return null;
  const mask = (name: string): number | null => {
    const option = named.get(name) ?? named.get('--mask');
    return option === undefined ? whole : readNumber(textOf(option));
  };
  const ctMask = mask('--ctmask');
  const nfMask = mask('--nfmask');
  if (ctMask === null || nfMask === null) return null;
  return { kind: 'connmark', operation, value: 0, mask: 0, ctMask, nfMask };
}

const ctOptions = new Set([
  '--notrack',
  '--helper',
  '--timeout',
  '--ctevents',
  '--expevents',
  '--zone',
  '--zone-orig',
  '--zone-reply',
]);

function readCt(options: OptionUse[]): IptablesTarget | null {
  if (!options.every((option) => ctOptions.has(option.name))) return null;
  return { kind: 'ct', notrack: options.some((option) => option.name === '--notrack'), words: wordsOf(options) };
}

function readTproxy(options: OptionUse[]): IptablesTarget | null {
  let port: number | null = null;
  let address: string | null = null;
  let masked: { value: number; mask: number } | null = { value: 0, mask: 0 };
  for (const option of options) {
    const value = textOf(option);
    if (option.name === '--on-port') port = readRange(value)?.from ?? null;
    else if (option.name === '--on-ip') address = value;
    else if (option.name === '--tproxy-mark') masked = readMasked(value);
    else return null;
  }
  // An unspecified address means the one of the link that the packet came by (xt_TPROXY.c tproxy_laddr4).
  if (address === '0.0.0.0' || address === '::') address = null;
  return port === null || masked === null ? null : { kind: 'tproxy', port, address, ...masked };
}

function readQueue(options: OptionUse[]): IptablesTarget | null {
  let number: number | null = 0;
  let bypass = false;
  for (const option of options) {
    const value = textOf(option);
    if (option.name === '--queue-num') {
      number = readNumber(value);
      if (number === null) return null;
    } else if (option.name === '--queue-balance') {
      if (readRange(value) === null) return null;
      number = null;
    } else if (option.name === '--queue-bypass') bypass = true;
    else if (option.name !== '--queue-cpu-fanout') return null;
  }
  return { kind: 'queue', number, bypass };
}
