import { type Lens, lenses } from '@vethscope/graph';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

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
  /** `tree`: the tree stands beside the map. */
  view: parseAsStringLiteral(['map', 'tree'] as const).withDefault('map'),
};

export const useUrlState = () => useQueryStates(urlParsers);
