import type { ErrorBody, Question, QuestionInput, Snapshot, SnapshotDiff, Trace } from '@vethscope/model';
import type { Switches, WhatIf } from '@vethscope/path';
import type { Language } from '../text/language.ts';

/** What the page asks of the worker. `version` names a Snapshot: a diff follows on the one that was sent before. `language`: that of the sentences. */
export type PathRequest =
  | { kind: 'snapshot'; version: string; snapshot: Snapshot }
  | { kind: 'diff'; version: string; diff: SnapshotDiff }
  | { kind: 'ask'; id: number; question: QuestionInput; changes: readonly WhatIf[]; language: Language };

/**
 * `trace` is of the host as it is, `otherwise` as the changes would have it; null without one. `missing`: changes for which there is nothing on this
 * host. `switches` are what may be changed about the trace that counts: `otherwise`, where there is one.
 */
export interface PathAnswer {
  question: Question;
  trace: Trace;
  otherwise: Trace | null;
  missing: readonly WhatIf[];
  switches: readonly Switches[];
}

export type PathReply = { id: number; answer: PathAnswer } | { id: number; error: ErrorBody };
