import type { NftBody, NftExpression, Rule, RuleMentions } from '@vethscope/model';
import { Mentions } from './mentionList.ts';
import { asObject } from './nftStatement.ts';

/** The chains that a rule may go to, by name: its own jumps, those of its verdict maps, and those of the named maps that it asks. */
export function jumpsOfNft({ statements }: NftBody, mapTargets: (map: string) => readonly string[]): string[] {
  const found = new Set<string>();
  for (const { kind, value } of statements) {
    if (kind === 'jump' || kind === 'goto') addTarget(value, found);
    if (kind !== 'vmap') continue;
    const data = asObject(value)?.data;
    if (typeof data === 'string') for (const target of mapTargets(data.replace(/^@/, ''))) found.add(target);
    else if (data !== undefined) for (const target of verdictTargets(data)) found.add(target);
  }
  return [...found];
}

function addTarget(value: NftExpression, found: Set<string>): void {
  const target = asObject(value)?.target;
  if (typeof target === 'string') found.add(target);
}

/** The chains that the verdicts of a map's elements name. */
export function verdictTargets(data: NftExpression): string[] {
  const found = new Set<string>();
  const visit = (value: NftExpression): void => {
    if (Array.isArray(value)) for (const part of value) visit(part);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'jump' || key === 'goto') addTarget(inner, found);
        else visit(inner);
      }
  };
  visit(data);
  return [...found];
}

/** The verdict that the rule itself gives; that of a verdict map depends on the packet. */
export function verdictOfNft({ statements }: NftBody): Rule['verdict'] {
  for (const { kind } of statements) {
    switch (kind) {
      case 'accept':
      case 'drop':
      case 'reject':
      case 'return':
      case 'queue':
        return kind;
      default:
    }
  }
  return null;
}

export function translationOfNft({ statements }: NftBody): Rule['translation'] {
  for (const { kind, value } of statements) {
    switch (kind) {
      case 'dnat':
      case 'snat':
      case 'masquerade':
      case 'redirect': {
        const fields = asObject(value) ?? {};
        return { kind, address: addressText(fields.addr), port: addressText(fields.port) };
      }
      default:
    }
  }
  return null;
}

/** A constant, a range or a prefix as text; null for what is looked up in a map. */
function addressText(value: NftExpression | undefined): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const object = asObject(value);
  const range = object?.range;
  if (Array.isArray(range)) return range.map((end) => addressText(end) ?? '?').join('-');
  const prefix = asObject(object?.prefix);
  return prefix === null ? null : `${addressText(prefix.addr) ?? '?'}/${addressText(prefix.len) ?? '?'}`;
}

type Kind = 'addresses' | 'links' | 'ports' | null;

const linkKeys = new Set(['iif', 'oif', 'iifname', 'oifname', 'ibrname', 'obrname', 'sdif', 'sdifname']);

/** What the constants that stand against an expression are. */
function mentionedBy(expression: NftExpression): Kind | Kind[] {
  const object = asObject(expression);
  const [key, value] = Object.entries(object ?? {})[0] ?? [];
  const inner = asObject(value);
  switch (key) {
    case 'meta':
      return typeof inner?.key === 'string' && linkKeys.has(inner.key) ? 'links' : null;
    case 'payload':
    case 'ct': {
      const field = inner?.field ?? inner?.key;
      if (field === 'sport' || field === 'dport' || field === 'proto-src' || field === 'proto-dst') return 'ports';
      return typeof field === 'string' && /(?:^| )[sd]addr$/.test(field) && inner?.protocol !== 'ether'
        ? 'addresses'
        : null;
    }
    case 'fib':
      return inner?.result === 'oif' || inner?.result === 'oifname' ? 'links' : null;
    case 'concat':
      return Array.isArray(value) ? value.map((part) => single(mentionedBy(part))) : null;
    case '&':
      return Array.isArray(value) && value[0] !== undefined ? mentionedBy(value[0]) : null;
    default:
      return null;
  }
}

const single = (kind: Kind | Kind[]): Kind => (Array.isArray(kind) ? null : kind);

export function mentionsOfNft({ statements }: NftBody): RuleMentions {
  const mentions = new Mentions();
  for (const { kind, value } of statements) {
    const fields = asObject(value) ?? {};
    switch (kind) {
      case 'match':
        mentionValue(fields.right, mentionedBy(fields.left ?? null), mentions);
        mentionSets(fields.left, mentions);
        break;
      case 'vmap':
        mentionMap(fields, mentions);
        break;
      case 'dnat':
      case 'snat':
      case 'masquerade':
      case 'redirect':
      case 'tproxy':
        mentionValue(fields.addr, 'addresses', mentions);
        mentionValue(fields.port, 'ports', mentions);
        break;
      case 'set':
      case 'map':
        mentionSets(fields[kind], mentions);
        break;
      case 'meter':
        if (typeof fields.name === 'string') mentions.add('sets', fields.name);
        break;
      case 'mangle':
        mentionSets(fields.value, mentions);
        break;
      default:
    }
  }
  return mentions.done();
}

function mentionMap(fields: { [key: string]: NftExpression }, mentions: Mentions): void {
  const kind = mentionedBy(fields.key ?? null);
  const elements = asObject(fields.data)?.set;
  if (elements === undefined) {
    mentionSets(fields.data, mentions);
    return;
  }
  for (const element of [elements].flat()) if (Array.isArray(element)) mentionValue(element[0], kind, mentions);
}

/** References to named sets and maps anywhere inside. */
function mentionSets(value: NftExpression | undefined, mentions: Mentions): void {
  if (typeof value === 'string') {
    if (value.startsWith('@')) mentions.add('sets', value.slice(1));
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) mentionSets(part, mentions);
  }
}

function mentionValue(value: NftExpression | undefined, kind: Kind | Kind[], mentions: Mentions): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' && value.startsWith('@')) {
    mentions.add('sets', value.slice(1));
    return;
  }
  const object = asObject(value);
  if (object?.set !== undefined) {
    for (const element of [object.set].flat()) mentionValue(element, kind, mentions);
  } else if (object?.elem !== undefined) {
    mentionValue(asObject(object.elem)?.val, kind, mentions);
  } else if (Array.isArray(object?.concat)) {
    for (const [at, part] of object.concat.entries())
      mentionValue(part, Array.isArray(kind) ? (kind[at] ?? null) : kind, mentions);
  } else if (object?.map !== undefined) {
    const map = asObject(object.map) ?? {};
    mentionMap(map, mentions);
    const elements = asObject(map.data)?.set;
    for (const element of [elements ?? []].flat()) if (Array.isArray(element)) mentionValue(element[1], kind, mentions);
  } else if (Array.isArray(value)) {
    for (const part of value) mentionValue(part, kind, mentions);
  } else if (typeof kind === 'string') {
    mentions.add(kind, addressText(value));
  }
}
