import type { Question, QuestionSource, QuestionTarget } from '@vethscope/model';
import type { ReachSource } from './reachSources.ts';
import type { ReachTarget } from './reachTargets.ts';

/** What is asked for a cell. */
export function reachQuestion(source: ReachSource, target: ReachTarget): Question {
  const { to, protocol, family } = target;
  const isSix = family === 6 || (to.kind === 'address' && to.address.includes(':'));
  const from: QuestionSource = (isSix ? source.from6 : null) ?? source.from;
  return { from, to: seenFrom(source, target), protocol, source: null, sourcePort: null, family };
}

/** Inside of its own sandbox a service on the loopback is asked for by its very address: 127.0.0.53 is not 127.0.0.1. */
function seenFrom(source: ReachSource, { to, loopback, sandbox, port }: ReachTarget): QuestionTarget {
  return loopback !== null && source.sandbox === sandbox ? { kind: 'address', address: loopback, port } : to;
}
