import { diffSnapshots, type ErrorBody, isEmptyDiff, type QuestionInput, type Snapshot } from '@vethscope/model';
import type { WhatIf } from '@vethscope/path';
import { AnswerError } from '../api/client.ts';
import { errorInWords } from '../api/errorInWords.ts';
import type { Language } from '../text/language.ts';
import { t } from '../text/text.ts';
import type { PathAnswer, PathReply, PathRequest } from './pathMessages.ts';

/** As much of a Worker as is needed here. */
export interface PathPort {
  postMessage(request: PathRequest): void;
  terminate(): void;
  onmessage: ((event: { data: PathReply }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  onmessageerror: (() => void) | null;
}

interface PathAsked {
  /** Names the Snapshot: the same name is the same Snapshot. */
  version: string;
  snapshot: Snapshot;
  question: QuestionInput;
  changes: readonly WhatIf[];
  /** Of the sentences in the answer. */
  language: Language;
}

export interface PathClient {
  /** Rejects with an AnswerError: what the worker said, that it broke, or that it said nothing. */
  ask(asked: PathAsked): Promise<PathAnswer>;
  close(): void;
}

/** A path takes about a millisecond: a worker that is silent for this long is caught in a loop. */
const silenceMs = 15_000;

interface Waiting {
  resolve: (answer: PathAnswer) => void;
  reject: (error: AnswerError) => void;
  timer: ReturnType<typeof setTimeout>;
}

const fault = (message: string, where: string | null = null): ErrorBody => ({
  code: 'internal',
  message,
  where,
  fix: t.explorer.faults.again,
});

/** Questions to a worker that is made with the first one. After a fault the next question makes another. */
export function createPathClient(makePort: () => PathPort): PathClient {
  let port: PathPort | null = null;
  let sent: { version: string; snapshot: Snapshot } | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const stop = (error: ErrorBody) => {
    port?.terminate();
    port = null;
    sent = null;
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new AnswerError(error));
    }
    waiting.clear();
  };

  const open = (): PathPort => {
    const made = makePort();
    made.onmessage = ({ data }) => {
      const asked = waiting.get(data.id);
      if (!asked) return;
      waiting.delete(data.id);
      clearTimeout(asked.timer);
      if ('answer' in data) asked.resolve(data.answer);
      else asked.reject(new AnswerError(errorInWords(data.error)));
    };
    made.onerror = ({ message }) => stop(fault(t.explorer.faults.broke, message ?? null));
    made.onmessageerror = () => stop(fault(t.explorer.faults.unread));
    return made;
  };

  /** The whole Snapshot once, then what changed. */
  const send = (to: PathPort, { version, snapshot }: PathAsked) => {
    if (sent?.version === version) return;
    const diff = sent && diffSnapshots(sent.snapshot, snapshot);
    if (!diff) to.postMessage({ kind: 'snapshot', version, snapshot });
    else if (!isEmptyDiff(diff) || diff.readAt !== sent?.snapshot.readAt)
      to.postMessage({ kind: 'diff', version, diff });
    sent = { version, snapshot };
  };

  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        try {
          port ??= open();
          send(port, asked);
          const { question, changes, language } = asked;
          port.postMessage({ kind: 'ask', id, question, changes, language });
        } catch (error) {
          stop(fault(t.explorer.faults.broke, String(error)));
          reject(new AnswerError(fault(t.explorer.faults.broke, String(error))));
          return;
        }
        const timer = setTimeout(() => stop(fault(t.explorer.faults.silent(silenceMs / 1000))), silenceMs);
        waiting.set(id, { resolve, reject, timer });
      }),
    close: () => stop(fault(t.explorer.faults.broke)),
  };
}
