import type { Disposition } from '@vethscope/model';

const words: Readonly<Record<Disposition, string>> = {
  delivered: 'Delivered',
  leftHost: 'Left the host',
  refused: 'Refused',
  dropped: 'Dropped',
  rejected: 'Rejected',
  noRoute: 'No route',
  notForwarded: 'Not forwarded',
  neighborUnreachable: 'Nobody answers',
  unresolved: 'Not resolved',
  loop: 'Goes round',
  noReply: 'No reply',
  unknown: 'Cannot be told',
};

export function dispositionWord(disposition: Disposition): string {
  return words[disposition];
}

export function outcomeOf(disposition: Disposition): 'good' | 'warn' | 'bad' {
  if (disposition === 'delivered' || disposition === 'leftHost') return 'good';
  return disposition === 'unknown' ? 'warn' : 'bad';
}
