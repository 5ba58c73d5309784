import type { NftExpression } from '@vethscope/model';
import { isInPrefix } from '../ipNumber.ts';
import type { Said } from '../sentences/sentences.ts';
import { literalIn, magnitude, type NftScalar, type NftValue, sameIn } from './nftDomain.ts';
import { fieldsOf } from './nftFields.ts';
import type { RuleContext } from './ruleContext.ts';

/** Whether a value is what a literal, prefix, range, set or reference says; null where that is not understood. */
export function isAmong(value: NftValue, right: NftExpression, context: RuleContext): boolean | null {
  if (typeof right === 'string' && right.startsWith('@')) {
    const elements = elementsOf(right.slice(1), context);
    return elements === null ? null : anyOf(elements, (element) => isAmong(value, keyOf(element), context));
  }
  const fields = fieldsOf(right);
  if (fields !== null) {
    if (Array.isArray(fields.set)) return anyOf(fields.set, (element) => isAmong(value, element, context));
    if (fields.elem !== undefined) return isAmong(value, fieldsOf(fields.elem)?.val ?? null, context);
    if (Array.isArray(fields.concat)) return allOf(value, fields.concat, context);
  }
  if (Array.isArray(value) || value.domain === 'unread') return null;
  if (fields?.prefix !== undefined) {
    const prefix = fieldsOf(fields.prefix);
    return isInPrefix(String(value.value), `${String(prefix?.addr)}/${String(prefix?.len)}`);
  }
  if (Array.isArray(fields?.range)) return inRange(value, fields.range);
  if (Array.isArray(right)) return anyOf(right, (part) => isAmong(value, part, context));
  if (right === '*') return true;
  const literal = literalIn(value.domain, right);
  return literal === null ? null : sameIn(value.domain, value.value, literal);
}

function inRange({ domain, value }: NftScalar, [from, to]: NftExpression[]): boolean | null {
  const bounds = [from, to].map((bound) => {
    const literal = bound === undefined ? null : literalIn(domain, bound);
    return literal === null ? null : magnitude(domain, literal);
  });
  const [low, high] = bounds;
  const number = magnitude(domain, value);
  if (low === null || low === undefined || high === null || high === undefined || number === null) return null;
  return number >= low && number <= high;
}

function allOf(value: NftValue, parts: NftExpression[], context: RuleContext): boolean | null {
  const values = [value].flat();
  if (values.length !== parts.length) return null;
  let answer: boolean | null = true;
  for (const [at, part] of parts.entries()) {
    const scalar = values[at];
    const one = scalar === undefined ? null : isAmong(scalar, part, context);
    if (one === false) return false;
    if (one === null) answer = null;
  }
  return answer;
}

function anyOf(elements: readonly NftExpression[], test: (element: NftExpression) => boolean | null): boolean | null {
  let answer: boolean | null = false;
  for (const element of elements) {
    const one = test(element);
    if (one === true) return true;
    if (one === null) answer = null;
  }
  return answer;
}

/** The elements of a named set or map of the rule's table, as nft's JSON gave them. */
function elementsOf(name: string, { namespace, table }: RuleContext): NftExpression[] | null {
  const set = namespace.sets.get(`${table.id}/${name}`);
  return set === undefined ? null : (set.data as NftExpression[]);
}

/** An element of a map is a pair. */
function keyOf(element: NftExpression): NftExpression {
  return Array.isArray(element) ? (element[0] ?? null) : element;
}

export type MapReading = { kind: 'found'; data: NftExpression } | { kind: 'missing' } | { kind: 'open'; why: Said };

/** What a map or verdict map says for a key; a catch-all "*" is asked last. */
export function lookUpMap(key: NftValue, data: NftExpression, context: RuleContext): MapReading {
  const named = typeof data === 'string' && data.startsWith('@');
  const anonymous = fieldsOf(data)?.set;
  const pairs = named ? elementsOf(data.slice(1), context) : Array.isArray(anonymous) ? anonymous : null;
  if (pairs === null) return { kind: 'open', why: context.why.mapUnread(JSON.stringify(data)) };
  let open: MapReading | null = null;
  let catchAll: NftExpression | undefined;
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      open = { kind: 'open', why: context.why.notAPair };
      continue;
    }
    const [left = null, right = null] = pair;
    if (left === '*') {
      catchAll = right;
      continue;
    }
    const answer = isAmong(key, left, context);
    if (answer === true) return { kind: 'found', data: right };
    if (answer === null) open = { kind: 'open', why: context.why.keyNotUnderstood(JSON.stringify(left)) };
  }
  if (open !== null) return open;
  return catchAll === undefined ? { kind: 'missing' } : { kind: 'found', data: catchAll };
}
