import type { IptablesBody, NftBody, NftExpression, Rule } from '@vethscope/model';
import { canonicalAddress } from '../addressText.ts';

interface PortRange {
  from: number;
  to: number;
}

/** What a DNAT rule does with published traffic. null: the rule does not ask for it (any protocol, any address, the port as it was). */
export interface DnatRule {
  id: string;
  family: 4 | 6;
  protocol: string | null;
  /** The destination that it matches, without prefix length. */
  destination: string | null;
  ports: PortRange | null;
  toAddress: string;
  toPort: number | null;
}

function hostPart(prefix: string): string | null {
  return canonicalAddress(prefix.split('/')[0] ?? '');
}

type Matched = Pick<DnatRule, 'protocol' | 'destination' | 'ports'>;

function matchedByIptables(body: IptablesBody): Matched {
  const found: Matched = { protocol: null, destination: null, ports: null };
  for (const match of body.matches) {
    if (match.kind === 'protocol' && !match.not) found.protocol = match.protocol;
    if (match.kind === 'destination' && !match.not) found.destination = hostPart(match.prefix);
    if (match.kind === 'destinationPort' && !match.not) found.ports = match.ports;
  }
  return found;
}

function field(value: NftExpression | undefined, key: string): NftExpression | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
}

function rangeOf(value: NftExpression | undefined): PortRange | null {
  if (typeof value === 'number') return { from: value, to: value };
  const range = field(value, 'range');
  if (!Array.isArray(range)) return null;
  const [from, to] = range;
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null;
}

function matchedByNft(body: NftBody): Matched {
  const found: Matched = { protocol: null, destination: null, ports: null };
  for (const { kind, value } of body.statements) {
    if (kind !== 'match' || field(value, 'op') === '!=') continue;
    const left = field(field(value, 'left'), 'payload');
    const right = field(value, 'right');
    const name = field(left, 'field');
    const protocol = field(left, 'protocol');
    if (name === 'daddr' && typeof right === 'string') found.destination = hostPart(right);
    if (name === 'dport' && typeof protocol === 'string') {
      if (protocol !== 'th') found.protocol = protocol;
      found.ports = rangeOf(right);
    }
  }
  return found;
}

/** null for a rule that is no DNAT to one address. */
export function readDnatRule(rule: Rule): DnatRule | null {
  if (rule.translation?.kind !== 'dnat' || rule.translation.address === null) return null;
  const toAddress = canonicalAddress(rule.translation.address);
  if (toAddress === null) return null;
  const port = rule.translation.port;
  return {
    id: rule.id,
    family: toAddress.includes(':') ? 6 : 4,
    ...(rule.body.syntax === 'iptables' ? matchedByIptables(rule.body) : matchedByNft(rule.body)),
    toAddress,
    toPort: port !== null && /^\d+$/.test(port) ? Number(port) : null,
  };
}
