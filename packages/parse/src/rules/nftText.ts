import type { NftExpression, NftStatement } from '@vethscope/model';
import { actionText } from './nftActionText.ts';
import { datatypeOf, plain, quoted } from './nftDatatype.ts';
import { expressionText, isAtLeast, mapText, type NftPrinting, operandText } from './nftExpressionText.ts';
import { asObject, readNftStatement } from './nftStatement.ts';

export interface NftRuleText {
  text: string;
  /** What could not be printed in nft's own words, as JSON; null if all could. */
  unparsed: string | null;
}

/**
 * The text of a rule as `nft -s list ruleset` prints it, that is without the figures of counters and quotas, and without its handle. JSON has lost
 * some of what the text says; what follows from the rest is put back. Source: src/expression.c, src/statement.c of nftables 1.0 and 1.1.
 */
export function nftRuleText(
  statements: NftStatement[],
  comment: string | null,
  { family, version = [] }: { family: string; version?: readonly number[] },
): NftRuleText {
  const printing: NftPrinting = { family, version, unknown: [] };
  const texts = statements.map((statement) => statementText(statement, printing));
  if (comment !== null) texts.push(`comment "${comment}"`);
  return {
    text: texts.join(' '),
    unparsed: printing.unknown.length === 0 ? null : printing.unknown.join(' '),
  };
}

function statementText({ kind, value }: NftStatement, printing: NftPrinting): string {
  const fields = asObject(value);
  switch (kind) {
    case 'match':
      return fields === null ? unknownText(kind, value, printing) : matchText(fields, printing);
    case 'vmap':
      return fields === null ? unknownText(kind, value, printing) : mapText('vmap', fields, plain, printing);
    case 'mangle':
      return fields === null ? unknownText(kind, value, printing) : mangleText(fields, printing);
    case 'set':
    case 'map':
      return fields === null ? unknownText(kind, value, printing) : updateText(kind, fields, printing);
    case 'meter':
      return fields === null ? unknownText(kind, value, printing) : meterText(fields, printing);
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
    case 'notrack':
      return kind;
    case 'jump':
    case 'goto':
      return expressionText({ [kind]: value }, plain, printing);
    case 'lastUsed':
      return 'last';
    case 'reset':
      return `reset ${expressionText(value, plain, printing)}`;
    case 'counter':
      return value === null ? 'counter' : `counter name ${expressionText(value, quoted, printing)}`;
    case 'ctHelper':
      return `ct helper set ${expressionText(value, quoted, printing)}`;
    case 'ctTimeout':
      return `ct timeout set ${expressionText(value, quoted, printing)}`;
    case 'ctExpectation':
      return `ct expectation set ${expressionText(value, quoted, printing)}`;
    case 'secmark':
      return `meta secmark set ${expressionText(value, quoted, printing)}`;
    case 'tunnel':
      return `tunnel name ${expressionText(value, quoted, printing)}`;
    case 'unknown':
      return unknownText(kind, value, printing);
    case 'xt': {
      // The JSON says no more of it than this, so what it matches is not known.
      const text = fields === null ? 'xt' : `xt ${String(fields.type ?? '')} "${String(fields.name ?? '')}"`;
      printing.unknown.push(text);
      return text;
    }
    case 'reject':
    case 'dnat':
    case 'snat':
    case 'masquerade':
    case 'redirect':
    case 'log':
    case 'limit':
    case 'ctCount':
    case 'quota':
    case 'queue':
    case 'fwd':
    case 'dup':
    case 'tproxy':
    case 'flow':
    case 'synproxy':
      return actionText(kind, value, printing);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function unknownText(kind: string, value: NftExpression, printing: NftPrinting): string {
  // nft writes the text itself where it has no JSON for a statement.
  const text = typeof value === 'string' ? value : JSON.stringify(kind === 'unknown' ? value : { [kind]: value });
  printing.unknown.push(text);
  return text;
}

/** `LEFT [OP] RIGHT` (src/expression.c relational_expr_print, must_print_eq_op). */
function matchText(fields: { [key: string]: NftExpression }, printing: NftPrinting): string {
  const { op, left = null, right = null } = fields;
  const type = datatypeOf(left);
  const bits = asObject(left)?.['&'];
  const operator = typeof op === 'string' ? op : '';
  // `tcp flags syn / syn,ack`: nft up to 1.0.9 gives the mask as a list.
  if (Array.isArray(bits) && Array.isArray(bits[1]) && bits[0] !== undefined) {
    const [of, mask] = bits;
    const negation = operator === '!=' ? '!= ' : '';
    return `${expressionText(of, plain, printing)} ${negation}${expressionText(right, type, printing)} / ${expressionText(mask, type, printing)}`;
  }
  const isBinary = asObject(left) !== null && /^(?:[&|^]|<<|>>)$/.test(Object.keys(asObject(left) ?? {})[0] ?? '');
  const isConstant = typeof right === 'string' || typeof right === 'number';
  const reference = typeof right === 'string' && right.startsWith('@');
  const printsEqual = isBinary || (type.kind === 'bitmask' && isConstant && !reference);
  const silent = operator === 'in' || operator === '' || (operator === '==' && !printsEqual);
  const leftText = leftSideText(left, right, printing);
  return `${leftText} ${silent ? '' : `${operator} `}${operandText(right, '', type, printing)}`;
}

/** From 1.1.4 on nft says "check" where a route is asked for and not what it leads to, but not in the JSON. */
function leftSideText(left: NftExpression, right: NftExpression, printing: NftPrinting): string {
  const text = expressionText(left, plain, printing);
  if (isAtLeast(printing.version, 1, 1, 4) && typeof right === 'boolean' && asObject(asObject(left)?.fib) !== null)
    return text.replace(/ oif(name)?$/, ' check');
  return text;
}

function mangleText(fields: { [key: string]: NftExpression }, printing: NftPrinting): string {
  const { key = null, value = null } = fields;
  return `${expressionText(key, plain, printing)} set ${expressionText(value, datatypeOf(key), printing)}`;
}

/** `add @SET { KEY limit … }`, `update @MAP { KEY : VALUE }`. */
function updateText(kind: 'set' | 'map', fields: { [key: string]: NftExpression }, printing: NftPrinting): string {
  const { op, elem = null, data = null, stmt } = fields;
  const name = fields[kind];
  const inner = [stmt ?? []].flat().map((statement) => ` ${innerText(statement, printing)}`);
  const value = kind === 'map' ? ` : ${expressionText(data, plain, printing)}` : '';
  return `${String(op ?? '')} ${String(name ?? '')} { ${expressionText(elem, plain, printing)}${inner.join('')}${value} }`;
}

function meterText(fields: { [key: string]: NftExpression }, printing: NftPrinting): string {
  const { key = null, stmt = null, name, size } = fields;
  const head = `meter ${String(name ?? '')}${typeof size === 'number' ? ` size ${size}` : ''}`;
  return `${head} { ${expressionText(key, plain, printing)} ${innerText(stmt, printing)} }`;
}

/** A statement inside another, as it stands in the JSON. */
function innerText(entry: NftExpression, printing: NftPrinting): string {
  return statementText(readNftStatement(entry).statement, printing);
}
