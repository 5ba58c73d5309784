import type { NftExpression } from '@vethscope/model';
import { asObject } from './nftStatement.ts';

/**
 * How nft prints a constant. Its JSON has lost the types, so they are taken from what the constant is compared with. A `quoted` string stands in
 * quotes, so does a `name` unless it is the number of a thing that has none; a `hex` number has at least so many digits.
 */
export type NftDatatype =
  | { kind: 'plain' }
  | { kind: 'quoted' }
  | { kind: 'name' }
  | { kind: 'hex'; digits: number }
  | { kind: 'duration' }
  | { kind: 'bitmask'; digits: number }
  | { kind: 'concat'; parts: NftDatatype[] };

export const plain: NftDatatype = { kind: 'plain' };
export const quoted: NftDatatype = { kind: 'quoted' };
const name: NftDatatype = { kind: 'name' };
const mark: NftDatatype = { kind: 'hex', digits: 8 };
const hex: NftDatatype = { kind: 'hex', digits: 0 };
const bitmask: NftDatatype = { kind: 'bitmask', digits: 0 };
const etherType: NftDatatype = { kind: 'hex', digits: 4 };
/** Hexadecimal from 1.0.9 on: the printing decides. */
export const fragOff: NftDatatype = { kind: 'hex', digits: 0 };
const dscp: NftDatatype = { kind: 'hex', digits: 2 };

const metaTypes: Record<string, NftDatatype> = {
  mark,
  secmark: hex,
  protocol: etherType,
  ibrvproto: etherType,
  iif: name,
  oif: name,
  sdif: name,
  iifname: quoted,
  oifname: quoted,
  sdifname: quoted,
  ibrname: quoted,
  obrname: quoted,
  ibriport: quoted,
  obriport: quoted,
  iifkind: quoted,
  oifkind: quoted,
  iifgroup: name,
  oifgroup: name,
  skuid: name,
  skgid: name,
  time: quoted,
  day: quoted,
  hour: quoted,
  rtclassid: name,
};

const ctTypes: Record<string, NftDatatype> = {
  mark,
  secmark: hex,
  state: bitmask,
  status: bitmask,
  event: bitmask,
  label: quoted,
  helper: quoted,
  expiration: { kind: 'duration' },
};

/** The names that `type` of a set declares (src/datatype.c of nftables). */
const namedTypes: Record<string, NftDatatype> = {
  mark,
  ifname: quoted,
  iface_index: name,
  devgroup: name,
  string: quoted,
  uid: name,
  gid: name,
  time: quoted,
  day: quoted,
  hour: quoted,
  realm: name,
  cgroupsv2: quoted,
  ct_label: quoted,
  ether_type: etherType,
  dscp,
  tcp_flag: bitmask,
  ct_state: bitmask,
  ct_status: bitmask,
  ct_event: bitmask,
};

const own = <T>(record: Record<string, T>, key: NftExpression | undefined): T | undefined =>
  typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined;

/** The datatype of what an expression yields. */
export function datatypeOf(expression: NftExpression): NftDatatype {
  const object = asObject(expression);
  if (object === null) return plain;
  const [key, value] = Object.entries(object)[0] ?? [];
  const inner = asObject(value);
  switch (key) {
    case 'meta':
      return own(metaTypes, inner?.key) ?? plain;
    case 'ct':
      return own(ctTypes, inner?.key) ?? plain;
    case 'payload':
      return inner === null ? plain : payloadType(inner);
    case 'socket':
      return inner?.key === 'mark' ? mark : inner?.key === 'cgroupv2' ? quoted : plain;
    case 'osf':
      return quoted;
    case 'rt':
      return inner?.key === 'classid' ? name : plain;
    case 'fib':
      return inner?.result === 'oif' ? name : inner?.result === 'oifname' ? quoted : plain;
    case 'concat':
      return { kind: 'concat', parts: Array.isArray(value) ? value.map(datatypeOf) : [] };
    case 'elem':
      return inner?.val === undefined ? plain : datatypeOf(inner.val);
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return bitwiseType(value);
    default:
      return plain;
  }
}

/** What a bitwise operation yields is printed like what it begins with. */
function bitwiseType(operands: NftExpression | undefined): NftDatatype {
  const left = Array.isArray(operands) ? operands[0] : undefined;
  return left === undefined ? plain : datatypeOf(left);
}

function payloadType({ protocol, field, base }: { [key: string]: NftExpression }): NftDatatype {
  if (base !== undefined) return hex;
  if (field === 'dscp') return dscp;
  if (field === 'frag-off') return fragOff;
  if (field === 'flags' && protocol === 'tcp') return bitmask;
  if (field === 'type' && (protocol === 'ether' || protocol === 'vlan')) return etherType;
  return plain;
}

/** The datatype that `type` of a set or map declares: a name, a list of them, or `{typeof: EXPRESSION}`. */
export function declaredType(type: NftExpression | undefined): NftDatatype {
  if (typeof type === 'string') return own(namedTypes, type) ?? plain;
  if (Array.isArray(type)) return { kind: 'concat', parts: type.map(declaredType) };
  const expression = asObject(type)?.typeof;
  return expression === undefined ? plain : datatypeOf(expression);
}

/** "1h30m", as nft prints a time in seconds (src/datatype.c time_print). */
export function durationText(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ];
  let left = Math.floor(seconds);
  let text = '';
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
