import { type Said, type Say, sayEnglish } from './sentences/sentences.ts';

/** A question that the snapshot does not answer, and the answer that this run took. */
export interface Decision {
  at: string;
  why: Said;
  kind: 'depends' | 'unmodelled';
  answer: boolean;
}

/**
 * The open questions of one run [P14]. A run is told the answers to the first of them and takes "no" for the rest, so that a second run
 * can follow the other answer. What was lifted is treated as though it were not there [P16].
 */
export class Decisions {
  readonly taken: Decision[] = [];
  private readonly answers: readonly boolean[];
  readonly lifted: ReadonlySet<string>;
  /** In which words it is said why they are open. */
  readonly say: Say;

  constructor(answers: readonly boolean[] = [], lifted: ReadonlySet<string> = new Set(), say: Say = sayEnglish) {
    this.answers = answers;
    this.lifted = lifted;
    this.say = say;
  }

  ask(question: { at: string; why: Said; kind?: Decision['kind'] }): boolean {
    const answer = this.answers[this.taken.length] ?? false;
    this.taken.push({ at: question.at, why: question.why, kind: question.kind ?? 'depends', answer });
    return answer;
  }
}
