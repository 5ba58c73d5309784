import type { IptablesMatch } from '@vethscope/model';
import { readRange } from './iptablesNumbers.ts';
import type { OptionUse } from './iptablesOptions.ts';

type Tuple = Extract<IptablesMatch, { kind: 'ctAddress' }>['tuple'];

const addresses: Record<string, Tuple> = {
  '--ctorigsrc': 'origSource',
  '--ctorigdst': 'origDestination',
  '--ctreplsrc': 'replySource',
  '--ctrepldst': 'replyDestination',
};

const ports: Record<string, Tuple> = {
  '--ctorigsrcport': 'origSource',
  '--ctorigdstport': 'origDestination',
  '--ctreplsrcport': 'replySource',
  '--ctrepldstport': 'replyDestination',
};

const states = new Set(['INVALID', 'NEW', 'ESTABLISHED', 'RELATED', 'UNTRACKED', 'SNAT', 'DNAT']);
const statuses = new Set(['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED']);

/** One option of `-m conntrack` or `-m state` (libxt_conntrack.c); null where it is none of theirs. */
export function readConntrack(option: OptionUse): IptablesMatch | null {
  const { name, not } = option;
  const value = option.values.length === 1 ? (option.values[0] ?? '') : '';
  if (value === '') return null;
  switch (name) {
    case '--ctstate':
    case '--state': {
      const asked = value.split(',').map((state) => state.toUpperCase());
      return asked.every((state) => states.has(state)) ? { kind: 'ctState', not, states: asked } : null;
    }
    case '--ctstatus': {
      const asked = value.split(',').map((status) => status.toUpperCase());
      return asked.every((status) => statuses.has(status)) ? { kind: 'ctStatus', not, statuses: asked } : null;
    }
    case '--ctdir': {
      // "!" is not allowed with it, but means the other direction if it is there.
      const original = value.toUpperCase() === 'ORIGINAL';
      if (!original && value.toUpperCase() !== 'REPLY') return null;
      return { kind: 'ctDirection', direction: original !== not ? 'original' : 'reply' };
    }
    case '--ctproto':
      return { kind: 'ctProtocol', not, protocol: value };
    case '--ctexpire':
      return { kind: 'stateful', not, module: 'conntrack', words: [name, value] };
    default: {
      const addressTuple = addresses[name];
      if (addressTuple) return { kind: 'ctAddress', not, tuple: addressTuple, prefix: value };
      const portTuple = ports[name];
      const range = portTuple && readRange(value);
      return portTuple && range ? { kind: 'ctPort', not, tuple: portTuple, ports: range } : null;
    }
  }
}
