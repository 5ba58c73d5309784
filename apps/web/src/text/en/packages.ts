import type { Change } from '@vethscope/graph';
import type { Disposition } from '@vethscope/model';

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

export const packages = {
  dispositions,
  /** A label, a title, a state or a note in this language; itself where it is a name or a sentence that nobody foresaw. */
  word: (english: string): string => english,
  /** A difference in one line without a full stop; null where changeSentence says it. */
  change: (_change: Change): string | null => null,
};
