import type { NftBody } from '@vethscope/model';
import { type NftAction, type NftCondition, type NftReadableField, nftParts } from './nftParts.ts';

/** What nft calls a field, and how a person reads it before a value. */
const fieldWords: Record<NftReadableField, string> = {
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

/** A rule of nft as a sentence; what has no words of its own stands as nft prints it. */
export function describeNft(body: NftBody): string {
  const parts = nftParts(body);
  const conditions = parts.conditions.map(conditionWords);
  const actions = parts.actions.map(actionWords);
  const subject = conditions.length === 0 ? 'Every packet' : capital(conditions.join(' '));
  return `${subject} ${actions.length === 0 ? 'is counted' : actions.join(' and ')}.`;
}

const capital = (text: string) => (/^(?:TCP|UDP|SCTP) /.test(text) ? text : `What is ${text}`);

function conditionWords(condition: NftCondition): string {
  if (condition.kind === 'other') return `with ${condition.text}`;
  const { field, not, value } = condition;
  const words = fieldWords[field];
  const readable = value.replace(/^@/, 'set ');
  const transport = /^(TCP|UDP|SCTP) (.*)$/.exec(words);
  if (not) return transport ? `${transport[1]} not ${transport[2]} ${readable}` : `not ${words} ${readable}`;
  return `${words} ${readable}`;
}

function actionWords({ kind, detail, key, text }: NftAction): string {
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
      return `is looked at by ${detail}`;
    case 'goto':
      return `is handed to ${detail}`;
    case 'reject':
      return `is rejected${detail === '' ? '' : ` ${detail}`}`;
    case 'vmap':
      return `is decided by ${detail === '' ? `its ${key}` : `map ${detail} of ${key}`}`;
    case 'dnat':
      return `goes to ${detail}`;
    case 'snat':
      return `leaves as ${detail}`;
    case 'masquerade':
      return 'leaves with the address of its outgoing link';
    case 'redirect':
      return `goes to this machine${detail === '' ? '' : `, port ${detail}`}`;
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
