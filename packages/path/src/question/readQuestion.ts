import {
  Protocol,
  type QuestionInput,
  type QuestionSource,
  type QuestionTarget,
  type Snapshot,
  VethscopeError,
} from '@vethscope/model';
import { familyOf } from './familyOf.ts';
import { findContainer, noContainer } from './findContainer.ts';
import { nearestName } from './nearestName.ts';
import { asOptions, type Spelling } from './spelling.ts';

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
export function readQuestion(snapshot: Snapshot, words: QuestionWords, spelling: Spelling = asOptions): QuestionInput {
  const protocol = readProtocol(words.proto, spelling);
  const from = readSource(snapshot, words.from, spelling);
  const to = readTarget(snapshot, words.to, { from, protocol, spelling });
  const { sourcePort } = words;
  if (sourcePort === undefined) return { from, to, protocol };
  const where = spelling.where('source-port', sourcePort);
  if (protocol === 'icmp')
    throw usage('icmp has no ports.', where, `Leave ${spelling.field('source-port')} out, or ask for tcp or udp.`);
  return { from, to, protocol, sourcePort: readPort(sourcePort, where) };
}

const usage = (message: string, where: string, fix: string): VethscopeError =>
  new VethscopeError('usage', message, { where, fix });

function readProtocol(word: string, spelling: Spelling): Protocol {
  const found = Protocol.safeParse(word.toLowerCase());
  if (found.success) return found.data;
  const near = nearestName(word, Protocol.options);
  const guess = near === null ? '' : ` Did you mean "${near}"?`;
  throw usage(`"${word}" is not a protocol.`, spelling.where('proto', word), `It is tcp, udp, icmp or sctp.${guess}`);
}

function readPort(text: string, where: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw usage(`"${text}" is not a port.`, where, 'A port is a number from 1 to 65535.');
}

/** Digits and dots, or hexadecimal digits and two colons: somebody meant an address, right or wrong. */
const looksLikeAddress = (word: string): boolean =>
  /^[\d.]+$/.test(word) || (/^[\da-fA-F:.]+$/.test(word) && word.split(':').length > 2);

function notAnAddress(word: string, where: string): VethscopeError {
  if (/^\d+(\.\d+){3}\/\d+$/.test(word) || word.includes('/'))
    return usage(`"${word}" is a network, not an address.`, where, 'Name one address of it.');
  return usage(`"${word}" is not an address.`, where, 'Write it like 192.168.1.20, or 2001:db8::20.');
}

function readSource(snapshot: Snapshot, word: string, spelling: Spelling): QuestionSource {
  const where = spelling.where('from', word);
  const address = word.replace(/^\[(.*)\]$/, '$1');
  if (word === 'host' || word === 'internet') return { kind: word };
  if (familyOf(address) !== null) return { kind: 'address', address };
  const name = word.startsWith('container:') ? word.slice('container:'.length) : word;
  const isNamed = Object.values(snapshot.records.container).some((one) => one.name === name);
  if (!isNamed && (looksLikeAddress(word) || word.includes('/'))) throw notAnAddress(word, where);
  const near = nearestName(word, ['host', 'internet']);
  if (!isNamed && near !== null && name === word)
    throw usage(`"${word}" is no sender.`, where, `Did you mean "${near}"?`);
  const container = findContainer(snapshot, name, where);
  if (container.sandbox === null && container.state !== 'running' && container.state !== 'paused') {
    throw usage(
      `The container "${container.name}" does not run (${container.state}), so it sends nothing.`,
      where,
      `docker start ${container.name}`,
    );
  }
  return { kind: 'container', name: container.name };
}

interface Asked {
  from: QuestionSource;
  protocol: Protocol;
  spelling: Spelling;
}

function readTarget(snapshot: Snapshot, word: string, asked: Asked): QuestionTarget {
  const { spelling } = asked;
  const where = spelling.where('to', word);
  if (word.startsWith('container:')) {
    const { name, port } = splitPort(word.slice('container:'.length), { where, asked, example: word });
    return { kind: 'container', name: findContainer(snapshot, name, where).name, port };
  }
  if (familyOf(word) === 6) {
    if (asked.protocol === 'icmp') return { kind: 'address', address: word, port: null };
    throw usage(
      'The port is missing.',
      where,
      `Write an IPv6 address in brackets: ${spelling.quoted('to', `[${word}]:80`)}.`,
    );
  }
  const bracketed = /^\[([^\]]*)\](.*)$/.exec(word);
  if (bracketed) {
    const [, address = '', rest = ''] = bracketed;
    if (familyOf(address) !== 6) throw notAnAddress(address, where);
    const { name, port } = splitPort(`v6${rest}`, { where, asked, example: `[${address}]` });
    if (name !== 'v6') throw usage(`"${rest}" behind the address is not a port.`, where, `Write [${address}]:80.`);
    return { kind: 'address', address, port };
  }
  const { name, port } = splitPort(word, { where, asked, example: word });
  if (name === 'host') return { kind: 'host', port };
  if (familyOf(name) === 4) return { kind: 'address', address: name, port };
  if (looksLikeAddress(name) || name.includes('/')) throw notAnAddress(name, where);
  if (name === 'internet')
    throw usage('The internet is no address.', where, 'Name an address of it, such as 203.0.113.9:443.');
  return readName(snapshot, { name, port, where, from: asked.from });
}

function splitPort(
  text: string,
  { where, asked, example }: { where: string; asked: Asked; example: string },
): { name: string; port: number | null } {
  const at = text.lastIndexOf(':');
  if (asked.protocol === 'icmp') {
    if (at >= 0)
      throw usage(
        'icmp has no ports.',
        where,
        `Write ${asked.spelling.example('to', text.slice(0, at))}, or ask for tcp or udp.`,
      );
    return { name: text, port: null };
  }
  if (at < 0)
    throw usage(
      'The port is missing.',
      where,
      `Write ${asked.spelling.example('to', `${example}:80`)}, or ${asked.spelling.example('proto', 'icmp')} for a ping.`,
    );
  if (at === 0)
    throw usage(
      'There is no address or name before the port.',
      where,
      `Write ${asked.spelling.example('to', `host${text}`)}.`,
    );
  return { name: text.slice(0, at), port: readPort(text.slice(at + 1), where) };
}

/**
 * A bare name. A container resolves it as it would; to the host, and to machines outside, names of containers mean nothing, so that a container's
 * own address is meant there.
 */
function readName(
  snapshot: Snapshot,
  { name, port, where, from }: { name: string; port: number | null; where: string; from: QuestionSource },
): QuestionTarget {
  const containers = Object.values(snapshot.records.container);
  const isContainer = containers.some((one) => one.name === name);
  if (isContainer && from.kind !== 'container') return { kind: 'container', name, port };
  if (name.includes('.') || isContainer || knownNames(snapshot).has(name.toLowerCase()))
    return { kind: 'name', name, port };
  const error = noContainer(containers, name, where);
  const fix = `${error.fix ?? ''} For a name that a DNS server outside knows, write "${name}.".`.trim();
  throw new VethscopeError('usage', `Nothing is called "${name}" here: no container, alias or service.`, {
    where,
    fix,
  });
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
