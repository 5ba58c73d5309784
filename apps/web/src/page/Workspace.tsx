import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { importAgain } from '../api/importAgain.ts';
import { useConnection, useHeld } from '../api/live.ts';
import { Banner } from '../banner/Banner.tsx';
import { findInputId } from '../find/FindBox.tsx';
import { Header } from '../header/Header.tsx';
import type { ShortcutAction } from '../help/shortcuts.ts';
import { DropTarget } from '../recordings/DropTarget.tsx';
import { OpeningNote } from '../recordings/OpeningNote.tsx';
import { RecordingFault } from '../recordings/RecordingFault.tsx';
import { t } from '../text/text.ts';
import { ShownBar } from '../timeline/ShownBar.tsx';
import { useGhosts } from '../timeline/useGhosts.ts';
import { useShown } from '../timeline/useShown.ts';
import { useTimeActions } from '../timeline/useTimeActions.ts';
import type { CanvasHandle } from '../topology/canvasProps.ts';
import { type Overlay, type PageActions, PageActionsProvider } from '../view/PageActions.tsx';
import { usePageStore } from '../view/pageStore.ts';
import { useUrlState } from '../view/urlState.ts';
import { useTopology } from '../view/useTopology.ts';
import { LiveAnnouncer } from './LiveAnnouncer.tsx';
import { NoPicture } from './NoPicture.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { Panels } from './Panels.tsx';
import { usePathActions } from './usePathActions.ts';
import { useShortcuts } from './useShortcuts.ts';

const loadPalette = () => importAgain(() => import('../palette/Palette.tsx'));
const Palette = lazy(loadPalette);
const SourcesDialog = lazy(() => importAgain(() => import('../sources/SourcesDialog.tsx')));
const HelpDialog = lazy(() => importAgain(() => import('../help/HelpDialog.tsx')));
const Tour = lazy(() => importAgain(() => import('../tour/Tour.tsx')));
const Timeline = lazy(() => importAgain(() => import('../timeline/Timeline.tsx')));
const ExportDialog = lazy(() => importAgain(() => import('../export/ExportDialog.tsx')));
const SaveRecording = lazy(() => importAgain(() => import('../recordings/SaveRecording.tsx')));

const noPins = {};

