import type { IptablesMatch } from '@vethscope/model';
import { readMasked, readNumber, readRange } from './iptablesNumbers.ts';
import { type ExtensionUse, type OptionUse, wordsOf } from './iptablesOptions.ts';

/** Modules whose options belong together, or that stand alone. null: not a module known here, or an option that is not. */
export function readSpecialMatch(use: ExtensionUse): IptablesMatch[] | null {
  const options = new Options(use.options);
  const matches = readTogether(use, options);
  return matches !== null && options.allTaken() ? matches : null;
}

/** Hands out options by name and knows whether one was left over. */
class Options {
  private readonly left: OptionUse[];
  constructor(options: OptionUse[]) {
    this.left = [...options];
  }
  take(name: string): OptionUse | undefined {
    const at = this.left.findIndex((option) => option.name === name);
    return at < 0 ? undefined : this.left.splice(at, 1)[0];
  }
  flag(name: string): boolean {
    return this.take(name) !== undefined;
  }
  takeAll(): OptionUse[] {
    return this.left.splice(0);
  }
  allTaken(): boolean {
    return this.left.length === 0;
  }
}

const one = (option: OptionUse | undefined): string => (option?.values.length === 1 ? (option.values[0] ?? '') : '');

function readTogether(use: ExtensionUse, options: Options): IptablesMatch[] | null {
  switch (use.name) {
    case 'addrtype':
      return readAddrtype(options);
    case 'set':
      return readSet(options, use);
    case 'owner':
      return readOwner(options);
    case 'rpfilter':
      return [
        {
          kind: 'rpfilter',
          loose: options.flag('--loose'),
          validMark: options.flag('--validmark'),
          acceptLocal: options.flag('--accept-local'),
          not: options.flag('--invert'),
        },
      ];
    case 'socket':
      return [
        {
          kind: 'socket',
          not: false,
          transparent: options.flag('--transparent'),
          noWildcard: options.flag('--nowildcard'),
          restoreMark: options.flag('--restore-skmark'),
        },
      ];
    case 'policy':
      return readPolicy(options);
    case 'ipvs':
      return readIpvs(options);
    case 'mac': {
      const source = options.take('--mac-source');
      return source === undefined ? null : [{ kind: 'mac', not: source.not, address: one(source).toLowerCase() }];
    }
    case 'pkttype': {
      const type = options.take('--pkt-type');
      return type === undefined ? null : [{ kind: 'pkttype', not: type.not, type: one(type) }];
    }
    case 'length': {
      const length = options.take('--length');
      const lengths = readRange(one(length));
      return !length || !lengths ? null : [{ kind: 'length', not: length.not, lengths }];
    }
    case 'ttl':
    case 'hl':
      return readTtl(options, use.name);
    case 'dscp': {
      const dscp = options.take('--dscp');
      const value = readNumber(one(dscp));
      return dscp && value !== null ? [{ kind: 'dscp', not: dscp.not, value }] : null;
    }
    case 'tos': {
      const tos = options.take('--tos');
      const masked = readMasked(one(tos), 0xff);
      return !tos || !masked ? null : [{ kind: 'tos', not: tos.not, ...masked }];
    }
    case 'helper': {
      const helper = options.take('--helper');
      return helper === undefined ? null : [{ kind: 'ctHelper', not: helper.not, helper: one(helper) }];
    }
    case 'ah':
    case 'esp':
    case 'ipcomp':
    case 'frag':
    case 'rt':
    case 'hbh':
    case 'dst':
    case 'mh':
    case 'srh':
    case 'ipv6header':
      return [{ kind: 'extensionHeader', not: false, header: use.name, words: wordsOf(options.takeAll()) }];
    default:
      return null;
  }
}

