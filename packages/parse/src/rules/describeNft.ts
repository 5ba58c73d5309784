import type { NftBody, NftExpression, NftStatement } from '@vethscope/model';
import { datatypeOf, plain } from './nftDatatype.ts';
import { expressionText, type NftPrinting } from './nftExpressionText.ts';
import { asObject } from './nftStatement.ts';
import { nftRuleText } from './nftText.ts';

/** What nft calls a field, and how a person reads it before a value. */
const fieldWords: Record<string, string> = {
  iifname: 'from',
  iif: 'from',
  oifname: 'leaving by',
  oif: 'leaving by',
  'ip saddr': 'from',
  'ip6 saddr': 'from',
  'ip daddr': 'to',
  'ip6 daddr': 'to',
  'tcp sport': 'TCP from port',
  'udp sport': 'UDP from port',
  'sctp sport': 'SCTP from port',
  'tcp dport': 'TCP to port',
  'udp dport': 'UDP to port',
  'sctp dport': 'SCTP to port',
  'th dport': 'to port',
  'th sport': 'from port',
  'ip protocol': 'of protocol',
  'ip6 nexthdr': 'of protocol',
  'meta l4proto': 'of protocol',
  'meta nfproto': 'of family',
  'meta mark': 'marked',
  'ct mark': 'of connections marked',
  'ct state': 'in connection state',
  'fib daddr type': 'to an address of type',
  'fib saddr type': 'from an address of type',
};

const quiet = (): NftPrinting => ({ family: '', version: [], unknown: [] });

/** A rule of nft as a sentence; what has no words of its own stands as nft prints it. */
export function describeNft({ statements }: NftBody): string {
  const conditions: string[] = [];
  const actions: string[] = [];
  for (const statement of statements) {
    if (statement.kind === 'counter') continue;
    if (statement.kind === 'match') conditions.push(conditionWords(statement));
    else actions.push(actionWords(statement));
  }
  const subject = conditions.length === 0 ? 'Every packet' : capital(conditions.join(' '));
  return `${subject} ${actions.length === 0 ? 'is counted' : actions.join(' and ')}.`;
}

const capital = (text: string) => (/^(?:TCP|UDP|SCTP) /.test(text) ? text : `What is ${text}`);

function conditionWords(statement: NftStatement): string {
  const fields = asObject(statement.value) ?? {};
  const { op, left = null, right = null } = fields;
  const field = expressionText(left, plain, quiet());
  const words = Object.hasOwn(fieldWords, field) ? fieldWords[field] : undefined;
  const value = expressionText(right, datatypeOf(left), quiet()).replace(/"/g, '');
  if (words === undefined || (op !== '==' && op !== '!=' && op !== 'in'))
    return `with ${nftRuleText([statement], null, { family: '' }).text}`;
  const readable = value.replace(/^\{ (.*) \}$/, '$1').replace(/^@/, 'set ');
  const transport = /^(TCP|UDP|SCTP) (.*)$/.exec(words);
  if (op === '!=') return transport ? `${transport[1]} not ${transport[2]} ${readable}` : `not ${words} ${readable}`;
  return `${words} ${readable}`;
}

function actionWords(statement: NftStatement): string {
  const { kind, value } = statement;
  const fields = asObject(value) ?? {};
  const text = nftRuleText([statement], null, { family: 'ip' }).text;
  switch (kind) {
    case 'accept':
      return 'is accepted';
    case 'drop':
      return 'is dropped';
    case 'return':
      return 'goes back to the calling chain';
    case 'continue':
      return 'goes on';
    case 'jump':
      return `is looked at by ${String(fields.target ?? '')}`;
    case 'goto':
      return `is handed to ${String(fields.target ?? '')}`;
    case 'reject':
      return `is rejected${text.slice('reject'.length)}`;
    case 'vmap':
      return `is decided by ${mapName(fields)}`;
    case 'dnat':
      return `goes to ${afterTo(text)}`;
    case 'snat':
      return `leaves as ${afterTo(text)}`;
    case 'masquerade':
      return 'leaves with the address of its outgoing link';
    case 'redirect':
      return fields.port === undefined
        ? 'goes to this machine'
        : `goes to this machine, port ${afterTo(text).slice(1)}`;
    case 'mangle':
      return `gets ${text}`;
    case 'notrack':
      return 'is not tracked';
    case 'queue':
      return 'is queued to a program';
    case 'limit':
    case 'ctCount':
    case 'quota':
      return `passes if ${text}`;
    default:
      return `passes ${text}`;
  }
}

const afterTo = (text: string) => text.replace(/^.*? to /, '');

/** The field that a verdict map is asked by, and the map. */
function mapName(fields: { [key: string]: NftExpression }): string {
  const key = expressionText(fields.key ?? null, plain, quiet());
  return typeof fields.data === 'string' ? `map ${fields.data.replace(/^@/, '')} of ${key}` : `its ${key}`;
}
