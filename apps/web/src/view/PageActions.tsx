import type { Lens } from '@vethscope/graph';
import type { Protocol, QuestionInput } from '@vethscope/model';
import { createContext, useContext } from 'react';
import type { PageView } from './urlState.ts';

export type Overlay = 'palette' | 'sources' | 'help' | 'tour' | 'saveRecording' | 'export';

export type PathEnd = 'from' | 'to';

/** A packet question in the words of the command line. An empty word is an end that is still to be chosen. */
export interface PathWords {
  from?: string;
  to?: string;
  proto?: Protocol;
  sourcePort?: string | undefined;
}

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
  setView: (view: PageView) => void;
  /** Opens the path explorer with a question; an end that is left out stays as it is. Nothing is taken to be otherwise in a new question. */
  askPath: (words: PathWords) => void;
  /** The same for a question that was made elsewhere. */
  askQuestion: (question: QuestionInput) => void;
  /** Opens the path explorer, with what is selected at the end where it belongs. */
  openPath: () => void;
  closePath: () => void;
  /** Lets a person pick an end of the path on the map; null ends that. */
  pickEnd: (end: PathEnd | null) => void;
  /** Shows a moment of the host's history in the whole page; null: now. */
  showMoment: (n: number | null) => void;
  /** Compares what is shown with that moment; null: with the one before. */
  compareMoment: (n: number | null) => void;
  endComparison: () => void;
  /** The live host again, whatever was shown in its place. */
  backToNow: () => void;
  toggleTimeline: () => void;
}

const Actions = createContext<PageActions | null>(null);

export const PageActionsProvider = Actions.Provider;

export function usePageActions(): PageActions {
  const actions = useContext(Actions);
  if (!actions) throw new Error('PageActionsProvider is missing');
  return actions;
}
