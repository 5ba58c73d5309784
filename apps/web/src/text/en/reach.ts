import type { Disposition } from '@vethscope/model';
import { number, plural } from './counts.ts';

/** What a disposition is called, and what it means here. */
const words: Record<Disposition, string> = {
  delivered: 'delivered',
  leftHost: 'leaves',
  refused: 'refused',
  dropped: 'dropped',
  rejected: 'rejected',
  noRoute: 'no route',
  notForwarded: 'no forward',
  neighborUnreachable: 'nobody',
  unresolved: 'unresolved',
  loop: 'loop',
  noReply: 'no reply',
  unknown: 'unknown',
};

const meanings: Record<Disposition, string> = {
  delivered: 'A socket takes it, and the answer comes back.',
  leftHost: 'It goes out of the host, to nobody who is known here.',
  refused: 'It arrives, but nothing listens there, or on another address only.',
  dropped: 'A rule, or the policy of a chain, drops it.',
  rejected: 'A rule rejects it, and the sender is told.',
  noRoute: 'There is no route, or one that refuses.',
  notForwarded: 'Forwarding is switched off.',
  neighborUnreachable: 'No live link on that segment has the address.',
  unresolved: 'The target has no address that this sender could ask for.',
  loop: 'It goes round without end.',
  noReply: 'It arrives, but no answer comes back.',
  unknown: 'A snapshot does not hold what decides.',
};

/** Words of the reachability view. */
export const reach = {
  title: 'Reachability',
  subtitle: 'Who reaches what listens. Nothing is sent: each cell is the end of a predicted path.',
  grid: 'Who reaches what: senders as rows, listening and published ports as columns',
  words,
  meanings,
  notYet: 'not computed yet',
  cell: (from: string, to: string, word: string) => `${from} to ${to}: ${word}`,
  old: 'of the state before',
  corner: { from: 'from', to: 'to' },
  filterFrom: 'Filter senders',
  filterTo: 'Filter targets',
  size: (senders: number, targets: number) => `${plural(senders, 'sender')} × ${plural(targets, 'target')}`,
  shown: (shown: number, all: number) => `${number(shown)} of ${number(all)}`,
  look: 'What cells show',
  looks: { marks: 'Marks', words: 'Words' },
  looksHint: { marks: 'A mark in each cell: more of them fit', words: 'A word in each cell' },
  progress: 'Cells computed',
  computing: (done: number, all: number) => `${number(done)} of ${number(all)} cells`,
  waiting: 'The host changed: computing again…',
  partial: (done: number, all: number) => `${number(done)} of ${number(all)} cells; the others when they are in view`,
  fault: 'The matrix could not be computed.',
  again: 'Try again',
  nothing: 'Nothing listens on this host, and nothing is published: there is nothing to reach.',
  noMatch: 'No sender or no target matches the filter.',
  clear: 'Clear the filters',
  networkless: 'no network',
  host: 'host',
  follow: 'Enter or click: follow the packet',
  asking: 'Finding out why…',
  count: (word: string, count: number) => `${number(count)} ${word}`,
};
