import type { Pins, Point } from '@vethscope/graph';
import { lazy, type Ref, Suspense, useState } from 'react';
import { importAgain } from '../api/importAgain.ts';
import { counters } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { useTheme } from '../appearance/theme.ts';
import { PickBar } from '../explorer/PickBar.tsx';
import { Inspector } from '../inspect/Inspector.tsx';
import { t } from '../text/text.ts';
import { useChangesOpen } from '../timeline/useChangesOpen.ts';
import type { Shown } from '../timeline/useShown.ts';
import type { CanvasHandle, CanvasPick, Gone, TraceOverlay } from '../topology/canvasProps.ts';
import { TopologyCanvas } from '../topology/TopologyCanvas.tsx';
import { BottomPane } from '../ui/BottomPane.tsx';
import { SidePane } from '../ui/SidePane.tsx';
import { type PathEnd, usePageActions } from '../view/PageActions.tsx';
import { usePageStore } from '../view/pageStore.ts';
import { type PageView, useUrlState } from '../view/urlState.ts';
import type { Seen } from '../view/useTopology.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const Tree = lazy(() => importAgain(() => import('../tree/Tree.tsx')));
const Explorer = lazy(() => importAgain(() => import('../explorer/Explorer.tsx')));
const RuleBook = lazy(() => importAgain(() => import('../ruleset/RuleBook.tsx')));
const ChangesPane = lazy(() => importAgain(() => import('../timeline/ChangesPane.tsx')));
const Reachability = lazy(() => importAgain(() => import('../reach/Reachability.tsx')));

interface PanelsProps {
  ref: Ref<CanvasHandle>;
  held: Held;
  seen: Seen;
  /** How what is shown came about, and what it is compared with. */
  shown: Shown;
  ghosts: Gone | null;
  selection: string | null;
  view: PageView;
  pathOpen: boolean;
  /** The end of the path that a click on the map chooses. */
  picking: PathEnd | null;
  /** False: what was picked is no end of a path. */
  onPicked: (picked: CanvasPick) => Promise<boolean>;
  pins: Pins;
  onPin: (nodeId: string, at: Point | null) => void;
}

/** The tree, the map (or what stands in its place) and the details, side by side; below them the path of a packet. */
export function Panels(props: PanelsProps) {
  const { held, seen, pathOpen, picking } = props;
  const { pathHeight, set } = usePageStore();
  // The explorer is loaded when it is asked for, and says by itself where its packet is on the map.
  const [trace, setTrace] = useState<TraceOverlay | null>(null);
  return (
    <>
      <Upper {...props} trace={pathOpen ? trace : null} />
      {pathOpen && (
        <BottomPane
          title={t.explorer.title}
          pullLabel={t.explorer.resize}
          height={pathHeight}
          min={180}
          max={900}
          onHeight={(height) => set({ pathHeight: height })}
        >
          <ErrorBoundary resetKey={`path ${held.version}`}>
            <Suspense fallback={null}>
              <Explorer held={held} graph={seen.graph} picking={picking} onOverlay={setTrace} />
            </Suspense>
          </ErrorBoundary>
        </BottomPane>
      )}
    </>
  );
}

