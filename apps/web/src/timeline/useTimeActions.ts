import { useMemo } from 'react';
import { useRecordings } from '../recordings/recordingsStore.ts';
import type { PageActions } from '../view/PageActions.tsx';
import { usePageStore } from '../view/pageStore.ts';
import { useUrlState } from '../view/urlState.ts';

type TimeActions = Pick<PageActions, 'showMoment' | 'compareMoment' | 'endComparison' | 'backToNow' | 'toggleTimeline'>;

/** What can be done with time. A scrubbed moment is no step that a person goes back to, so it makes no entry in the history of the browser. */
export function useTimeActions(): TimeActions {
  const [, setUrl] = useUrlState();
  return useMemo<TimeActions>(() => {
    const files = useRecordings.getState;
    return {
      showMoment(n) {
        if (files().shown !== null) files().show(null);
        usePageStore.getState().set({ timelineOpen: true });
        void setUrl({ at: n });
      },
      compareMoment(n) {
        files().compareWith(null);
        void setUrl({ vs: n });
      },
      endComparison() {
        files().closeList();
        void setUrl({ vs: null });
      },
      backToNow() {
        files().show(null);
        void setUrl({ at: null, vs: null });
      },
      toggleTimeline: () => usePageStore.getState().set({ timelineOpen: !usePageStore.getState().timelineOpen }),
    };
  }, [setUrl]);
}
