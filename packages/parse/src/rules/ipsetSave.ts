import type { NetfilterSet } from '@vethscope/model';
import type { ParseWarning } from './parsedRuleset.ts';
import { splitWords } from './words.ts';

export interface ParsedIpsetSave {
  sets: NetfilterSet[];
  warnings: ParseWarning[];
}

/**
 * Parses `ipset list -o save`: `create NAME TYPE options…` and `add NAME ELEMENT options…` lines. An element is kept with its options, as
 * printed ("10.0.0.0/8 nomatch"). `flags` are the options of the set, each with its value ("hashsize 1024"). Never throws.
 */
export function parseIpsetSave(text: string, { sandbox }: { sandbox: string }): ParsedIpsetSave {
  const sets = new Map<string, NetfilterSet>();
  const warnings: ParseWarning[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const warn = (reason: string) => warnings.push({ where: `line ${index + 1}`, text: line, reason });
    const { words, open } = splitWords(line);
    const [command, name, third] = words;
    if (open) warn('a quoted word does not end');
    if (command === undefined || name === undefined || third === undefined) {
      warn('is no line of ipset save');
    } else if (command.text === 'create') {
      const options = readOptions(words.slice(3).map((word) => word.text));
      sets.set(name.text, {
        type: 'netfilterSet',
        id: `netfilterSet:${sandbox.slice('sandbox:'.length)}/ipset/${name.text}`,
        sandbox,
        table: null,
        name: name.text,
        kind: 'ipset',
        dataType: third.text,
        family: readFamily(third.text, options),
        flags: options,
        elements: [],
        data: [],
      });
    } else if (command.text === 'add') {
      const set = sets.get(name.text);
      if (set === undefined) warn(`the set ${name.text} is not declared`);
      else set.elements.push(line.slice(third.start).trim());
    } else warn('is no line of ipset save');
  }
  return { sets: [...sets.values()], warnings };
}

/** Options that stand alone; any other is followed by its value (ipset(8)). */
const lone = new Set(['counters', 'comment', 'skbinfo', 'forceadd', 'nomatch', 'wildcard']);

function readOptions(words: string[]): string[] {
  const options: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (lone.has(word) || at + 1 >= words.length) options.push(word);
    else {
      options.push(`${word} ${words[at + 1] ?? ''}`);
      at++;
    }
  }
  return options;
}

/** hash sets print their family; bitmaps are IPv4; list:set and hash:mac have none. */
function readFamily(dataType: string, options: string[]): NetfilterSet['family'] {
  if (options.includes('family inet6')) return 'inet6';
  if (options.includes('family inet')) return 'inet';
  return dataType.startsWith('bitmap:ip') ? 'inet' : null;
}
