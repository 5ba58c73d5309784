import type { NftExpression } from '@vethscope/model';
import { ipText } from '../ipNumber.ts';
import { literalIn, magnitude, type NftDomain, type NftScalar } from './nftDomain.ts';
import { absent, ct, fib, meta, type NftReading, open, payload, scalar, unmodelledValue } from './nftField.ts';
import { type NftFields as Fields, fieldsOf } from './nftFields.ts';
import { lookUpMap } from './nftSet.ts';
import type { RuleContext } from './ruleContext.ts';

/** The value of an expression for this packet. Source: libnftables-json(5), kernel nft_meta.c, nft_ct.c, nft_fib.c, nft_payload.c. */
export function readNft(expression: NftExpression, context: RuleContext): NftReading {
  const fields = fieldsOf(expression);
  const key = fields === null ? undefined : Object.keys(fields)[0];
  if (fields === null || key === undefined) return unmodelledValue(context.why.noValue(JSON.stringify(expression)));
  const inner = fields[key] ?? null;
  switch (key) {
    case 'payload':
      return payload(fieldsOf(inner) ?? {}, context);
    case 'meta':
      return meta(String(fieldsOf(inner)?.key), context);
    case 'ct':
      return ct(fieldsOf(inner) ?? {}, context);
    case 'fib':
      return fib(fieldsOf(inner) ?? {}, context);
    case 'rt':
      return String(fieldsOf(inner)?.key) === 'ipsec' ? open(context.why.ipsecUnread) : open(context.why.routeNotKept);
    case 'socket':
      return open(context.why.socketOptionsUnread);
    case 'concat':
      return concat(Array.isArray(inner) ? inner : [], context);
    case 'map':
      return mapped(fieldsOf(inner) ?? {}, context);
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return bitwise(key, Array.isArray(inner) ? inner : [], context);
    case 'exthdr':
    case 'ip option':
      return scalar('boolean', false);
    case 'numgen':
    case 'jhash':
    case 'symhash':
    case 'osf':
    case 'tcp option':
    case 'sctp chunk':
    case 'ipsec':
      return open(context.why.moreThanSnapshot(key));
    default:
      return unmodelledValue(context.why.expressionNotModelled(key));
  }
}

function concat(parts: NftExpression[], context: RuleContext): NftReading {
  const values: NftScalar[] = [];
  let unread: Extract<NftReading, { kind: 'open' | 'partly' }> | null = null;
  for (const part of parts) {
    const reading = readNft(part, context);
    // One part without a value ends the rule, whatever the others are.
    if (reading.kind === 'absent') return reading;
    if (reading.kind !== 'value') unread ??= reading;
    if (reading.kind === 'open') values.push({ domain: 'unread', value: false });
    else values.push(...[reading.value].flat());
  }
  if (unread === null) return { kind: 'value', value: values };
  return { kind: 'partly', value: values, why: unread.why, modelled: unread.modelled };
}

function mapped(fields: Fields, context: RuleContext): NftReading {
  const key = readNft(fields.key ?? null, context);
  if (key.kind === 'absent' || key.kind === 'open') return key;
  const found = lookUpMap(key.value, fields.data ?? null, context);
  if (found.kind === 'missing') return absent;
  if (found.kind === 'open') return key.kind === 'partly' ? { ...key, kind: 'open' } : unmodelledValue(found.why);
  return literalValue(found.data, context);
}

/** The data of a map, or a literal of a translation, whose domain is told by its form. */
export function literalValue(data: NftExpression, context: RuleContext): NftReading {
  const parts = fieldsOf(data)?.concat;
  if (Array.isArray(parts)) {
    const values = parts.map((part) => literalValue(part, context));
    const scalars = values.flatMap((reading) => (reading.kind === 'value' ? [reading.value].flat() : []));
    return scalars.length === parts.length
      ? { kind: 'value', value: scalars }
      : unmodelledValue(context.why.partNotLiteral);
  }
  if (typeof data === 'string' && literalIn('address', data) !== null) return scalar('address', data);
  if (typeof data === 'number') return scalar('port', data);
  if (typeof data === 'string') return scalar('name', data);
  return unmodelledValue(context.why.notLiteral(JSON.stringify(data)));
}

/** The literal of a bit mask: a number, a name, or a list of names. */
export function maskIn(domain: NftDomain, literal: NftExpression): bigint | null {
  const fields = fieldsOf(literal);
  const list = Array.isArray(literal) ? literal : Array.isArray(fields?.['|']) ? fields['|'] : null;
  if (list !== null) {
    let bits = 0n;
    for (const part of list) {
      const value = maskIn(domain, part);
      if (value === null) return null;
      bits |= value;
    }
    return bits;
  }
  const value = literalIn(domain, literal);
  return value === null ? null : magnitude(domain, value);
}

function bitwise(operator: string, operands: NftExpression[], context: RuleContext): NftReading {
  const [left, right] = operands;
  if (left === undefined || right === undefined) return unmodelledValue(context.why.bitsWithoutOperands);
  const reading = readNft(left, context);
  if (reading.kind !== 'value') return reading;
  if (Array.isArray(reading.value)) return unmodelledValue(context.why.bitsOfConcatenation);
  const { domain, value } = reading.value;
  const [a, b] = [magnitude(domain, value), maskIn(domain, right)];
  if (a === null || b === null) return unmodelledValue(context.why.bitsNotUnderstood(JSON.stringify(right)));
  const apply = (): bigint => {
    if (operator === '&') return a & b;
    if (operator === '|') return a | b;
    if (operator === '^') return a ^ b;
    return operator === '<<' ? a << b : a >> b;
  };
  const result = apply();
  return domain === 'address'
    ? scalar('address', ipText({ family: context.flight.family, value: result }))
    : scalar(domain, Number(result));
}
