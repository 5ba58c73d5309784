import type { NftBody, NftExpression, NftStatement } from '@vethscope/model';
import { datatypeOf, plain } from './nftDatatype.ts';
import { expressionText, type NftPrinting } from './nftExpressionText.ts';
import { asObject } from './nftStatement.ts';
import { nftRuleText } from './nftText.ts';

/** What nft calls a field for which a person has other words. */
const readableFields = [
  'iifname',
  'iif',
  'oifname',
  'oif',
  'ip saddr',
  'ip6 saddr',
  'ip daddr',
  'ip6 daddr',
  'tcp sport',
  'udp sport',
  'sctp sport',
  'tcp dport',
  'udp dport',
  'sctp dport',
  'th dport',
  'th sport',
  'ip protocol',
  'ip6 nexthdr',
  'meta l4proto',
  'meta nfproto',
  'meta mark',
  'ct mark',
  'ct state',
  'fib daddr type',
  'fib saddr type',
] as const;
export type NftReadableField = (typeof readableFields)[number];

/** A match: a field and its value, a named set as "@name"; or, where a person has no other words for it, its text as nft prints it. */
export type NftCondition =
  | { kind: 'field'; field: NftReadableField; not: boolean; value: string }
  | { kind: 'other'; text: string };

/** What a statement does: `detail` is the chain, place, map or port that it names, `key` what a map is asked by, `text` the whole as nft prints it. */
export interface NftAction {
  kind: NftStatement['kind'];
  detail: string;
  key: string;
  text: string;
}

/** A rule of nft cut into what a sentence is made of, in whatever language. */
export interface NftParts {
  conditions: NftCondition[];
  actions: NftAction[];
}

export function nftParts({ statements }: NftBody): NftParts {
  const conditions: NftCondition[] = [];
  const actions: NftAction[] = [];
  for (const statement of statements) {
    if (statement.kind === 'counter') continue;
    if (statement.kind === 'match') conditions.push(conditionOf(statement));
    else actions.push(actionOf(statement));
  }
  return { conditions, actions };
}

const quiet = (): NftPrinting => ({ family: '', version: [], unknown: [] });

function conditionOf(statement: NftStatement): NftCondition {
  const { op, left = null, right = null } = asObject(statement.value) ?? {};
  const name = expressionText(left, plain, quiet());
  const field = readableFields.find((each) => each === name);
  if (field === undefined || (op !== '==' && op !== '!=' && op !== 'in'))
    return { kind: 'other', text: nftRuleText([statement], null, { family: '' }).text };
  const value = expressionText(right, datatypeOf(left), quiet()).replace(/"/g, '');
  return { kind: 'field', field, not: op === '!=', value: value.replace(/^\{ (.*) \}$/, '$1') };
}

function actionOf(statement: NftStatement): NftAction {
  const { kind } = statement;
  const fields = asObject(statement.value) ?? {};
  const { text } = nftRuleText([statement], null, { family: 'ip' });
  const key = kind === 'vmap' ? expressionText(fields.key ?? null, plain, quiet()) : '';
  return { kind, detail: detailOf(kind, fields, text), key, text };
}

function detailOf(kind: NftStatement['kind'], fields: { [key: string]: NftExpression }, text: string): string {
  switch (kind) {
    case 'jump':
    case 'goto':
      return String(fields.target ?? '');
    case 'reject':
      return text.slice('reject'.length).trimStart();
    case 'dnat':
    case 'snat':
      return afterTo(text);
    case 'redirect':
      return fields.port === undefined ? '' : afterTo(text).slice(1);
    case 'vmap':
      return typeof fields.data === 'string' ? fields.data.replace(/^@/, '') : '';
    default:
      return '';
  }
}

const afterTo = (text: string) => text.replace(/^.*? to /, '');
