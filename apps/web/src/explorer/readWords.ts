import { type ErrorBody, type Protocol, type QuestionInput, type Snapshot, VethscopeError } from '@vethscope/model';
import { asFields, type QuestionField, readQuestion } from '@vethscope/path';
import { t } from '../text/text.ts';
import type { PathWords } from '../view/PageActions.tsx';
import { isUp, receiverWord, senderWord } from './ends.ts';

export interface AskedWords {
  from: string;
  to: string;
  proto: Protocol;
  sourcePort?: string | undefined;
}

/** `open`: an end is still to be chosen. `fault`: `field` is the word that is wrong. */
export type ReadWords =
  | { kind: 'open' }
  | { kind: 'question'; question: QuestionInput }
  | { kind: 'fault'; field: QuestionField | null; error: ErrorBody };

const fields: readonly QuestionField[] = ['from', 'to', 'proto', 'source-port'];

/** The words of the question as the command line reads them. */
export function readWords(snapshot: Snapshot, words: AskedWords): ReadWords {
  if (words.from === '' || words.to === '') return { kind: 'open' };
  try {
    return {
      kind: 'question',
      question: readQuestion(snapshot, words, { spelling: asFields, faults: t.packages.question }),
    };
  } catch (error) {
    if (!(error instanceof VethscopeError)) throw error;
    return { kind: 'fault', field: fields.find((field) => field === error.where) ?? null, error: error.toBody() };
  }
}

/** The question the other way round; null where an end means nothing at the other side. */
export function swapped(snapshot: Snapshot, { from, to, proto }: AskedWords): PathWords | null {
  const [, place = '', port] = /^(?:container:)?(.+?)(?::(\d+))?$/.exec(to) ?? [];
  const address = /^\[(.+)\]$/.exec(place)?.[1] ?? place;
  const containers = Object.values(snapshot.records.container);
  const receiver = containers.find(({ name }) => name === address);
  const sender = containers.find(({ name }) => senderWord(name) === from || `container:${name}` === from);
  const isAddress = /^[\d.]+$|:/.test(address);
  const nextFrom =
    receiver && isUp(receiver) ? senderWord(receiver.name) : address === 'host' ? 'host' : isAddress ? address : null;
  if (nextFrom === null || nextFrom === '') return null;
  if (sender) {
    const word = receiverWord(snapshot, sender);
    return { from: nextFrom, ...(proto === 'icmp' ? { to: `container:${sender.name}`, proto } : word) };
  }
  if (from === 'internet' || from === '') return null;
  const named = from.includes(':') && proto !== 'icmp' ? `[${from}]` : from;
  return { from: nextFrom, to: proto === 'icmp' ? from : `${named}:${port ?? '80'}` };
}
