import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useConnection, useHeld } from '../api/live.ts';
import { Banner } from '../banner/Banner.tsx';
import { findInputId } from '../find/FindBox.tsx';
import { Header } from '../header/Header.tsx';
import type { ShortcutAction } from '../help/shortcuts.ts';
import { t } from '../text/text.ts';
import type { CanvasHandle } from '../topology/canvasProps.ts';
import { type Overlay, type PageActions, PageActionsProvider } from '../view/PageActions.tsx';
import { usePageStore } from '../view/pageStore.ts';
import { useUrlState } from '../view/urlState.ts';
import { useTopology } from '../view/useTopology.ts';
import { LiveAnnouncer } from './LiveAnnouncer.tsx';
import { NoPicture } from './NoPicture.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { Panels } from './Panels.tsx';
import { useShortcuts } from './useShortcuts.ts';

const loadPalette = () => import('../palette/Palette.tsx');
const Palette = lazy(loadPalette);
const SourcesDialog = lazy(() => import('../sources/SourcesDialog.tsx'));
const HelpDialog = lazy(() => import('../help/HelpDialog.tsx'));
const Tour = lazy(() => import('../tour/Tour.tsx'));

const noPins = {};

export function Workspace() {
  const held = useHeld();
  const connection = useConnection();
  const [url, setUrl] = useUrlState();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const canvas = useRef<CanvasHandle>(null);
  const { detailsOpen, tourSeen, set, pin, unpinAll } = usePageStore();
  const host = held?.snapshot.host.hostname ?? '';
  const pins = usePageStore((state) => state.pins[host] ?? noPins);
  const { seen, find } = useTopology(held, { lens: url.lens, pins, find: url.find, hide: url.hide });
  const treeOpen = url.view === 'tree';

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
      toggleDetails: () => set({ detailsOpen: !usePageStore.getState().detailsOpen }),
      fit: () => canvas.current?.fit(),
      zoomBy: (factor) => canvas.current?.zoomBy(factor),
      unpinAll: () => unpinAll(host),
      focusFind: () => document.getElementById(findInputId)?.focus(),
      open: setOverlay,
    }),
    [setUrl, set, unpinAll, host],
  );

  useShortcuts((action) => {
    if (action === 'palette' && overlay === 'palette') setOverlay(null);
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
        <Header held={held} lens={url.lens} find={find} treeOpen={treeOpen} detailsOpen={detailsOpen} />
        {held && <Banner origin={held.origin} />}
        {held && seen ? (
          <Panels
            ref={canvas}
            held={held}
            seen={seen}
            selection={url.select}
            treeOpen={treeOpen}
            pins={pins}
            onPin={(nodeId, at) => pin(host, nodeId, at)}
          />
        ) : connection.phase === 'lost' || connection.phase === 'refused' ? (
          <NoPicture connection={connection} />
        ) : (
          <PageSkeleton />
        )}
        {held && <LiveAnnouncer snapshot={held.snapshot} />}
      </div>
      <Suspense fallback={null}>
        {held && seen && overlay === 'palette' && (
          <Palette snapshot={held.snapshot} dots={seen.dots} hiding={url.hide !== ''} />
        )}
        {held && overlay === 'sources' && (
          <SourcesDialog snapshot={held.snapshot} onOpenChange={(open) => !open && setOverlay(null)} />
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
  tree: ({ toggleTree }) => toggleTree(),
  details: ({ toggleDetails }) => toggleDetails(),
  fit: ({ fit }) => fit(),
  zoomIn: ({ zoomBy }) => zoomBy(1.25),
  zoomOut: ({ zoomBy }) => zoomBy(0.8),
  help: ({ open }) => open('help'),
};
