import type { NftExpression, NftStatement } from '@vethscope/model';
import { plain, quoted } from './nftDatatype.ts';
import { expressionText, isAtLeast, type NftPrinting } from './nftExpressionText.ts';
import { asObject } from './nftStatement.ts';

type Fields = { [key: string]: NftExpression };
type Action = Extract<
  NftStatement['kind'],
  | 'reject'
  | 'dnat'
  | 'snat'
  | 'masquerade'
  | 'redirect'
  | 'log'
  | 'limit'
  | 'ctCount'
  | 'quota'
  | 'queue'
  | 'fwd'
  | 'dup'
  | 'tproxy'
  | 'flow'
  | 'synproxy'
>;

/** The text of a statement that does something (src/statement.c of nftables). A named object is given by its name alone. */
export function actionText(kind: Action, value: NftExpression, printing: NftPrinting): string {
  const fields = asObject(value) ?? {};
  const isName = typeof value === 'string' || 'map' in fields;
  switch (kind) {
    case 'reject':
      return rejectText(fields, printing);
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
      return natText(kind, fields, printing);
    case 'log':
      return logText(fields);
    case 'limit':
      return isName ? `limit name ${expressionText(value, quoted, printing)}` : limitText(fields, printing);
    case 'quota':
      return isName ? `quota name ${expressionText(value, quoted, printing)}` : quotaText(fields);
    case 'synproxy':
      return isName ? `synproxy name ${expressionText(value, quoted, printing)}` : synproxyText(fields);
    case 'ctCount':
      return `ct count ${fields.inv === true ? 'over ' : ''}${word(fields.val)}`;
    case 'queue':
      return queueText(fields, printing);
    case 'fwd':
      return fwdText(fields, printing);
    case 'dup': {
      const device = fields.dev === undefined ? '' : ` device ${expressionText(fields.dev, quoted, printing)}`;
      return fields.addr === undefined
        ? 'dup'
        : `dup to ${expressionText(fields.addr, printing.family === 'netdev' ? quoted : plain, printing)}${device}`;
    }
    case 'tproxy':
      return tproxyText(fields, printing);
    case 'flow':
      return `flow ${word(fields.op)} ${word(fields.flowtable)}`;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function word(value: NftExpression | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const flagsOf = (fields: Fields): string[] => [fields.flags ?? []].flat().map((flag) => word(flag));

function rejectText({ type, expr = null }: Fields, printing: NftPrinting): string {
  if (type === undefined) return 'reject';
  if (type === 'tcp reset') return 'reject with tcp reset';
  const usual = expr === 'port-unreachable';
  // In the table of one family the usual answer goes without saying; elsewhere only the one that fits all families does.
  const silent = type === 'icmpx' || printing.family === 'ip' || printing.family === 'ip6';
  return usual && silent ? 'reject' : `reject with ${word(type)} ${expressionText(expr, plain, printing)}`;
}

const isIpv6 = (value: NftExpression): value is string => typeof value === 'string' && value.includes(':');

function natText(kind: string, fields: Fields, printing: NftPrinting): string {
  const { addr, port } = fields;
  let text = kind;
  if (addr !== undefined || port !== undefined) {
    if (fields.family !== undefined) text += ` ${word(fields.family)}`;
    if ([fields.type_flags ?? []].flat().includes('prefix')) text += ' prefix';
    text += ' to';
  }
  if (addr !== undefined) text += ` ${natAddressText(addr, port !== undefined, printing)}`;
  if (port !== undefined) text += `${addr === undefined ? ' ' : ''}:${expressionText(port, plain, printing)}`;
  const flags = flagsOf(fields).filter((flag) => flag !== 'netmap');
  return flags.length === 0 ? text : `${text} ${flags.join(',')}`;
}

/** An IPv6 address before a port stands in brackets, each end of a range in its own. */
function natAddressText(address: NftExpression, withPort: boolean, printing: NftPrinting): string {
  const range = asObject(address)?.range;
  if (withPort && isIpv6(address)) return `[${address}]`;
  if (withPort && Array.isArray(range) && range.every(isIpv6)) return range.map((end) => `[${end}]`).join('-');
  return expressionText(address, plain, printing);
}

function logText(fields: Fields): string {
  let text = 'log';
  if (fields.prefix !== undefined) text += ` prefix "${word(fields.prefix)}"`;
  for (const name of ['group', 'snaplen', 'queue-threshold', 'level'])
    if (fields[name] !== undefined) text += ` ${name} ${word(fields[name])}`;
  const flags = flagsOf(fields);
  const tcp = ['sequence', 'options'].filter((flag) => flags.includes(`tcp ${flag}`));
  if (tcp.length > 0) text += ` flags tcp ${tcp.join(',')}`;
  for (const flag of flags) if (!flag.startsWith('tcp ')) text += ` flags ${flag}`;
  return text;
}

function limitText(fields: Fields, printing: NftPrinting): string {
  const over = fields.inv === true ? 'over ' : '';
  const unit = fields.rate_unit === undefined || fields.rate_unit === 'packets' ? '' : ` ${word(fields.rate_unit)}`;
  const rate = `limit rate ${over}${word(fields.rate)}${unit}/${word(fields.per)}`;
  // A burst of 5 goes without saying before 1.0.9.
  if (unit === '' && fields.burst === 5 && !isAtLeast(printing.version, 1, 0, 9)) return rate;
  if (unit === '') return `${rate} burst ${word(fields.burst)} packets`;
  return fields.burst === undefined || fields.burst === 0
    ? rate
    : `${rate} burst ${word(fields.burst)} ${word(fields.burst_unit)}`;
}

function quotaText(fields: Fields): string {
  return `quota ${fields.inv === true ? 'over ' : ''}${word(fields.val)} ${word(fields.val_unit)}`;
}

function synproxyText(fields: Fields): string {
  let text = 'synproxy';
  if (fields.mss !== undefined) text += ` mss ${word(fields.mss)}`;
  if (fields.wscale !== undefined) text += ` wscale ${word(fields.wscale)}`;
  const flags = flagsOf(fields);
  return `${text}${flags.map((flag) => ` ${flag}`).join('')}`;
}

function queueText(fields: Fields, printing: NftPrinting): string {
  const flags = flagsOf(fields);
  const text = flags.length === 0 ? 'queue' : `queue flags ${flags.join(',')}`;
  return `${text} to ${fields.num === undefined ? '0' : expressionText(fields.num, plain, printing)}`;
}

function fwdText(fields: Fields, printing: NftPrinting): string {
  const device = expressionText(fields.dev ?? null, quoted, printing);
  if (fields.addr === undefined) return `fwd to ${device}`;
  return `fwd ${word(fields.family)} to ${expressionText(fields.addr, plain, printing)} device ${device}`;
}

function tproxyText(fields: Fields, printing: NftPrinting): string {
  const { addr, port } = fields;
  let text = `tproxy${fields.family === undefined ? '' : ` ${word(fields.family)}`} to`;
  if (addr !== undefined) text += isIpv6(addr) ? ` [${addr}]` : ` ${expressionText(addr, plain, printing)}`;
  if (port !== undefined) text += `${addr === undefined ? ' ' : ''}:${expressionText(port, plain, printing)}`;
  return text;
}
