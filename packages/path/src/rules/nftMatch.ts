import type { NftExpression } from '@vethscope/model';
import { literalIn, magnitude } from './nftDomain.ts';
import { fieldsOf } from './nftFields.ts';
import { isAmong } from './nftSet.ts';
import { maskIn, readNft } from './nftValue.ts';
import { type Answer, depends, type RuleContext, unmodelled } from './ruleContext.ts';

/** One `match` statement: a relation between a value of the packet and what the rule says. Source: libnftables-json(5), MATCH. */
export function matchNft(statement: NftExpression, context: RuleContext): Answer {
  const fields = fieldsOf(statement);
  if (fields === null) return unmodelled(context.why.matchNotUnderstood);
  const reading = readNft(fields.left ?? null, context);
  if (reading.kind === 'absent') return false;
  if (reading.kind === 'open') return reading.modelled ? depends(reading.why) : unmodelled(reading.why);
  const right = fields.right ?? null;
  const op = String(fields.op ?? '==');
  const notUnderstood = (): Answer => unmodelled(context.why.valueNotUnderstood(JSON.stringify(right)));
  const { value } = reading;
  if (reading.kind === 'partly') {
    const answer = isAmong(value, right, context);
    if (answer !== null) return answer !== (op === '!=');
    return reading.modelled ? depends(reading.why) : unmodelled(reading.why);
  }
  // `fib … oif missing` compares a link with nothing.
  if (typeof right === 'boolean' && !Array.isArray(value) && value.domain === 'name') {
    return ((value.value !== '') === right) === (op !== '!=');
  }
  switch (op) {
    case '==':
    case 'in':
    case '!=': {
      const flags = Array.isArray(value) || op === '!=' ? null : flagsMatch(value, right, op);
      const answer = flags ?? isAmong(value, right, context);
      return answer === null ? notUnderstood() : answer !== (op === '!=');
    }
    // "ct status ! dnat": none of these bits is set. nft prints `& dnat == 0` so.
    case '!': {
      const bits = Array.isArray(value) ? null : maskIn(value.domain, right);
      if (bits === null || Array.isArray(value) || typeof value.value !== 'number') return notUnderstood();
      return (BigInt(value.value) & bits) === 0n;
    }
    case '<':
    case '>':
    case '<=':
    case '>=': {
      if (Array.isArray(value)) return notUnderstood();
      const literal = literalIn(value.domain, right);
      const a = magnitude(value.domain, value.value);
      const b = literal === null ? null : magnitude(value.domain, literal);
      if (a === null || b === null) return notUnderstood();
      if (op === '<') return a < b;
      if (op === '>') return a > b;
      return op === '<=' ? a <= b : a >= b;
    }
    default:
      return unmodelled(context.why.operatorNotModelled(op));
  }
}

/** Bits: `in` asks whether one of the named bits is set, `==` with a list whether these and no others are. */
function flagsMatch(
  { domain, value }: { domain: Parameters<typeof maskIn>[0]; value: string | number | boolean },
  right: NftExpression,
  op: string,
): boolean | null {
  if (domain !== 'tcpFlags' && domain !== 'ctStatus') return null;
  const bits = maskIn(domain, right);
  if (bits === null || typeof value !== 'number') return null;
  return op === 'in' ? (BigInt(value) & bits) !== 0n : BigInt(value) === bits;
}
