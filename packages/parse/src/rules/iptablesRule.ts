import type { IptablesBody, IptablesMatch, IptablesTarget } from '@vethscope/model';
import { readMatchModule } from './iptablesMatch.ts';
import { type ExtensionUse, isNegation, isOption, type OptionUse, readOption } from './iptablesOptions.ts';
import { readTarget } from './iptablesTarget.ts';
import { quoteWord, type Word } from './words.ts';

export interface IptablesRuleContext {
  family: 'ip' | 'ip6';
  /** Whether the table has a chain of this name: then `-j NAME` is a jump. */
  hasChain: (name: string) => boolean;
}

export interface IptablesRuleReading {
  body: IptablesBody;
  comment: string | null;
  /** What was not understood, as it stood; null if all was. */
  unparsed: string | null;
}

/** The options of `-A` itself, by their long and short names; their value may begin with "-". */
const coreOptions: Record<string, 'source' | 'destination' | 'inLink' | 'outLink' | 'protocol'> = {
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-i': 'inLink',
  '--in-interface': 'inLink',
  '-o': 'outLink',
  '--out-interface': 'outLink',
  '-p': 'protocol',
  '--protocol': 'protocol',
  '--proto': 'protocol',
};

const standardTargets = new Set(['ACCEPT', 'DROP', 'RETURN']);

/**
 * Reads the words of a rule from `at` (behind "-A CHAIN"). Nothing is lost: words that are not understood become an `unknown` match or
 * target. Source: iptables(8), iptables-extensions(8).
 */
export function readIptablesRule(words: Word[], at: number, context: IptablesRuleContext): IptablesRuleReading {
  const matches: IptablesMatch[] = [];
  const modules: ExtensionUse[] = [];
  const stray: string[] = [];
  let targetUse: ExtensionUse | null = null;
  let goto: string | null = null;
  let current: ExtensionUse | null = null;
  let protocol: string | null = null;
  let position = at;

  while (position < words.length) {
    const word = words[position];
    if (word === undefined) break;
    let not = false;
    let option: Word = word;
    if (isNegation(word)) {
      const next = words[position + 1];
      if (next === undefined || !isOption(next)) {
        stray.push('!');
        position++;
        continue;
      }
      not = true;
      option = next;
      position++;
    }
    // `-m policy` has a --proto of its own.
    const isPolicys = option.text === '--proto' && current?.name === 'policy';
    const core = isOption(option) && !isPolicys ? coreOptions[option.text] : undefined;
    if (core !== undefined) {
      let value = words[position + 1];
      position += 2;
      if (isNegation(value)) {
        not = !not;
        value = words[position];
        position++;
      }
      if (value === undefined) {
        stray.push(option.text);
        continue;
      }
      matches.push(coreMatch(core, value.text, not));
      if (core === 'protocol') {
        protocol = value.text;
        // What follows is the protocol's, unless a module is named first.
        if (targetUse === null) current = null;
      }
      continue;
    }
    const name = words[position + 1]?.text;
    switch (isOption(option) ? option.text : '') {
      case '-f':
      case '--fragment':
        matches.push({ kind: 'fragment', not });
        position++;
        break;
      case '-m':
      case '--match':
        current = { name: name ?? '', options: [] };
        modules.push(current);
        position += 2;
        break;
      case '-j':
      case '--jump':
        current = { name: name ?? '', options: [] };
        targetUse = current;
        position += 2;
        break;
      case '-g':
      case '--goto':
        goto = name ?? '';
        position += 2;
        break;
      case '-c':
      case '--set-counters':
        position += 3;
        break;
      case '':
        stray.push(option.text);
        position++;
        break;
      default: {
        const { use, next } = readOption(words, position, not);
        position = next;
        current = place(use, current, { modules, protocol });
        if (current === null) stray.push(...(use.not ? ['!'] : []), use.name, ...use.values);
      }
    }
  }
  for (const module of modules) matches.push(...readMatchModule(module, context.family));
  if (stray.length > 0) matches.push({ kind: 'unknown', not: false, module: null, words: stray });
  return finish({ matches, target: readTargetOrJump(targetUse, goto, context) });
}

/** An option belongs to the extension before it; `-p tcp --dport 80` without `-m tcp` loads the protocol's own. */
function place(
  use: OptionUse,
  current: ExtensionUse | null,
  { modules, protocol }: { modules: ExtensionUse[]; protocol: string | null },
): ExtensionUse | null {
  let extension = current;
  if (extension === null && protocol !== null) {
    extension = { name: protocol, options: [] };
    modules.push(extension);
  }
  extension?.options.push(use);
  return extension;
}

function coreMatch(kind: (typeof coreOptions)[string], value: string, not: boolean): IptablesMatch {
  switch (kind) {
    case 'source':
    case 'destination':
      return { kind, not, prefix: value };
    case 'inLink':
    case 'outLink':
      return { kind, not, name: value };
    default:
      return { kind: 'protocol', not, protocol: value };
  }
}

function readTargetOrJump(
  use: ExtensionUse | null,
  goto: string | null,
  context: IptablesRuleContext,
): IptablesTarget | null {
  if (goto !== null) return { kind: 'goto', chain: goto };
  if (use === null) return null;
  if (use.options.length === 0 && !standardTargets.has(use.name) && context.hasChain(use.name))
    return { kind: 'jump', chain: use.name };
  return readTarget(use, context.family);
}

function finish({ matches, target }: { matches: IptablesMatch[]; target: IptablesTarget | null }): IptablesRuleReading {
  let comment: string | null = null;
  const unparsed: string[] = [];
  for (const match of matches) {
    if (match.kind === 'comment') comment = comment === null ? match.text : `${comment} ${match.text}`;
    else if (match.kind === 'unknown')
      unparsed.push(...(match.module === null ? [] : ['-m', match.module]), ...match.words.map(showWord));
  }
  if (target?.kind === 'unknown') unparsed.push('-j', target.name, ...target.words.map(showWord));
  return {
    body: { syntax: 'iptables', matches, target },
    comment,
    unparsed: unparsed.length > 0 ? unparsed.join(' ') : null,
  };
}

const showWord = (word: string) => (/^[^\s"'\\]+$/.test(word) ? word : quoteWord(word));
