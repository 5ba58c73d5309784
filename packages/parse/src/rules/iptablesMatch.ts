import type { IptablesMatch } from '@vethscope/model';
import { readIcmpType } from './icmpTypes.ts';
import { readConntrack } from './iptablesConntrack.ts';
import { readMasked, readNumber, readRange } from './iptablesNumbers.ts';
import { type ExtensionUse, type OptionUse, wordsOf } from './iptablesOptions.ts';
import { readSpecialMatch } from './iptablesSpecialMatch.ts';

/** Modules whose answer depends on time, on packets seen before, or on what a snapshot does not read ([P14] of the path engine). */
const statefulModules = new Set([
  'bpf',
  'cgroup',
  'cluster',
  'connbytes',
  'connlabel',
  'connlimit',
  'cpu',
  'devgroup',
  'ecn',
  'eui64',
  'hashlimit',
  'limit',
  'nfacct',
  'osf',
  'quota',
  'random',
  'rateest',
  'realm',
  'recent',
  'statistic',
  'string',
  'tcpmss',
  'time',
  'u32',
]);

/**
 * The matches that `-m NAME` with its options comes down to; all of them must hold. What is not known, or has an option that is not, is one
 * `unknown` match with all its words. A module without options (`-m tcp`) asks nothing that `-p` does not and gives none.
 */
export function readMatchModule(use: ExtensionUse, family: 'ip' | 'ip6'): IptablesMatch[] {
  const read = readKnownModule(use, family);
  if (read !== null) return read;
  if (statefulModules.has(use.name))
    return [{ kind: 'stateful', not: false, module: use.name, words: wordsOf(use.options) }];
  return [{ kind: 'unknown', not: false, module: use.name, words: wordsOf(use.options) }];
}

function readKnownModule(use: ExtensionUse, family: 'ip' | 'ip6'): IptablesMatch[] | null {
  switch (use.name) {
    case 'tcp':
    case 'udp':
    case 'udplite':
    case 'sctp':
    case 'dccp':
      return each(use.options, (option) => readTransport(option, use.name));
    case 'icmp':
    case 'icmp6':
    case 'icmpv6':
    case 'ipv6-icmp':
      return each(use.options, (option) => readIcmp(option, family === 'ip' ? 4 : 6));
    case 'multiport':
      return each(use.options, readMultiport);
    case 'conntrack':
    case 'state':
      return each(use.options, readConntrack);
    case 'mark':
    case 'connmark':
      return each(use.options, (option) => readMark(option, use.name === 'mark' ? 'mark' : 'connmark'));
    case 'physdev':
      return each(use.options, readPhysdev);
    case 'iprange':
      return each(use.options, readIprange);
    case 'comment': {
      const [text, ...others] = use.options.map((option) => option.values.join(' '));
      return text === undefined || others.length > 0 ? null : [{ kind: 'comment', text }];
    }
    default:
      return readSpecialMatch(use);
  }
}

/** Every option is a test of its own; one that is not understood makes the whole module so. */
function each(
  options: OptionUse[],
  read: (option: OptionUse, value: string) => IptablesMatch | null,
): IptablesMatch[] | null {
  const matches: IptablesMatch[] = [];
  for (const option of options) {
    const match = read(option, option.values.length === 1 ? (option.values[0] ?? '') : '');
    if (match === null) return null;
    matches.push(match);
  }
  return matches;
}

const tcpFlagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/** "SYN,ACK", "ALL", "NONE". The order is the one in which iptables prints them. */
function readFlags(text: string): string[] | null {
  const asked = text.toUpperCase().split(',');
  const flags = new Set<string>();
  for (const name of asked) {
    if (name === 'ALL') for (const flag of tcpFlagNames) flags.add(flag);
    else if (tcpFlagNames.includes(name)) flags.add(name);
    else if (name !== 'NONE') return null;
  }
  return tcpFlagNames.filter((flag) => flags.has(flag));
}

