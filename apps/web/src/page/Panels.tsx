import type { Pins, Point } from '@vethscope/graph';
import { lazy, type Ref, Suspense } from 'react';
import { changes, counters } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { useTheme } from '../appearance/theme.ts';
import { Inspector } from '../inspect/Inspector.tsx';
import { t } from '../text/text.ts';
import type { CanvasHandle } from '../topology/canvasProps.ts';
import { TopologyCanvas } from '../topology/TopologyCanvas.tsx';
import { SidePane } from '../ui/SidePane.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { usePageStore } from '../view/pageStore.ts';
import type { Seen } from '../view/useTopology.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const Tree = lazy(() => import('../tree/Tree.tsx'));

interface PanelsProps {
  ref: Ref<CanvasHandle>;
  held: Held;
  seen: Seen;
  selection: string | null;
  treeOpen: boolean;
  pins: Pins;
  onPin: (nodeId: string, at: Point | null) => void;
}

/** The tree, the map and the details, side by side. */
export function Panels({ ref, held, seen, selection, treeOpen, pins, onPin }: PanelsProps) {
  const { select, setHide } = usePageActions();
  const { detailsOpen, detailsWidth, treeWidth, set } = usePageStore();
  const theme = useTheme();
  return (
    <div className="flex min-h-0 flex-1">
      {treeOpen && (
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
      <main aria-label={t.page.canvas} data-tour="map" className="h-full min-w-0 flex-1">
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
            changes={changes}
            theme={theme}
            pins={pins}
            onPin={onPin}
            hidden={seen.hidden}
            onShowAll={() => setHide('')}
          />
        </ErrorBoundary>
      </main>
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
            <Inspector held={held} selection={selection} hues={seen.hues} />
          </ErrorBoundary>
        </SidePane>
      )}
    </div>
  );
}
