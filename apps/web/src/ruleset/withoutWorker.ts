import '../api/jitless.ts';
import { VethscopeError } from '@vethscope/model';
import { withoutRule } from '@vethscope/path';
import { sentencesIn } from '../text/sentencesIn.ts';
import type { WithoutReply, WithoutRequest } from './withoutMessages.ts';

/* The matrix asked twice takes too long for the page's own thread. One worker per question: it ends with its answer. */

/** Some seconds at most, on a slow machine. */
const limit = 4000;

async function replyTo({ snapshot, rule, near, language }: WithoutRequest): Promise<WithoutReply> {
  try {
    const sentences = await sentencesIn(language);
    return { answer: withoutRule(snapshot, { rule, near, limit, sentences }) };
  } catch (error) {
    return { error: error instanceof VethscopeError ? error.message : String(error) };
  }
}

self.onmessage = ({ data }: MessageEvent<WithoutRequest>) =>
  void replyTo(data).then((reply) => self.postMessage(reply));
