import { VethscopeError } from '@vethscope/model';
import type { QuestionFaults } from './questionFaults.ts';

/** `where` is the word as it was typed; `faults`, in which words it is said what is wrong with it. */
export interface At {
  where: string;
  faults: QuestionFaults;
}

export const usage = ({ message, fix }: { message: string; fix: string }, where: string): VethscopeError =>
  new VethscopeError('usage', message, { where, fix });