export function Workspace() {
  const live = useHeld();
  const connection = useConnection();
  const [url, setUrl] = useUrlState();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const canvas = useRef<CanvasHandle>(null);
  const { detailsOpen, timelineOpen, tourSeen, set, pin, unpinAll } = usePageStore();
  const shown = useShown(live, { at: url.at, vs: url.vs, timelineOpen });
  const { held } = shown;
  const host = held?.snapshot.host.hostname ?? '';
  const pins = usePageStore((state) => state.pins[host] ?? noPins);
  const { seen, find } = useTopology(held, { lens: url.lens, pins, find: url.find, hide: url.hide });
  const ghosts = useGhosts({ before: shown.before, seen, pins, changes: shown.changes });
  const timeActions = useTimeActions();
  const { pathOpen, picking, onPicked, actions: pathActions } = usePathActions();

  const actions = useMemo<PageActions>(
    () => ({
      select(recordId, options) {
        void setUrl({ select: recordId });
        if (recordId === null) return;
        set({ detailsOpen: true });
        if (options?.reveal) canvas.current?.reveal(recordId);
      },
      setLens: (lens) => void setUrl({ lens }),
      setFind: (text) => void setUrl({ find: text }),
      setHide: (text) => void setUrl({ hide: text }),
      toggleTree: () => void setUrl(({ view }) => ({ view: view === 'tree' ? 'map' : 'tree' })),
      setView: (view) => void setUrl({ view }, { history: 'push' }),
      ...pathActions,
      toggleDetails: () => set({ detailsOpen: !usePageStore.getState().detailsOpen }),
      fit: () => canvas.current?.fit(),
      zoomBy: (factor) => canvas.current?.zoomBy(factor),
      unpinAll: () => unpinAll(host),
      focusFind: () => document.getElementById(findInputId)?.focus(),
      open: setOverlay,
      ...timeActions,
    }),
    [setUrl, set, unpinAll, host, pathActions, timeActions],
  );

  useShortcuts((action) => {
    if (action === 'palette' && overlay === 'palette') setOverlay(null);
    else if (action === 'clear' && picking) actions.pickEnd(null);
    else if (action === 'clear' && url.select === null && pathOpen) actions.closePath();
    else if (action === 'clear' && url.select === null && (url.at ?? url.vs) !== null) actions.backToNow();
    else shortcutRuns[action](actions);
  });

  // People type on as soon as they have pressed Ctrl K: the palette must not be on its way by then.
  const drawn = seen !== null;
  useEffect(() => {
    if (!drawn) return;
    const idle = requestIdleCallback(() => void loadPalette());
    return () => cancelIdleCallback(idle);
  }, [drawn]);

  const showTour = overlay === 'tour' || (overlay === null && !tourSeen && seen !== null);
  const endTour = () => {
    set({ tourSeen: true });
    setOverlay(null);
  };

  return (
    <PageActionsProvider value={actions}>
      <title>{host ? `${host} · ${t.product}` : t.product}</title>
      <div className="flex h-dvh flex-col">
        <a
          href="#details"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
        >
          {t.page.skip}
        </a>
        <Header
          held={held}
          lens={url.lens}
          view={url.view}
          find={find}
          pathOpen={pathOpen}
          detailsOpen={detailsOpen}
          timelineOpen={timelineOpen}
        />
        {held && <Banner origin={held.origin} />}
        <ShownBar shown={shown} />
        {held && seen ? (
          <Panels
            ref={canvas}
            held={held}
            seen={seen}
            shown={shown}
            ghosts={ghosts}
            selection={url.select}
            view={url.view}
            pathOpen={pathOpen}
            picking={picking}
            onPicked={onPicked}
            pins={pins}
            onPin={(nodeId, at) => pin(host, nodeId, at)}
          />
        ) : connection.phase === 'lost' || connection.phase === 'refused' ? (
          <NoPicture connection={connection} />
        ) : (
          <PageSkeleton />
        )}
        {timelineOpen && (held ?? live) && (
          <Suspense fallback={null}>
            <Timeline shown={shown} />
          </Suspense>
        )}
        {held && held === live && <LiveAnnouncer snapshot={held.snapshot} />}
      </div>
      <DropTarget />
      <OpeningNote />
      <RecordingFault />
      <Suspense fallback={null}>
        {held && seen && overlay === 'palette' && (
          <Palette snapshot={held.snapshot} dots={seen.dots} hiding={url.hide !== ''} />
        )}
        {held && overlay === 'sources' && (
          <SourcesDialog snapshot={held.snapshot} onOpenChange={(open) => !open && setOverlay(null)} />
        )}
        {live && overlay === 'saveRecording' && <SaveRecording onOpenChange={(open) => !open && setOverlay(null)} />}
        {held && seen && overlay === 'export' && (
          <ExportDialog
            held={held}
            seen={seen}
            selection={url.select}
            before={shown.before?.snapshot ?? null}
            view={() => canvas.current?.seen() ?? null}
            onOpenChange={(open) => !open && setOverlay(null)}
          />
        )}
        {overlay === 'help' && <HelpDialog onOpenChange={(open) => !open && setOverlay(null)} />}
        {held && showTour && <Tour onEnd={endTour} />}
      </Suspense>
    </PageActionsProvider>
  );
}

const shortcutRuns: Record<ShortcutAction, (actions: PageActions) => void> = {
  palette: ({ open }) => open('palette'),
  find: ({ focusFind }) => focusFind(),
  clear: ({ select }) => select(null),
  lensDocker: ({ setLens }) => setLens('docker'),
  lensLinux: ({ setLens }) => setLens('linux'),
  lensCnm: ({ setLens }) => setLens('cnm'),
  map: ({ setView }) => setView('map'),
  rules: ({ setView }) => setView('rules'),
  reach: ({ setView }) => setView('reach'),
  path: ({ openPath }) => openPath(),
  tree: ({ toggleTree }) => toggleTree(),
  details: ({ toggleDetails }) => toggleDetails(),
  timeline: ({ toggleTimeline }) => toggleTimeline(),
  export: ({ open }) => open('export'),
  fit: ({ fit }) => fit(),
  zoomIn: ({ zoomBy }) => zoomBy(1.25),
  zoomOut: ({ zoomBy }) => zoomBy(0.8),
  help: ({ open }) => open('help'),
};
