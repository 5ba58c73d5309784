import type { Change, FindWords } from '@vethscope/graph';
import type { Disposition, ErrorBody, IptablesBody } from '@vethscope/model';
import type { NftParts } from '@vethscope/parse';
import type { QuestionFaults } from '@vethscope/path';

/*
 * Words of packages/graph and packages/path. They are English, as the pictures and the command line are, so here is little to say; another
 * language has words for the closed sets among them.
 */

const dispositions: Record<Disposition, string> = {
  delivered: 'Delivered',
  leftHost: 'Leaves the host',
  refused: 'Refused',
  dropped: 'Dropped',
  rejected: 'Rejected',
  noRoute: 'No route',
  notForwarded: 'Not forwarded',
  neighborUnreachable: 'Neighbour unreachable',
  unresolved: 'Not resolved',
  loop: 'Loop',
  noReply: 'No reply',
  unknown: 'Unknown',
};

interface RuleWords {
  iptables: (body: IptablesBody) => string;
  nft: (parts: NftParts) => string;
}

export const packages = {
  dispositions,
  /** A label, a title, a state or a note in this language; itself where it is a name or a sentence that nobody foresaw. */
  word: (english: string): string => english,
  /** A difference in one line without a full stop; null where changeSentence says it. */
  change: (_change: Change): string | null => null,
  /** What takes the place of an error's English; nothing here. */
  error: (_error: ErrorBody): Partial<Pick<ErrorBody, 'message' | 'fix'>> => ({}),
  /** Faults of find expressions and of the words of a question; undefined where they are said as the packages say them. */
  find: undefined as FindWords | undefined,
  question: undefined as QuestionFaults | undefined,
  /** What a rule does; undefined where packages/parse says it. */
  rule: undefined as RuleWords | undefined,
};
