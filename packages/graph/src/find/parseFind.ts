import ipaddr from 'ipaddr.js';
import type { FindError, FindField, FindResult, FindTerm } from './findExpression.ts';
import { type FindWords, findEnglish } from './findWords.ts';

export const findFields: Record<FindField, string> = {
  name: 'container, network or link by name',
  net: 'on a network',
  ip: 'address or prefix',
  port: 'published or listening',
  driver: 'network driver',
  label: 'key or key=value',
  image: 'image',
  is: 'a property',
  state: 'container state',
  project: 'compose project',
  service: 'compose or swarm service',
  link: 'interface by name',
  mac: 'hardware address',
};

export const findProperties: Record<string, string> = {
  running: 'container that runs',
  stopped: 'container that does not run',
  paused: 'paused container',
  unhealthy: 'failed its health check',
  published: 'has a published port',
  deaf: 'published, but nothing would answer',
  host: 'in the host’s namespace',
  none: 'cut off from all networks',
  shared: 'shares a sandbox',
  multihomed: 'on more than one network',
  internal: 'internal network, or only on such',
  empty: 'network without containers',
  ipv6: 'has an IPv6 address or subnet',
  default: 'the default bridge',
  loopback: 'port published to this host only',
  down: 'link that is down',
};

export const containerStates = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

interface Word {
  text: string;
  at: number;
  length: number;
}

/**
 * An expression like `net:front,back -is:stopped "my app" label:tier=web`: words that must all hold; commas give alternatives, quotes keep blanks
 * and commas, `-` or `!` negates. Every error says where it is and what would be right, in English unless in other words.
 */
export function parseFind(text: string, words: FindWords = findEnglish): FindResult {
  const terms: FindTerm[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const word = readWord(text, at, words);
    if ('error' in word) return { ok: false, error: word.error };
    const term = readTerm(word, words);
    if ('error' in term) return { ok: false, error: term.error };
    terms.push(term.term);
    at = word.at + word.length;
  }
  return { ok: true, expression: { terms } };
}

/** Up to the next blank that is not inside quotes. */
function readWord(text: string, at: number, words: FindWords): Word | { error: FindError } {
  let end = at;
  let quote: number | null = null;
  while (end < text.length && (quote !== null || !/\s/.test(text[end] ?? ''))) {
    if (text[end] === '"') quote = quote === null ? end : null;
    end += 1;
  }
  if (quote !== null) {
    return { error: { at: quote, length: end - quote, ...words.openQuote } };
  }
  return { text: text.slice(at, end), at, length: end - at };
}

function readTerm(word: Word, words: FindWords): { term: FindTerm } | { error: FindError } {
  const negated = /^[-!]/.test(word.text) && word.text.length > 0;
  const body = negated ? word.text.slice(1) : word.text;
  const start = word.at + (negated ? 1 : 0);
  const fail = (at: number, length: number, fault: Pick<FindError, 'message' | 'hint'>) => ({
    error: { at, length: Math.max(1, length), ...fault },
  });
  if (body === '') return fail(word.at, 1, words.nothingToNegate);
  const colon = /^([A-Za-z]+):/.exec(body);
  // "fd00::2" and "::1" are addresses to look for and no fields.
  if (!colon || ipaddr.isValid(body) || body.startsWith('"')) {
    return { term: { field: null, values: splitValues(body), negated, at: word.at, length: word.length } };
  }
  const name = (colon[1] ?? '').toLowerCase();
  const rest = body.slice(colon[0].length);
  const field = fieldNamed(name);
  if (!field) {
    return fail(start, name.length, words.noField(name, meant(name, Object.keys(findFields))));
  }
  const values = splitValues(rest);
  const valueAt = start + colon[0].length;
  if (values.length === 0) return fail(start, colon[0].length, words.noValue(field, example[field]));
  for (const value of values) {
    const wrong = checkValue(field, value, words);
    if (wrong) return fail(valueAt, rest.length, wrong);
  }
  return { term: { field, values, negated, at: word.at, length: word.length } };
}

const example: Record<FindField, string> = {
  name: 'name:web',
  net: 'net:front',
  ip: 'ip:172.18.0.0/16',
  port: 'port:8080',
  driver: 'driver:overlay',
  label: 'label:com.docker.compose.project=shop',
  image: 'image:nginx',
  is: 'is:stopped',
  state: 'state:exited',
  project: 'project:shop',
  service: 'service:web',
  link: 'link:eth0',
  mac: 'mac:02:42',
};

const synonyms: Record<string, FindField> = {
  network: 'net',
  address: 'ip',
  container: 'name',
  compose: 'project',
  interface: 'link',
};

function fieldNamed(name: string): FindField | null {
  return Object.hasOwn(findFields, name) ? (name as FindField) : (synonyms[name] ?? null);
}

function splitValues(text: string): string[] {
  return [...text.matchAll(/((?:"[^"]*"|[^,"])+)/g)]
    .map((match) => (match[0] ?? '').replaceAll('"', '').trim())
    .filter((value) => value !== '');
}

function checkValue(field: FindField, value: string, words: FindWords): Pick<FindError, 'message' | 'hint'> | null {
  switch (field) {
    case 'port': {
      const range = /^(\d+)(?:-(\d+))?$/.exec(value);
      const [from, to] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
      if (range && from >= 0 && to <= 65535 && from <= to) return null;
      return words.noPort(value);
    }
    case 'ip':
      if (
        ipaddr.isValid(value) ||
        ipaddr.isValidCIDR(value) ||
        /^[\d.]+\.?$/.test(value) ||
        /^[0-9a-f:]+$/i.test(value)
      )
        return null;
      return words.noAddress(value);
    case 'is': {
      if (Object.hasOwn(findProperties, value.toLowerCase())) return null;
      return words.noProperty(value, meant(value.toLowerCase(), Object.keys(findProperties)));
    }
    case 'state':
      if (containerStates.some((state) => state === value.toLowerCase())) return null;
      return words.noState(value, containerStates);
    case 'name':
    case 'net':
    case 'driver':
    case 'label':
    case 'image':
    case 'project':
    case 'service':
    case 'link':
    case 'mac':
      return null;
  }
}

function meant(word: string, all: readonly string[]): { near: string } | { all: readonly string[] } {
  const near = nearest(word, all);
  return near === null ? { all } : { near };
}

/** The word with the fewest changed letters, where that is at most two. */
function nearest(word: string, among: readonly string[]): string | null {
  const ranked = among
    .map((each) => ({ each, distance: each.startsWith(word) ? 1 : editDistance(word, each) }))
    .sort((a, b) => a.distance - b.distance);
  const [first] = ranked;
  return first && first.distance <= 2 ? first.each : null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
