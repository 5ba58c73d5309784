import type { Snapshot } from '@vethscope/model';
import type { WithoutRule } from '@vethscope/path';

export interface WithoutRequest {
  snapshot: Snapshot;
  rule: string;
  /** Records that the rule speaks of. */
  near: readonly string[];
}

/** `answer` null: the Snapshot does not have the rule. */
export type WithoutReply = { answer: WithoutRule | null } | { error: string };