function Upper({ trace, ...props }: PanelsProps & { trace: TraceOverlay | null }) {
  const { held, seen, shown, selection, view } = props;
  const { detailsOpen, detailsWidth, treeWidth, changesWidth, set } = usePageStore();
  const [{ at, vs }] = useUrlState();
  const changesOpen = useChangesOpen(at, vs);
  return (
    <div className="flex min-h-0 flex-1">
      {changesOpen && (
        <SidePane
          side="left"
          title={t.timeline.compare.title}
          pullLabel={t.timeline.compare.resize}
          width={changesWidth}
          min={220}
          max={560}
          onWidth={(width) => set({ changesWidth: width })}
        >
          <ErrorBoundary resetKey={`changes ${held.version}`}>
            <Suspense fallback={null}>
              <ChangesPane shown={shown} selection={selection} />
            </Suspense>
          </ErrorBoundary>
        </SidePane>
      )}
      {view === 'tree' && (
        <SidePane
          side="left"
          title={t.tree.title}
          pullLabel={t.page.resizeTree}
          width={treeWidth}
          min={220}
          max={560}
          onWidth={(width) => set({ treeWidth: width })}
        >
          <Suspense fallback={null}>
            <Tree snapshot={held.snapshot} selection={selection} hues={seen.hues} dots={seen.dots} />
          </Suspense>
        </SidePane>
      )}
      <Middle {...props} trace={trace} />
      {detailsOpen && (
        <SidePane
          side="right"
          title={t.inspect.title}
          pullLabel={t.page.resizeDetails}
          width={detailsWidth}
          min={260}
          max={640}
          onWidth={(width) => set({ detailsWidth: width })}
        >
          <ErrorBoundary resetKey={`${selection} ${held.version}`}>
            <Inspector held={holderOf(selection, shown) ?? held} selection={selection} hues={seen.hues} />
          </ErrorBoundary>
        </SidePane>
      )}
    </div>
  );
}

/** What went has its facts in what was before. */
function holderOf(selection: string | null, { held, before }: Shown): Held | null {
  const has = (one: Held | null) =>
    one !== null &&
    selection !== null &&
    Object.values(one.snapshot.records).some((table) => Object.hasOwn(table, selection));
  return has(before) && !has(held) ? before : null;
}

/** What the middle of the page shows: the map, or one of the books of this host in its place. */
function Middle(props: PanelsProps & { trace: TraceOverlay | null }) {
  const { held, seen, selection, view } = props;
  const { select, askQuestion } = usePageActions();
  if (view === 'map' || view === 'tree') return <MapArea {...props} />;
  return (
    <main aria-label={t.explorer.views[view]} className="h-full min-w-0 flex-1">
      <ErrorBoundary resetKey={`${view} ${held.version}`}>
        <Suspense fallback={null}>
          {view === 'rules' ? (
            <RuleBook held={held} hues={seen.hues} focusRule={selection} onSelect={select} onAsk={askQuestion} />
          ) : (
            <Reachability held={held} onAsk={askQuestion} />
          )}
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

function MapArea({
  ref,
  held,
  seen,
  shown,
  ghosts,
  selection,
  picking,
  onPicked,
  pins,
  onPin,
  trace,
}: PanelsProps & { trace: TraceOverlay | null }) {
  const { select, setHide, pickEnd } = usePageActions();
  const theme = useTheme();
  const [refused, setRefused] = useState<PathEnd | null>(null);
  const pick = async (picked: CanvasPick) => setRefused((await onPicked(picked)) ? null : picking);
  return (
    <main aria-label={t.page.canvas} data-tour="map" className="relative h-full min-w-0 flex-1">
      {picking && <PickBar end={picking} refused={refused === picking} onCancel={() => pickEnd(null)} />}
      <ErrorBoundary resetKey={`${seen.graph.lens} ${held.version}`}>
        <TopologyCanvas
          ref={ref}
          snapshot={held.snapshot}
          graph={seen.graph}
          layout={seen.layout}
          selection={selection}
          onSelect={select}
          hits={seen.find.hits}
          counters={counters}
          changes={shown.changes}
          ghosts={ghosts}
          theme={theme}
          pins={pins}
          onPin={onPin}
          trace={trace}
          onPick={picking ? (picked) => void pick(picked) : null}
          of={pictureOf(held)}
          hidden={seen.hidden}
          onShowAll={() => setHide('')}
        />
      </ErrorBoundary>
    </main>
  );
}

function pictureOf({ origin, elsewhere }: Held): 'now' | 'past' | 'file' {
  return elsewhere?.kind ?? (origin.kind === 'live' ? 'now' : 'file');
}
