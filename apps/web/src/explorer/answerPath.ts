import type { QuestionInput, Snapshot } from '@vethscope/model';
import { applyWhatIf, type Sentences, switchesFor, tracePath, type WhatIf } from '@vethscope/path';
import type { PathAnswer } from './pathMessages.ts';

interface Asked {
  question: QuestionInput;
  changes: readonly WhatIf[];
  /** Of another language than the engine's own. */
  sentences?: Sentences | undefined;
}

/** The trace of a question, and what would come of it under changes. */
export function answerPath(snapshot: Snapshot, { question, changes, sentences }: Asked): PathAnswer {
  const trace = tracePath(snapshot, question, { sentences });
  const { snapshot: changed, missing } = applyWhatIf(snapshot, changes);
  const otherwise = changed === snapshot ? null : tracePath(changed, question, { sentences });
  return { question: trace.question, trace, otherwise, missing, switches: switchesFor(changed, otherwise ?? trace) };
}
