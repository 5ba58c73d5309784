import type { Disposition } from '@vethscope/model';

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

/** A disposition in the room that a cell of a table has. */
export const reachWord = (disposition: Disposition): string => words[disposition];