function readAddrtype(options: Options): IptablesMatch[] | null {
  const matches: IptablesMatch[] = [];
  const limits = { limitIn: options.flag('--limit-iface-in'), limitOut: options.flag('--limit-iface-out') };
  for (const side of ['source', 'destination'] as const) {
    const option = options.take(side === 'source' ? '--src-type' : '--dst-type');
    if (option === undefined) continue;
    const types = one(option).toUpperCase().split(',');
    if (!types.every((type) => /^[A-Z]+$/.test(type))) return null;
    matches.push({ kind: 'addrtype', not: option.not, side, types, ...limits });
  }
  return matches.length > 0 ? matches : null;
}

/** Options of `-m set` beyond the set itself ask how often an element was hit: that is more than a snapshot knows. */
const setCounterOptions = ['--packets-', '--bytes-', '--update-counters', '--update-subcounters'];

function readSet(options: Options, use: ExtensionUse): IptablesMatch[] | null {
  const set = options.take('--match-set');
  const [name, flags] = set?.values ?? [];
  const directions = flags?.split(',');
  if (!set || name === undefined || !directions?.every((flag) => flag === 'src' || flag === 'dst')) return null;
  const returnNomatch = options.flag('--return-nomatch');
  const matches: IptablesMatch[] = [{ kind: 'set', not: set.not, name, directions, returnNomatch }];
  const others = options.takeAll();
  if (!others.every((option) => setCounterOptions.some((known) => option.name.startsWith(known)))) return null;
  const asksCounters = others.filter((option) => !option.name.startsWith('--update'));
  if (asksCounters.length > 0)
    matches.push({ kind: 'stateful', not: false, module: use.name, words: wordsOf(asksCounters) });
  return matches;
}

function readOwner(options: Options): IptablesMatch[] | null {
  const matches: IptablesMatch[] = [];
  const supplementary = options.flag('--suppl-groups');
  for (const test of ['uid', 'gid'] as const) {
    const option = options.take(`--${test}-owner`);
    if (option === undefined) continue;
    const value = one(option);
    if (value === '') return null;
    const ids = readRange(value, { separator: '-', max: 0xffffffff });
    matches.push({ kind: 'owner', not: option.not, test, value, ids, supplementary: test === 'gid' && supplementary });
  }
  const exists = options.take('--socket-exists');
  if (exists) {
    const nothing = { value: null, ids: null, supplementary: false };
    matches.push({ kind: 'owner', not: exists.not, test: 'socketExists', ...nothing });
  }
  return matches.length > 0 ? matches : null;
}

function readPolicy(options: Options): IptablesMatch[] | null {
  const direction = one(options.take('--dir'));
  const pol = options.take('--pol');
  const policy = one(pol);
  if (direction !== 'in' && direction !== 'out') return null;
  if (!pol || (policy !== 'none' && policy !== 'ipsec')) return null;
  return [{ kind: 'policy', not: pol.not, direction, policy, words: wordsOf(options.takeAll()) }];
}

const ipvsTests: Record<string, Extract<IptablesMatch, { kind: 'ipvs' }>['test']> = {
  '--ipvs': 'isIpvs',
  '--vproto': 'protocol',
  '--vaddr': 'address',
  '--vport': 'port',
  '--vdir': 'direction',
  '--vmethod': 'method',
  '--vportctl': 'controlPort',
};

function readIpvs(options: Options): IptablesMatch[] | null {
  const matches: IptablesMatch[] = [];
  for (const { name, not, values } of options.takeAll()) {
    const test = ipvsTests[name];
    if (test === undefined || values.length !== (test === 'isIpvs' ? 0 : 1)) return null;
    matches.push({ kind: 'ipvs', not, test, value: values[0] ?? null });
  }
  return matches.length > 0 ? matches : null;
}

function readTtl(options: Options, prefix: 'ttl' | 'hl'): IptablesMatch[] | null {
  for (const compare of ['eq', 'lt', 'gt'] as const) {
    const option =
      options.take(`--${prefix}-${compare}`) ?? (compare === 'eq' ? options.take(`--${prefix}`) : undefined);
    const value = readNumber(one(option));
    if (option && value !== null) return [{ kind: 'ttl', not: option.not, compare, value }];
  }
  return null;
}
