import type { Lens } from '@vethscope/graph';
import { createContext, useContext } from 'react';

export type Overlay = 'palette' | 'sources' | 'help' | 'tour';

/** What can be done on this page, by whatever means: buttons, keys, the palette. */
export interface PageActions {
  /** null selects nothing. `reveal` brings it into view, for what was not clicked in the picture. */
  select: (recordId: string | null, options?: { reveal?: boolean }) => void;
  setLens: (lens: Lens) => void;
  setFind: (text: string) => void;
  setHide: (text: string) => void;
  toggleTree: () => void;
  toggleDetails: () => void;
  fit: () => void;
  zoomBy: (factor: number) => void;
  unpinAll: () => void;
  focusFind: () => void;
  open: (overlay: Overlay | null) => void;
}

const Actions = createContext<PageActions | null>(null);

export const PageActionsProvider = Actions.Provider;

export function usePageActions(): PageActions {
  const actions = useContext(Actions);
  if (!actions) throw new Error('PageActionsProvider is missing');
  return actions;
}
