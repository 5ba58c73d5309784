import type { Rule } from '@vethscope/model';
import ipaddr from 'ipaddr.js';
import { ruleAction } from './ruleAction.ts';
import type { BookChain, BookHook } from './ruleBook.ts';
import type { ThingsOf } from './ruleThings.ts';

export const ruleSearchFields = ['owner', 'table', 'chain', 'hook', 'verdict', 'port', 'ip', 'set', 'is'] as const;
export type RuleSearchField = (typeof ruleSearchFields)[number];

/** `text`: anywhere in the rule or in the names of what it speaks of. */
export interface RuleSearchTerm {
  field: RuleSearchField | 'text';
  value: string;
  not: boolean;
}

/** All terms must hold. `marks`: what to mark in the text of a hit. */
export interface RuleSearch {
  terms: RuleSearchTerm[];
  marks: string[];
}

const isField = (text: string): text is RuleSearchField => ruleSearchFields.some((field) => field === text);

/**
 * "owner:docker -verdict:return 172.17.0.4": words that must all hold, `-` negates, quotes keep blanks. A word whose field is not known is text:
 * "fd00:6::2" is an address.
 */
export function parseRuleSearch(text: string): RuleSearch {
  const terms: RuleSearchTerm[] = [];
  for (const [word] of text.matchAll(/-?(?:\w+:)?"[^"]*"?|\S+/g)) {
    const not = word.length > 1 && word.startsWith('-') && !/^-(?:-|[a-zA-Z]$)/.test(word);
    const rest = not ? word.slice(1) : word;
    const colon = rest.indexOf(':');
    const field = rest.slice(0, Math.max(0, colon)).toLowerCase();
    const [of, raw] = isField(field) ? [field, rest.slice(colon + 1)] : ['text' as const, rest];
    const value = raw.replace(/"/g, '').toLowerCase();
    if (value !== '') terms.push({ field: of, value, not });
  }
  const marked = terms.filter(({ field, not }) => !not && (field === 'text' || field === 'ip' || field === 'port'));
  return { terms, marks: marked.map(({ value }) => value) };
}

export interface RuleSearchContext {
  things: ThingsOf;
  /** Packets that a rule has counted; null where it counts none. */
  packets: (ruleId: string) => number | null;
}

/** Ids of the rules that match, in the order of the book. No terms: none. */
export function searchRules(hooks: readonly BookHook[], { terms }: RuleSearch, context: RuleSearchContext): string[] {
  if (terms.length === 0) return [];
  const tests = terms.map((term) => ({ not: term.not, holds: testOf(term, context) }));
  const found: string[] = [];
  for (const { hook, chains } of hooks) {
    for (const entry of chains) {
      for (const rule of entry.rules) {
        const place = { rule, entry, hook };
        if (tests.every(({ not, holds }) => holds(place) !== not)) found.push(rule.id);
      }
    }
  }
  return found;
}

interface Place {
  rule: Rule;
  entry: BookChain;
  hook: BookHook['hook'];
}

function testOf({ field, value }: RuleSearchTerm, { things, packets }: RuleSearchContext): (place: Place) => boolean {
  switch (field) {
    case 'text': {
      const address = addressTest(value);
      return ({ rule }) =>
        rule.text.toLowerCase().includes(value) ||
        (address !== null && rule.mentions.addresses.some(address)) ||
        things(rule).some(({ name }) => name.toLowerCase().includes(value));
    }
    case 'owner': {
      const owner = value === 'you' ? 'user' : value;
      return ({ rule }) => rule.owner === owner;
    }
    case 'table':
      return ({ entry }) => entry.table.name.toLowerCase() === value;
    case 'chain':
      return ({ entry }) => entry.chain.name.toLowerCase() === value;
    case 'hook':
      return ({ hook }) => (hook ?? 'none') === value;
    case 'verdict':
      return ({ rule }) => {
        const { kind, word } = ruleAction(rule);
        return kind === value || word === value;
      };
    case 'port':
      return ({ rule }) =>
        rule.mentions.ports.some((range) => inPortRange(range, Number(value))) ||
        inPortRange(rule.translation?.port ?? '', Number(value));
    case 'ip': {
      const address = addressTest(value);
      return ({ rule }) => rule.mentions.addresses.some(address ?? ((text) => text.includes(value)));
    }
    case 'set':
      return ({ rule }) => rule.mentions.sets.some((name) => name.toLowerCase().includes(value));
    case 'is':
      return ({ rule }) => property(value, rule, packets(rule.id));
  }
}

/** `unused`: it counts, and has counted nothing. */
function property(value: string, rule: Rule, packets: number | null): boolean {
  switch (value) {
    case 'unused':
      return packets === 0;
    case 'used':
      return packets !== null && packets > 0;
    case 'uncounted':
      return packets === null;
    case 'unparsed':
      return rule.unparsed !== null;
    case 'commented':
      return rule.comment !== null;
    default:
      return false;
  }
}

function inPortRange(range: string, port: number): boolean {
  const [from, to] = range.split('-').map(Number);
  return from !== undefined && port >= from && port <= (to ?? from);
}

/** Whether an address of a rule, which may be a prefix or a range, holds the one asked for; null where none was asked. */
function addressTest(text: string): ((mentioned: string) => boolean) | null {
  if (!ipaddr.isValid(text) || !/[.:].*[.:]/.test(text)) return null;
  const asked = ipaddr.parse(text);
  const bytes = asked.toByteArray();
  const compare = (other: number[]) => {
    for (const [index, byte] of bytes.entries()) if (byte !== other[index]) return byte - (other[index] ?? 0);
    return 0;
  };
  return (mentioned) => {
    if (ipaddr.isValidCIDR(mentioned)) {
      const [prefix, length] = ipaddr.parseCIDR(mentioned);
      // Of 0.0.0.0/0 nobody would say that it speaks of this address.
      return length > 0 && prefix.kind() === asked.kind() && asked.match(prefix, length);
    }
    const [from, to] = mentioned.split('-');
    if (from === undefined || !ipaddr.isValid(from) || ipaddr.parse(from).kind() !== asked.kind()) return false;
    if (to === undefined) return compare(ipaddr.parse(from).toByteArray()) === 0;
    return (
      ipaddr.isValid(to) &&
      compare(ipaddr.parse(from).toByteArray()) >= 0 &&
      compare(ipaddr.parse(to).toByteArray()) <= 0
    );
  };
}
