import type { NftExpression } from '@vethscope/model';
import { datatypeOf, durationText, fragOff, type NftDatatype, plain, quoted } from './nftDatatype.ts';
import { asObject } from './nftStatement.ts';

/** What printing needs to know beside the JSON, and where it notes what it could not print. */
export interface NftPrinting {
  family: string;
  /** nft's own version, [1, 0, 6]: some texts changed between versions while the JSON did not. */
  version: readonly number[];
  /** Parts that are not understood, as JSON. */
  unknown: string[];
}

/** Whether nft is of this version or later; one that did not say is taken for a new one. */
export function isAtLeast(version: readonly number[], ...wanted: readonly number[]): boolean {
  for (const [at, number] of wanted.entries()) {
    const own = version[at] ?? (version.length === 0 ? Number.POSITIVE_INFINITY : 0);
    if (own !== number) return own > number;
  }
  return true;
}

type Fields = { [key: string]: NftExpression };

/** The text that nft prints for an expression of libnftables-json(5). A constant is printed as one of `type`. */
export function expressionText(expression: NftExpression, type: NftDatatype, printing: NftPrinting): string {
  if (typeof expression === 'string') return stringText(expression, type);
  if (typeof expression === 'number')
    return numberText(expression, type === fragOff && !isAtLeast(printing.version, 1, 0, 9) ? plain : type);
  if (typeof expression === 'boolean') return expression ? 'exists' : 'missing';
  if (expression === null) return unknownText(expression, printing);
  // A list of flags.
  if (Array.isArray(expression)) return expression.map((part) => expressionText(part, type, printing)).join(',');
  const [key, value] = Object.entries(expression)[0] ?? [];
  if (key === undefined || value === undefined || Object.keys(expression).length !== 1)
    return unknownText(expression, printing);
  const fields = asObject(value);
  const read = (fields && structuredText(key, fields, type, printing)) ?? listText(key, value, type, printing);
  return read ?? unknownText(expression, printing);
}

function unknownText(expression: NftExpression, printing: NftPrinting): string {
  const text = JSON.stringify(expression);
  printing.unknown.push(text);
  return text;
}

function stringText(text: string, type: NftDatatype): string {
  // A set, or the catch-all element.
  if (text.startsWith('@') || text === '*') return text;
  if (type.kind === 'name') return /^\d+$/.test(text) ? text : `"${text}"`;
  return type.kind === 'quoted' ? `"${text}"` : text;
}

function numberText(number: number, type: NftDatatype): string {
  switch (type.kind) {
    case 'hex':
    case 'bitmask':
      return number < 0 ? String(number) : `0x${number.toString(16).padStart(type.digits, '0')}`;
    case 'duration':
      return durationText(number);
    default:
      return String(number);
  }
}

/** Expressions whose value is a list. */
function listText(key: string, value: NftExpression, type: NftDatatype, printing: NftPrinting): string | null {
  if (!Array.isArray(value)) return key === 'set' ? setText([value], type, printing) : verdictText(key, value);
  switch (key) {
    case 'concat':
      return value.map((part, at) => expressionText(part, partType(type, at), printing)).join(' . ');
    case 'set':
      return setText(value, type, printing);
    case 'range': {
      const [from, to] = value;
      if (from === undefined || to === undefined) return null;
      return `${expressionText(from, type, printing)}-${expressionText(to, type, printing)}`;
    }
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return binaryText(key, value, type, printing);
    default:
      return null;
  }
}

const partType = (type: NftDatatype, at: number): NftDatatype =>
  type.kind === 'concat' ? (type.parts[at] ?? plain) : type;

function setText(elements: NftExpression[], type: NftDatatype, printing: NftPrinting): string {
  return `{ ${elements.map((element) => elementText(element, type, plain, printing)).join(', ')} }`;
}

/** An element of a set, or `KEY : VALUE` of a map. */
export function elementText(
  element: NftExpression,
  type: NftDatatype,
  valueType: NftDatatype,
  printing: NftPrinting,
): string {
  if (!Array.isArray(element)) return expressionText(element, type, printing);
  const [key, value] = element;
  if (key === undefined || value === undefined) return unknownText(element, printing);
  return `${expressionText(key, type, printing)} : ${expressionText(value, valueType, printing)}`;
}

function verdictText(key: string, value: NftExpression): string | null {
  const target = asObject(value)?.target;
  if ((key === 'jump' || key === 'goto') && typeof target === 'string') return `${key} ${target}`;
  const verdicts = ['accept', 'drop', 'return', 'continue', 'break', 'queue'];
  return value === null && verdicts.includes(key) ? key : null;
}

const precedence: Record<string, number> = { '<<': 1, '>>': 1, '&': 2, '^': 3, '|': 4 };

