import '../api/jitless.ts';
import { applyDiff, type Snapshot, VethscopeError } from '@vethscope/model';
import { sentencesIn } from '../text/sentencesIn.ts';
import { answerPath } from './answerPath.ts';
import type { PathReply, PathRequest } from './pathMessages.ts';

/* The path engine beside the page: it keeps its own Snapshot, which grows by the same diffs as the page's. */

let snapshot: Snapshot | null = null;

/** `asked` is the Snapshot of the moment of the question: while sentences are fetched the next may come. */
async function reply(request: Extract<PathRequest, { kind: 'ask' }>, asked: Snapshot | null): Promise<PathReply> {
  const { id, question, changes, language } = request;
  try {
    if (!asked) throw new Error('A question came before the first snapshot.');
    return { id, answer: answerPath(asked, { question, changes, sentences: await sentencesIn(language) }) };
  } catch (error) {
    const known = error instanceof VethscopeError ? error : new VethscopeError('internal', String(error));
    return { id, error: known.toBody() };
  }
}

self.onmessage = ({ data: request }: MessageEvent<PathRequest>) => {
  switch (request.kind) {
    case 'snapshot':
      snapshot = request.snapshot;
      return;
    case 'diff':
      // A diff that comes without a Snapshot is dropped: the question behind it says so.
      snapshot = snapshot && applyDiff(snapshot, request.diff);
      return;
    case 'ask':
      void reply(request, snapshot).then((answer) => self.postMessage(answer));
      return;
  }
};
