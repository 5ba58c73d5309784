import type { NftExpression, NftStatement } from '@vethscope/model';

type Kind = NftStatement['kind'];

/** The keys of libnftables-json(5), and of src/json.c of nftables 1.1 for what the manual leaves out. */
const kinds: Record<string, Kind> = {
  match: 'match',
  counter: 'counter',
  accept: 'accept',
  drop: 'drop',
  return: 'return',
  continue: 'continue',
  jump: 'jump',
  goto: 'goto',
  vmap: 'vmap',
  reject: 'reject',
  dnat: 'dnat',
  snat: 'snat',
  masquerade: 'masquerade',
  redirect: 'redirect',
  log: 'log',
  limit: 'limit',
  'ct count': 'ctCount',
  quota: 'quota',
  mangle: 'mangle',
  notrack: 'notrack',
  queue: 'queue',
  set: 'set',
  map: 'map',
  meter: 'meter',
  fwd: 'fwd',
  dup: 'dup',
  tproxy: 'tproxy',
  flow: 'flow',
  'ct helper': 'ctHelper',
  'ct timeout': 'ctTimeout',
  'ct expectation': 'ctExpectation',
  secmark: 'secmark',
  tunnel: 'tunnel',
  reset: 'reset',
  synproxy: 'synproxy',
  last: 'lastUsed',
  xt: 'xt',
};

/** An object of the JSON that is neither an array nor null. */
export function asObject(value: NftExpression | undefined): { [key: string]: NftExpression } | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** JSON of nft gives a list of one as the one alone, in some places and versions. */
export function listOf(value: NftExpression | undefined): NftExpression[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export interface NftStatementReading {
  statement: NftStatement;
  counters: { packets: number; bytes: number } | null;
}

/** One entry of a rule's "expr". What has no kind here, or more than one key, is kept whole as `unknown`. */
export function readNftStatement(entry: NftExpression): NftStatementReading {
  const object = asObject(entry);
  const keys = object === null ? [] : Object.keys(object);
  const key = keys[0];
  const kind = key !== undefined && keys.length === 1 && Object.hasOwn(kinds, key) ? kinds[key] : undefined;
  if (object === null || key === undefined || kind === undefined)
    return { statement: { kind: 'unknown', value: entry }, counters: null };
  const value = object[key] ?? null;
  const figures = asObject(value);
  // The figures change all the time: they go to the counters, so that the rule stays the same.
  if (kind === 'counter' && figures !== null && 'packets' in figures) {
    const { packets, bytes } = figures;
    const counters = typeof packets === 'number' && typeof bytes === 'number' ? { packets, bytes } : null;
    return { statement: { kind, value: null }, counters };
  }
  if (kind === 'lastUsed') return { statement: { kind, value: null }, counters: null };
  if (kind === 'quota' && figures !== null) {
    const { used: _used, used_unit: _usedUnit, ...quota } = figures;
    return { statement: { kind, value: quota }, counters: null };
  }
  return { statement: { kind, value }, counters: null };
}
