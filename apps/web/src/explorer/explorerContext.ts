import { createContext, useContext } from 'react';

/** What can be done from within a step. */
interface ExplorerActions {
  showRule: (rule: string) => void;
  /** What if this rule were not there? */
  lift: (rule: string) => void;
}

const Context = createContext<ExplorerActions | null>(null);
export const ExplorerProvider = Context.Provider;

export function useExplorer(): ExplorerActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('ExplorerProvider is missing');
  return actions;
}
