import {
  Protocol,
  type QuestionInput,
  type QuestionSource,
  type QuestionTarget,
  type Snapshot,
  type VethscopeError,
} from '@vethscope/model';
import { familyOf } from './familyOf.ts';
import { findContainer, meantName } from './findContainer.ts';
import { nearestName } from './nearestName.ts';
import { type QuestionFaults, questionFaults } from './questionFaults.ts';
import { asOptions, type Spelling } from './spelling.ts';
import { type At, usage } from './usage.ts';

/** The words of a question as they were typed. */
export interface QuestionWords {
  from: string;
  to: string;
  proto: string;
  sourcePort?: string | undefined;
}

/**
 * Words to a Question. Throws `usage`, and says which word is wrong and what would be right. `spelling`: how the place where the words were
 * typed calls its fields; by default the options of the command line.
 */
export function readQuestion(
  snapshot: Snapshot,
  words: QuestionWords,
  { spelling = asOptions, faults = questionFaults }: ReadingOptions = {},
): QuestionInput {
  const protocol = readProtocol(words.proto, { spelling, faults });
  const from = readSource(snapshot, words.from, { spelling, faults });
  const to = readTarget(snapshot, words.to, { from, protocol, spelling, faults });
  const { sourcePort } = words;
  if (sourcePort === undefined) return { from, to, protocol };
  const where = spelling.where('source-port', sourcePort);
  if (protocol === 'icmp') throw usage(faults.noPorts(spelling.field('source-port')), where);
  return { from, to, protocol, sourcePort: readPort(sourcePort, { where, faults }) };
}

interface ReadingOptions {
  spelling?: Spelling;
  /** What is said of faults. Default English. */
  faults?: QuestionFaults | undefined;
}

type Reading = Required<Pick<ReadingOptions, 'spelling'>> & { faults: QuestionFaults };

function readProtocol(word: string, { spelling, faults }: Reading): Protocol {
  const found = Protocol.safeParse(word.toLowerCase());
  if (found.success) return found.data;
  throw usage(faults.notAProtocol(word, nearestName(word, Protocol.options)), spelling.where('proto', word));
}

function readPort(text: string, { where, faults }: At): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw usage(faults.notAPort(text), where);
}

/** Digits and dots, or hexadecimal digits and two colons: somebody meant an address, right or wrong. */
const looksLikeAddress = (word: string): boolean =>
  /^[\d.]+$/.test(word) || (/^[\da-fA-F:.]+$/.test(word) && word.split(':').length > 2);

function notAnAddress(word: string, { where, faults }: At): VethscopeError {
  if (/^\d+(\.\d+){3}\/\d+$/.test(word) || word.includes('/')) return usage(faults.aNetwork(word), where);
  return usage(faults.notAnAddress(word), where);
}

function readSource(snapshot: Snapshot, word: string, { spelling, faults }: Reading): QuestionSource {
  const at = { where: spelling.where('from', word), faults };
  const address = word.replace(/^\[(.*)\]$/, '$1');
  if (word === 'host' || word === 'internet') return { kind: word };
  if (familyOf(address) !== null) return { kind: 'address', address };
  const name = word.startsWith('container:') ? word.slice('container:'.length) : word;
  const isNamed = Object.values(snapshot.records.container).some((one) => one.name === name);
  if (!isNamed && (looksLikeAddress(word) || word.includes('/'))) throw notAnAddress(word, at);
  const near = nearestName(word, ['host', 'internet']);
  if (!isNamed && near !== null && name === word) throw usage(faults.noSender(word, near), at.where);
  const container = findContainer(snapshot, name, at);
  if (container.sandbox === null && container.state !== 'running' && container.state !== 'paused') {
    throw usage(faults.notRunning(container.name, container.state), at.where);
  }
  return { kind: 'container', name: container.name };
}

interface Asked {
  from: QuestionSource;
  protocol: Protocol;
  spelling: Spelling;
  faults: QuestionFaults;
}

function readTarget(snapshot: Snapshot, word: string, asked: Asked): QuestionTarget {
  const { spelling, faults } = asked;
  const at = { where: spelling.where('to', word), faults };
  if (word.startsWith('container:')) {
    const { name, port } = splitPort(word.slice('container:'.length), { at, asked, example: word });
    return { kind: 'container', name: findContainer(snapshot, name, at).name, port };
  }
  if (familyOf(word) === 6) {
    if (asked.protocol === 'icmp') return { kind: 'address', address: word, port: null };
    throw usage(faults.unbracketed(spelling.quoted('to', `[${word}]:80`)), at.where);
  }
  const bracketed = /^\[([^\]]*)\](.*)$/.exec(word);
  if (bracketed) {
    const [, address = '', rest = ''] = bracketed;
    if (familyOf(address) !== 6) throw notAnAddress(address, at);
    const { name, port } = splitPort(`v6${rest}`, { at, asked, example: `[${address}]` });
    if (name !== 'v6') throw usage(faults.notAPortBehind(rest, `[${address}]:80`), at.where);
    return { kind: 'address', address, port };
  }
  const { name, port } = splitPort(word, { at, asked, example: word });
  if (name === 'host') return { kind: 'host', port };
  if (familyOf(name) === 4) return { kind: 'address', address: name, port };
  if (looksLikeAddress(name) || name.includes('/')) throw notAnAddress(name, at);
  if (name === 'internet') throw usage(faults.internetIsNoAddress, at.where);
  return readName(snapshot, { name, port, at, from: asked.from });
}

function splitPort(
  text: string,
  { at: place, asked, example }: { at: At; asked: Asked; example: string },
): { name: string; port: number | null } {
  const at = text.lastIndexOf(':');
  const { where, faults } = place;
  if (asked.protocol === 'icmp') {
    if (at >= 0) throw usage(faults.portOfIcmp(asked.spelling.example('to', text.slice(0, at))), where);
    return { name: text, port: null };
  }
  if (at < 0)
    throw usage(
      faults.portMissing(asked.spelling.example('to', `${example}:80`), asked.spelling.example('proto', 'icmp')),
      where,
    );
  if (at === 0) throw usage(faults.onlyPort(asked.spelling.example('to', `host${text}`)), where);
  return { name: text.slice(0, at), port: readPort(text.slice(at + 1), place) };
}

/**
 * A bare name. A container resolves it as it would; to the host, and to machines outside, names of containers mean nothing, so that a container's
 * own address is meant there.
 */
function readName(
  snapshot: Snapshot,
  { name, port, at, from }: { name: string; port: number | null; at: At; from: QuestionSource },
): QuestionTarget {
  const containers = Object.values(snapshot.records.container);
  const isContainer = containers.some((one) => one.name === name);
  if (isContainer && from.kind !== 'container') return { kind: 'container', name, port };
  if (name.includes('.') || isContainer || knownNames(snapshot).has(name.toLowerCase()))
    return { kind: 'name', name, port };
  throw usage(at.faults.nothingCalled(name, meantName(containers, name)), at.where);
}

function knownNames({ records }: Snapshot): Set<string> {
  const names = ['localhost'];
  for (const { aliases, dnsNames, links } of Object.values(records.endpoint)) {
    names.push(...aliases, ...dnsNames, ...links.map((link) => link.split(':').at(-1) ?? link));
  }
  for (const { name } of Object.values(records.service)) names.push(name);
  for (const { hosts } of Object.values(records.resolver)) names.push(...(hosts ?? '').split(/\s+/));
  return new Set(names.map((name) => name.toLowerCase()));
}
