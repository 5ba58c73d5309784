import type { RuleThing, ThingsOf } from '@vethscope/graph';
import type { Question, Snapshot } from '@vethscope/model';
import { createContext, useContext } from 'react';

/** What every line of the book needs and may do. */
export interface BookActions {
  snapshot: Snapshot;
  things: ThingsOf;
  hues: ReadonlyMap<string, number>;
  /** What the search asks for, to be marked in the texts. */
  marks: readonly string[];
  /** Goes to a chain, a rule or a set of this book. */
  goTo: (record: string) => void;
  choose: (thing: RuleThing) => void;
  onSelect: (record: string) => void;
  onAsk: (question: Question) => void;
}

const Context = createContext<BookActions | null>(null);

export const BookActionsProvider = Context.Provider;

export function useBookActions(): BookActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('BookActionsProvider is missing');
  return actions;
}