/** An operand of a weaker operator stands in parentheses (src/expression.c binop_arg_print). */
export function operandText(operand: NftExpression, of: string, type: NftDatatype, printing: NftPrinting): string {
  const text = expressionText(operand, type, printing);
  const operator = Object.keys(asObject(operand) ?? {})[0] ?? '';
  const outer = precedence[of];
  const inner = precedence[operator];
  return outer !== undefined && inner !== undefined && outer < inner ? `(${text})` : text;
}

function binaryText(operator: string, operands: NftExpression[], type: NftDatatype, printing: NftPrinting): string {
  const own = datatypeOf({ [operator]: operands });
  const operandType = own.kind === 'plain' ? type : own;
  return operands
    .map((operand, at) => {
      // The distance of a shift is a plain number.
      const shift = at > 0 && (operator === '<<' || operator === '>>');
      return operandText(operand, operator, shift ? plain : operandType, printing);
    })
    .join(` ${operator} `);
}

/** Keys of meta that stand without "meta" (src/meta.c meta_key_is_unqualified). */
const bareMeta = new Set(['iif', 'oif', 'iifname', 'oifname', 'iifgroup', 'oifgroup']);

/** Expressions whose value is an object of named fields. */
function structuredText(key: string, fields: Fields, type: NftDatatype, printing: NftPrinting): string | null {
  const word = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const optional = (name: string, text: string) => (fields[name] === undefined ? '' : text);
  switch (key) {
    case 'meta':
      return bareMeta.has(word('key')) ? word('key') : `meta ${word('key')}`;
    case 'ct':
      return `ct ${optional('dir', `${word('dir')} `)}${word('key')}`;
    case 'payload':
      return fields.base === undefined
        ? `${optional('tunnel', `${word('tunnel')} `)}${word('protocol')} ${word('field')}`
        : `@${word('base')},${word('offset')},${word('len')}`;
    case 'exthdr':
      return fields.field === undefined ? `exthdr ${word('name')}` : `${word('name')} ${word('field')}`;
    case 'tcp option':
      return fields.base === undefined
        ? `tcp option ${word('name')}${optional('field', ` ${word('field')}`)}`
        : `tcp option @${word('base')},${word('offset')},${word('len')}`;
    case 'ip option':
    case 'sctp chunk':
      return `${key} ${word('name')}${optional('field', ` ${word('field')}`)}`;
    case 'dccp option':
      return `dccp option ${word('type')}`;
    case 'fib':
      return `fib ${[fields.flags ?? []].flat().join(' . ')} ${word('result')}`;
    case 'socket':
      return `socket ${word('key')}`;
    case 'osf':
      return `osf ${optional('ttl', `ttl ${word('ttl')} `)}${word('key')}`;
    case 'rt':
      return `rt ${optional('family', `${word('family')} `)}${word('key')}`;
    case 'ipsec': {
      const number = word('spnum') === '0' || word('spnum') === '' ? '' : `spnum ${word('spnum')} `;
      return `ipsec ${word('dir')} ${number}${optional('family', `${word('family')} `)}${word('key')}`;
    }
    case 'tunnel':
      return `tunnel ${word('key')}`;
    case 'numgen':
      return `numgen ${word('mode')} mod ${word('mod')}${fields.offset ? ` offset ${word('offset')}` : ''}`;
    case 'jhash':
    case 'symhash': {
      const over = fields.expr === undefined ? '' : ` ${expressionText(fields.expr, plain, printing)}`;
      const seed = typeof fields.seed === 'number' ? ` seed 0x${fields.seed.toString(16)}` : '';
      return `${key}${over} mod ${word('mod')}${seed}${fields.offset ? ` offset ${word('offset')}` : ''}`;
    }
    case 'prefix':
      return `${expressionText(fields.addr ?? null, type, printing)}/${word('len')}`;
    case 'map':
    case 'vmap':
      return mapText(key, fields, type, printing);
    case 'elem':
      return setElementText(fields, type, printing);
    default:
      return null;
  }
}

/** `KEY map { … }`, where the values are of the type that the map stands for. */
export function mapText(word: 'map' | 'vmap', fields: Fields, type: NftDatatype, printing: NftPrinting): string {
  const { key = null, data = null } = fields;
  const keyType = datatypeOf(key);
  const keyText = expressionText(key, plain, printing);
  const elements = asObject(data)?.set;
  if (elements === undefined) return `${keyText} ${word} ${expressionText(data, plain, printing)}`;
  const texts = [elements]
    .flat()
    .map((element) => elementText(element, keyType, word === 'map' ? type : plain, printing));
  return `${keyText} ${word} { ${texts.join(', ')} }`;
}

/** An element with a timeout, a comment or statements of its own, without what changes all the time. */
function setElementText(fields: Fields, type: NftDatatype, printing: NftPrinting): string {
  const { val = null, timeout, comment } = fields;
  let text = expressionText(val, type, printing);
  if (fields.counter !== undefined) text += ' counter';
  if (typeof timeout === 'number') text += ` timeout ${durationText(timeout)}`;
  if (comment !== undefined && comment !== null) text += ` comment ${expressionText(comment, quoted, printing)}`;
  return text;
}
