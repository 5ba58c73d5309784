import type { IptablesMatch, NetfilterSet } from '@vethscope/model';
import { ipNumber, isInPrefix } from '../ipNumber.ts';
import { type Answer, depends, type RuleContext, unmodelled } from './ruleContext.ts';

type SetMatch = Extract<IptablesMatch, { kind: 'set' }>;

/** Whether the packet's fields stand in an ipset, field by field in the order of its type (ipset(8)). */
export function matchIpset(match: SetMatch, context: RuleContext): Answer {
  const set = context.namespace.sets.get(`/${match.name}`);
  if (set === undefined) return unmodelled(context.why.ipsetUnread(match.name));
  return inSet(set, match, context);
}

function inSet(set: NetfilterSet, match: SetMatch, context: RuleContext): Answer {
  const [method, fields = ''] = set.dataType.split(':');
  if (method === 'list') {
    let open: Answer | null = null;
    for (const element of set.elements) {
      const member = context.namespace.sets.get(`/${element.split(' ')[0] ?? ''}`);
      const answer =
        member === undefined ? unmodelled(context.why.ipsetUnread(element)) : inSet(member, match, context);
      if (answer === true) return true;
      if (answer !== false) open = answer;
    }
    return open ?? false;
  }
  const family = set.family === 'inet6' ? 6 : 4;
  const kinds = fields.split(',');
  if (kinds.some((kind) => kind === 'mac')) return depends(context.why.macNotAsked);
  if (family !== context.flight.family && kinds.some((kind) => kind === 'ip' || kind === 'net')) return false;
  let best: { narrow: number[]; excluded: boolean } | null = null;
  for (const element of set.elements) {
    const [values = '', ...options] = element.split(' ');
    const parts = values.split(',');
    const answers = kinds.map((kind, at) => fieldMatches(kind, parts[at], { match, at, context }));
    if (answers.includes(false)) continue;
    if (answers.includes(null)) return unmodelled(context.why.elementNotUnderstood(element, set.name));
    const narrow = kinds.flatMap((kind, at) => (kind === 'net' ? [prefixLength(parts[at])] : []));
    if (best === null || isNarrower(narrow, best.narrow)) best = { narrow, excluded: options.includes('nomatch') };
  }
  return best !== null && (!best.excluded || match.returnNomatch);
}

/** The narrowest network decides, be it a "nomatch". Source: kernel ip_set_hash_gen.h mtype_test_cidrs. */
function isNarrower(narrow: readonly number[], than: readonly number[]): boolean {
  for (const [at, length] of narrow.entries()) {
    const other = than[at] ?? 0;
    if (length !== other) return length > other;
  }
  return false;
}

const prefixLength = (value = ''): number => Number(value.split('/')[1] ?? 128);

function fieldMatches(
  kind: string,
  value: string | undefined,
  { match, at, context }: { match: SetMatch; at: number; context: RuleContext },
): boolean | null {
  const { flight } = context;
  const side = match.directions[at] ?? match.directions.at(-1) ?? 'src';
  if (value === undefined) return null;
  switch (kind) {
    case 'ip':
    case 'net': {
      const address = side === 'src' ? flight.source : flight.destination;
      const [low, high] = value.split('-');
      if (high === undefined || low === undefined) return isInPrefix(address, value);
      const [number, from, to] = [ipNumber(address), ipNumber(low), ipNumber(high)];
      if (number === null || from === null || to === null) return null;
      return number.value >= from.value && number.value <= to.value;
    }
    case 'port': {
      const [protocol, ports = value] = value.includes(':') ? value.split(':') : [null, value];
      if (protocol !== null && protocol !== undefined && protocol.toLowerCase() !== flight.protocol) return false;
      const [from, to = from] = ports.split('-').map(Number);
      const port = side === 'src' ? flight.sourcePort : flight.destinationPort;
      if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
      return port !== null && port >= from && port <= to;
    }
    case 'iface': {
      if (value.startsWith('physdev:')) {
        return (side === 'src' ? flight.physIn : flight.physOut) === value.slice('physdev:'.length);
      }
      return (side === 'src' ? flight.inLink : flight.outLink) === value;
    }
    case 'mark':
      return Number(value) === flight.mark;
    default:
      return null;
  }
}
