import type { Question, Snapshot } from '@vethscope/model';
import { type ReachCell, reachCell } from '../reach/reachCell.ts';
import { type ReachSource, reachSources } from '../reach/reachSources.ts';
import { type ReachTarget, reachTargets } from '../reach/reachTargets.ts';
import type { Sentences } from '../sentences/sentences.ts';
import { applyWhatIf } from './applyWhatIf.ts';

/** An answer that would be another one without the rule. */
export interface ChangedAnswer {
  from: string;
  to: string;
  question: Question;
  before: Pick<ReachCell, 'disposition' | 'sentence'>;
  after: Pick<ReachCell, 'disposition' | 'sentence'>;
}

/** `asked` of `all` questions: those that the rule is most likely to concern come first. */
export interface WithoutRule {
  asked: number;
  all: number;
  changed: ChangedAnswer[];
}

interface Asking {
  rule: string;
  /** Records that the rule speaks of (containers, published ports): what they send and offer is asked first. */
  near: readonly string[];
  /** Most questions to ask. Each is two traces, some 0.1 ms. */
  limit: number;
  /** The language of the sentences. Default English. */
  sentences?: Sentences | undefined;
}

/**
 * What of "who reaches what" would change if a rule were not there: the matrix of reachability is asked with and without it. null for a rule that the
 * Snapshot does not have. Of a published port that the userland proxy would serve then, the answer stays "delivered"; its sentence changes.
 */
export function withoutRule(snapshot: Snapshot, { rule, near, limit, sentences }: Asking): WithoutRule | null {
  const lifted = applyWhatIf(snapshot, [{ kind: 'lift', rule }]);
  if (lifted.missing.length > 0) return null;
  const records = new Set(near);
  const isNear = ({ touches }: { touches: readonly string[] }) => touches.some((id) => records.has(id));
  const sources = reachSources(snapshot);
  const pairs = reachTargets(snapshot).flatMap((target) =>
    sources.map((source) => ({ source, target, rank: rankOf(source, target, isNear) })),
  );
  const asked = pairs.sort((a, b) => a.rank - b.rank).slice(0, limit);
  const changed: ChangedAnswer[] = [];
  for (const { source, target } of asked) {
    const before = reachCell(snapshot, { source, target }, sentences);
    const after = reachCell(lifted.snapshot, { source, target }, sentences);
    if (before.disposition === after.disposition && before.sentence === after.sentence) continue;
    changed.push({
      from: source.label,
      to: target.label,
      question: before.question,
      before: { disposition: before.disposition, sentence: before.sentence },
      after: { disposition: after.disposition, sentence: after.sentence },
    });
  }
  // First where another end comes of it, then where it is the same end by another way.
  const same = (one: ChangedAnswer) => Number(one.before.disposition === one.after.disposition);
  changed.sort((a, b) => same(a) - same(b));
  return { asked: asked.length, all: pairs.length, changed };
}

type Near = (one: { touches: readonly string[] }) => boolean;

/** Targets that the rule speaks of, then sources that it speaks of, then the three that stand for many: internet, LAN and host. */
function rankOf(source: ReachSource, target: ReachTarget, isNear: Near): number {
  const few = source.kind !== 'container';
  if (isNear(target)) return few || isNear(source) ? 0 : 1;
  if (isNear(source)) return 2;
  return few ? 3 : 4;
}
