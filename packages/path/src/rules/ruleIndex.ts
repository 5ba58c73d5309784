import type { IptablesBody, NftBody, Rule } from '@vethscope/model';
import type { Flight } from '../flight.ts';
import { bitsOf, ipNumber, ipRange } from '../ipNumber.ts';
import { fieldsOf } from './nftFields.ts';

/*
 * Which rules of a long chain can match a packet at all. Every rule stands under one thing that the packet must have for it to match (an address,
 * a port, a link), or under "always". Only those under what the packet has are tried, in their order: the others cannot match.
 */

export interface NumberedRule {
  rule: Rule;
  /** From 1, as a person counts the rules of the chain. */
  position: number;
}

const always = 'always';

/** Short chains are tried rule by rule, so that a person sees why each of them did not match. */
export const shortChain = 64;

function addressKey(side: 's' | 'd', text: string): string | null {
  const range = ipRange(text);
  return range !== null && range.length === bitsOf(range.family) ? `${side}${range.low}` : null;
}

/** The things that an iptables rule needs, the most telling first. */
function keyOfIptables({ matches }: IptablesBody): string {
  const keys: (string | null)[] = [null, null, null, null, null];
  for (const match of matches) {
    if ('not' in match && match.not) continue;
    if (match.kind === 'destination') keys[0] = addressKey('d', match.prefix);
    else if (match.kind === 'source') keys[1] = addressKey('s', match.prefix);
    else if (match.kind === 'destinationPort' && match.ports.from === match.ports.to) keys[2] = `p${match.ports.from}`;
    else if (match.kind === 'outLink' && !match.name.endsWith('+')) keys[3] = `o${match.name}`;
    else if (match.kind === 'inLink' && !match.name.endsWith('+')) keys[4] = `i${match.name}`;
  }
  return keys.find((key) => key !== null) ?? always;
}

const ranks: Record<string, number> = { d: 0, s: 1, p: 2, o: 3, i: 4 };

/** The same of an nft rule. Only its first matches count: behind a statement that does something, a rule has begun to act. */
function keyOfNft({ statements }: NftBody): string {
  const keys: (string | null)[] = [null, null, null, null, null];
  for (const { kind, value } of statements) {
    if (kind === 'counter') continue;
    if (kind !== 'match') break;
    const match = fieldsOf(value);
    if (match?.op !== '==') continue;
    const key = keyOfRelation(fieldsOf(match.left), match.right);
    if (key !== null) keys[ranks[key.charAt(0)] ?? 0] = key;
  }
  return keys.find((key) => key !== null) ?? always;
}

function keyOfRelation(left: ReturnType<typeof fieldsOf>, right: unknown): string | null {
  const payload = fieldsOf(left?.payload);
  const meta = fieldsOf(left?.meta)?.key;
  if (typeof right === 'number' && payload?.field === 'dport') return `p${right}`;
  if (typeof right !== 'string' || right.startsWith('@') || right.endsWith('*')) return null;
  if (payload?.field === 'daddr' || payload?.field === 'saddr') {
    return payload.protocol === 'ip' || payload.protocol === 'ip6'
      ? addressKey(payload.field === 'daddr' ? 'd' : 's', right)
      : null;
  }
  if (meta === 'oifname' || meta === 'oif') return `o${right}`;
  return meta === 'iifname' || meta === 'iif' ? `i${right}` : null;
}

export class RuleIndex {
  private readonly under = new Map<string, NumberedRule[]>();

  constructor(rules: readonly NumberedRule[]) {
    for (const one of rules) {
      const { rule } = one;
      const key = rule.body.syntax === 'iptables' ? keyOfIptables(rule.body) : keyOfNft(rule.body);
      const list = this.under.get(key);
      if (list === undefined) this.under.set(key, [one]);
      else list.push(one);
    }
  }

  /** The rules that may match, in order. A chain changes no address, port or link: what may match at its head may match at its end. */
  candidates(flight: Flight): NumberedRule[] {
    const keys = [
      always,
      `d${ipNumber(flight.destination)?.value ?? ''}`,
      `s${ipNumber(flight.source)?.value ?? ''}`,
      `p${flight.destinationPort ?? ''}`,
      `o${flight.outLink ?? ''}`,
      `i${flight.inLink ?? ''}`,
    ];
    const found = keys.flatMap((key) => this.under.get(key) ?? []);
    return found.sort((a, b) => a.position - b.position);
  }
}
