import type { QuestionInput, Snapshot } from '@vethscope/model';
import { applyWhatIf, switchesFor, tracePath, type WhatIf } from '@vethscope/path';
import type { PathAnswer } from './pathMessages.ts';

/** The trace of a question, and what would come of it under changes. */
export function answerPath(snapshot: Snapshot, question: QuestionInput, changes: readonly WhatIf[]): PathAnswer {
  const trace = tracePath(snapshot, question);
  const { snapshot: changed, missing } = applyWhatIf(snapshot, changes);
  const otherwise = changed === snapshot ? null : tracePath(changed, question);
  return { question: trace.question, trace, otherwise, missing, switches: switchesFor(changed, otherwise ?? trace) };
}
