import { useMemo, useState } from 'react';
import { importAgain } from '../api/importAgain.ts';
import { heldNow } from '../api/live.ts';
import type { CanvasPick } from '../topology/canvasProps.ts';
import type { PageActions, PathEnd } from '../view/PageActions.tsx';
import { pathUrl } from '../view/pathUrl.ts';
import { useUrlState } from '../view/urlState.ts';

const loadEnds = () => importAgain(() => import('../explorer/endOfRecord.ts'));

type PathActions = Pick<PageActions, 'askPath' | 'askQuestion' | 'openPath' | 'closePath' | 'pickEnd'>;

interface PathState {
  pathOpen: boolean;
  /** The end that the next click on the map chooses. */
  picking: PathEnd | null;
  actions: PathActions;
  /** False where what was picked is no end of a path. */
  onPicked: (picked: CanvasPick) => Promise<boolean>;
}

/** The question of the path explorer, which lives in the URL, and the picking of its ends, which does not. */
export function usePathActions(): PathState {
  const [url, setUrl] = useUrlState();
  const [pickingEnd, setPickingEnd] = useState<PathEnd | null>(null);
  const pathOpen = url.from !== null || url.to !== null;
  const picking = pathOpen ? pickingEnd : null;

  const actions = useMemo<PathActions>(
    () => ({
      askPath(words) {
        setPickingEnd(null);
        void setUrl((now) => pathUrl(now, words));
      },
      async askQuestion(question) {
        const { questionWords } = await importAgain(() => import('@vethscope/path'));
        const { from, to, sourcePort } = questionWords(question);
        void setUrl((now) => pathUrl(now, { from, to, proto: question.protocol, sourcePort }));
      },
      async openPath() {
        const { presetOf } = await loadEnds();
        const snapshot = heldNow()?.snapshot;
        void setUrl((now) => pathUrl(now, snapshot ? presetOf(snapshot, now.select) : {}));
      },
      closePath() {
        setPickingEnd(null);
        void setUrl((now) => ({ ...pathUrl(now, {}), from: null, to: null, proto: null }));
      },
      pickEnd(end) {
        setPickingEnd(end);
        if (end) void setUrl(({ view }) => ({ view: view === 'tree' ? 'tree' : 'map' }));
      },
    }),
    [setUrl],
  );

  const onPicked = async (picked: CanvasPick): Promise<boolean> => {
    const snapshot = heldNow()?.snapshot;
    if (!picking || !snapshot) return true;
    const { endOfRecord } = await loadEnds();
    const words = endOfRecord(snapshot, picked, picking);
    if (!words) return false;
    void setUrl((now) => pathUrl(now, words));
    const other = picking === 'from' ? 'to' : 'from';
    setPickingEnd(url[other] ? null : other);
    return true;
  };
  return { pathOpen, picking, actions, onPicked };
}
