import type { Snapshot } from '@vethscope/model';
import type { WithoutRule } from '@vethscope/path';
import type { Language } from '../text/language.ts';

export interface WithoutRequest {
  snapshot: Snapshot;
  rule: string;
  /** Records that the rule speaks of. */
  near: readonly string[];
  language: Language;
}

/** `answer` null: the Snapshot does not have the rule. */
export type WithoutReply = { answer: WithoutRule | null } | { error: string };
