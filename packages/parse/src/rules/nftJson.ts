import type { NftExpression } from '@vethscope/model';
import { asObject } from './nftStatement.ts';
import type { ParseWarning } from './parsedRuleset.ts';

/** Entries of the array "nftables", each an object with one key. */
export interface NftEntries {
  entries: { key: string; value: { [key: string]: NftExpression }; where: string }[];
  warnings: ParseWarning[];
}

/**
 * Reads the output of `nft -j list ruleset`. When it is not JSON as a whole (nft crashed in the middle, or wrote a message between), each entry that
 * stands whole in it is still read, and a warning says what was not. Never throws.
 */
export function readNftJson(text: string): NftEntries {
  const warnings: ParseWarning[] = [];
  let list: NftExpression[] = [];
  try {
    const read: NftExpression = JSON.parse(text);
    const nftables = asObject(read)?.nftables;
    if (Array.isArray(nftables)) list = nftables;
    else warnings.push({ where: 'nftables', text: shorten(text), reason: 'there is no array "nftables"' });
  } catch (error) {
    if (text.trim() === '') return { entries: [], warnings };
    const reason = error instanceof Error ? error.message : 'is not JSON';
    warnings.push({ where: 'nftables', text: shorten(text), reason: `is not JSON as a whole: ${reason}` });
    list = salvage(text);
  }
  const entries: NftEntries['entries'] = [];
  for (const [index, entry] of list.entries()) {
    const [key, value] = Object.entries(asObject(entry) ?? {})[0] ?? [];
    const object = asObject(value);
    const where = `nftables[${index}]`;
    if (key === undefined || object === null)
      warnings.push({ where, text: shorten(JSON.stringify(entry)), reason: 'is no object with one key' });
    else entries.push({ key, value: object, where });
  }
  return { entries, warnings };
}

export function shorten(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 400)}…`;
}

/** The objects of the array that are whole: found by counting braces outside of strings. */
function salvage(text: string): NftExpression[] {
  const found: NftExpression[] = [];
  let at = text.indexOf('[', Math.max(0, text.indexOf('"nftables"')));
  if (at < 0) return found;
  let depth = 0;
  let start = -1;
  let inString = false;
  for (; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') {
      if (depth === 0) start = at;
      depth++;
    } else if (character === '}' && depth > 0) {
      depth--;
      if (depth === 0) {
        try {
          found.push(JSON.parse(text.slice(start, at + 1)));
        } catch {
          // The warning that the whole is broken stands already.
        }
      }
    }
  }
  return found;
}
