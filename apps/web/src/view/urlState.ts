import { type Lens, lenses } from '@vethscope/graph';
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const pageViews = ['map', 'tree', 'rules', 'reach'] as const;
export type PageView = (typeof pageViews)[number];

const list = parseAsArrayOf(parseAsString).withDefault([]);

/**
 * What a link to this page carries. A step that a person would want to go back from (a lens, a selection) is an entry in the history;
 * typing is not.
 */
export const urlParsers = {
  lens: parseAsStringLiteral(lenses)
    .withDefault('docker' satisfies Lens)
    .withOptions({ history: 'push' }),
  /** A record's id. */
  select: parseAsString.withOptions({ history: 'push' }),
  find: parseAsString.withDefault(''),
  hide: parseAsString.withDefault(''),
  /** `tree`: the tree stands beside the map. The rules and the reachability stand in the map's place. */
  view: parseAsStringLiteral(pageViews).withDefault('map'),
  /** The packet question, in the words of the command line. The explorer is open where one of the two ends is there, if only empty. */
  from: parseAsString.withOptions({ history: 'push' }),
  to: parseAsString.withOptions({ history: 'push' }),
  proto: parseAsStringLiteral(['tcp', 'udp', 'icmp', 'sctp'] as const).withDefault('tcp'),
  'source-port': parseAsString,
  /** What is taken to be otherwise: see whatIfUrl.ts. */
  lift: list,
  accept: list,
  open: list,
  listen: list,
  sysctl: list,
  path: parseAsStringLiteral(['there', 'back', 'blockers', 'share', 'probe'] as const).withDefault('there'),
  /** From 1; absent: the whole way is shown. */
  step: parseAsInteger,
  /** The moment of the host's history that is shown; absent: now. */
  at: parseAsInteger,
  /** The moment that what is shown is compared with; absent: for a past moment, the one before it. */
  vs: parseAsInteger,
};

export const useUrlState = () => useQueryStates(urlParsers);