function readTransport(option: OptionUse, protocol: string): IptablesMatch | null {
  const { not } = option;
  const value = option.values[0] ?? '';
  switch (option.name) {
    case '--sport':
    case '--source-port': {
      const ports = option.values.length === 1 ? readRange(value) : null;
      return ports && { kind: 'sourcePort', not, protocol, ports };
    }
    case '--dport':
    case '--destination-port': {
      const ports = option.values.length === 1 ? readRange(value) : null;
      return ports && { kind: 'destinationPort', not, protocol, ports };
    }
    case '--tcp-flags': {
      const mask = readFlags(value);
      const set = readFlags(option.values[1] ?? '?');
      return protocol === 'tcp' && mask && set && option.values.length === 2
        ? { kind: 'tcpFlags', not, mask, set }
        : null;
    }
    case '--syn':
      return protocol === 'tcp' && option.values.length === 0
        ? { kind: 'tcpFlags', not, mask: ['FIN', 'SYN', 'RST', 'ACK'], set: ['SYN'] }
        : null;
    case '--tcp-option': {
      const number = readNumber(value);
      return protocol === 'tcp' && number !== null ? { kind: 'tcpOption', not, option: number } : null;
    }
    case '--chunk-types':
    case '--dccp-types':
    case '--dccp-option':
      // Says something of the payload that a question about a packet does not state.
      return { kind: 'stateful', not, module: protocol, words: [option.name, ...option.values] };
    default:
      return null;
  }
}

function readIcmp(option: OptionUse, family: 4 | 6): IptablesMatch | null {
  if (option.name !== '--icmp-type' && option.name !== '--icmpv6-type') return null;
  const name = option.values.join(' ');
  const type = readIcmpType(name, family);
  return type && { kind: 'icmpType', not: option.not, family, name, ...type };
}

const multiportSides: Record<string, 'source' | 'destination' | 'either'> = {
  '--sports': 'source',
  '--source-ports': 'source',
  '--dports': 'destination',
  '--destination-ports': 'destination',
  '--ports': 'either',
};

function readMultiport(option: OptionUse, value: string): IptablesMatch | null {
  const side = multiportSides[option.name];
  const ports = value.split(',').map((part) => readRange(part));
  if (side === undefined || !ports.every((part) => part !== null)) return null;
  return { kind: 'multiport', not: option.not, side, ports };
}

function readMark(option: OptionUse, kind: 'mark' | 'connmark'): IptablesMatch | null {
  const masked = option.name === '--mark' ? readMasked(option.values.join(' ')) : null;
  return masked && { kind, not: option.not, ...masked };
}

function readPhysdev(option: OptionUse): IptablesMatch | null {
  const { not, values } = option;
  const name = values[0] ?? null;
  switch (option.name) {
    case '--physdev-in':
      return name === null ? null : { kind: 'physdev', not, test: 'in', name };
    case '--physdev-out':
      return name === null ? null : { kind: 'physdev', not, test: 'out', name };
    case '--physdev-is-in':
      return values.length > 0 ? null : { kind: 'physdev', not, test: 'isIn', name: null };
    case '--physdev-is-out':
      return values.length > 0 ? null : { kind: 'physdev', not, test: 'isOut', name: null };
    case '--physdev-is-bridged':
      return values.length > 0 ? null : { kind: 'physdev', not, test: 'isBridged', name: null };
    default:
      return null;
  }
}

function readIprange(option: OptionUse, value: string): IptablesMatch | null {
  const [from, to = from, ...others] = value.split('-');
  if (from === undefined || from === '' || to === undefined || to === '' || others.length > 0) return null;
  switch (option.name) {
    case '--src-range':
      return { kind: 'iprange', not: option.not, side: 'source', from, to };
    case '--dst-range':
      return { kind: 'iprange', not: option.not, side: 'destination', from, to };
    default:
      return null;
  }
}
