import type { NetfilterSet, NftExpression, Table } from '@vethscope/model';
import { declaredType, durationText, plain } from './nftDatatype.ts';
import { elementText, expressionText, type NftPrinting } from './nftExpressionText.ts';
import { asObject } from './nftStatement.ts';

type Fields = { [key: string]: NftExpression };

/** An entry "set", "map" or "meter" as a record. `unknown` holds what in it was not understood, as JSON. */
export function readNftSet(
  entry: 'set' | 'map' | 'meter',
  value: Fields,
  { table, name, version }: { table: Table; name: string; version: readonly number[] },
): { set: NetfilterSet; unknown: string[] } {
  const printing: NftPrinting = { family: table.family, version, unknown: [] };
  const keyType = declaredType(value.type);
  const valueType = declaredType(value.map);
  const data: NftExpression[] = value.elem === undefined ? [] : Array.isArray(value.elem) ? value.elem : [value.elem];
  const keyText = typeText(value.type, printing);
  const isVerdictMap = entry === 'map' && value.map === 'verdict';
  const set: NetfilterSet = {
    type: 'netfilterSet',
    id: `netfilterSet:${table.id.slice('table:'.length)}/${name}`,
    sandbox: table.sandbox,
    table: table.id,
    name,
    kind: entry === 'map' ? (isVerdictMap ? 'verdictMap' : 'map') : 'set',
    dataType: value.map === undefined ? keyText : `${keyText} : ${typeText(value.map, printing)}`,
    family: /\bipv4_addr\b|\bip [sd]addr\b/.test(keyText)
      ? 'inet'
      : /\bipv6_addr\b|\bip6 [sd]addr\b/.test(keyText)
        ? 'inet6'
        : null,
    flags: flagsOf(value),
    elements: data.map((element) =>
      elementText(element, keyType, value.map === undefined ? plain : valueType, printing),
    ),
    data,
  };
  return { set, unknown: printing.unknown };
}

function typeText(type: NftExpression | undefined, printing: NftPrinting): string {
  if (Array.isArray(type)) return type.map((part) => typeText(part, printing)).join(' . ');
  const expression = asObject(type)?.typeof;
  return expression === undefined ? String(type ?? '') : expressionText(expression, plain, printing);
}

/** nft's flags, then its other attributes as it prints them. */
function flagsOf(value: Fields): string[] {
  const flags = [value.flags ?? []].flat().map(String);
  if (typeof value.timeout === 'number') flags.push(`timeout ${durationText(value.timeout)}`);
  if (typeof value['gc-interval'] === 'number') flags.push(`gc-interval ${durationText(value['gc-interval'])}`);
  if (typeof value.size === 'number') flags.push(`size ${value.size}`);
  if (value['auto-merge'] === true) flags.push('auto-merge');
  if (typeof value.policy === 'string') flags.push(`policy ${value.policy}`);
  return flags;
}
