import type { IptablesMatch, NftExpression } from '@vethscope/model';
import { fieldsOf } from './nftFields.ts';

const options: Partial<Record<IptablesMatch['kind'], string>> = {
  source: '-s',
  destination: '-d',
  inLink: '-i',
  outLink: '-o',
  protocol: '-p',
  sourcePort: '--sport',
  destinationPort: '--dport',
  ctState: '--ctstate',
  mark: '--mark',
  connmark: '--connmark',
  set: '--match-set',
  addrtype: 'addrtype',
};

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  const { from, to } = value as { from?: unknown; to?: unknown };
  return from === to ? String(from) : `${String(from)}:${String(to)}`;
}

/** A part of an iptables rule that did not match, in iptables' words where they are short. */
export function describeIptables(match: IptablesMatch): string {
  const { kind } = match;
  const shown = Object.entries(match).filter(
    ([key, value]) => !['kind', 'not'].includes(key) && value !== null && value !== false,
  );
  const isPort = kind === 'sourcePort' || kind === 'destinationPort';
  const values = shown.filter(([key]) => !(isPort && key === 'protocol')).map(([, value]) => valueText(value));
  const not = 'not' in match && match.not ? '! ' : '';
  return `${not}${[options[kind] ?? kind, ...values].join(' ')}`;
}

function expressionText(expression: NftExpression): string {
  const fields = fieldsOf(expression);
  if (Array.isArray(expression)) return expression.map(expressionText).join(', ');
  if (fields === null) return String(expression);
  const payload = fieldsOf(fields.payload);
  if (payload !== null) return `${String(payload.protocol)} ${String(payload.field)}`;
  const meta = fieldsOf(fields.meta);
  if (meta !== null) return String(meta.key);
  const ct = fieldsOf(fields.ct);
  if (ct !== null) return `ct ${ct.dir === undefined ? '' : `${String(ct.dir)} `}${String(ct.key)}`;
  const fib = fieldsOf(fields.fib);
  if (fib !== null) return `fib ${[fib.flags ?? []].flat().map(String).join(' . ')} ${String(fib.result)}`;
  const prefix = fieldsOf(fields.prefix);
  if (prefix !== null) return `${String(prefix.addr)}/${String(prefix.len)}`;
  if (Array.isArray(fields.range)) return fields.range.map(expressionText).join('-');
  if (Array.isArray(fields.set)) return `{ ${fields.set.map(expressionText).join(', ')} }`;
  if (Array.isArray(fields.concat)) return fields.concat.map(expressionText).join(' . ');
  return JSON.stringify(expression);
}

/** A match of an nft rule, nearly as nft prints it. */
export function describeNftMatch(value: NftExpression): string {
  const fields = fieldsOf(value);
  if (fields === null) return JSON.stringify(value);
  const op = fields.op === '==' || fields.op === 'in' ? '' : `${String(fields.op)} `;
  return `${expressionText(fields.left ?? null)} ${op}${expressionText(fields.right ?? null)}`;
}
