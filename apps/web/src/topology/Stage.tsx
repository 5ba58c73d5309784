import { Background, BackgroundVariant, ReactFlow, useReactFlow } from '@xyflow/react';
import { type MouseEvent, type PointerEvent, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import type { CanvasHandle, CanvasProps } from './canvasProps.ts';
import { EdgeLayer } from './edges/EdgeLayer.tsx';
import { AllHidden, NoContainers } from './empty/EmptyCanvas.tsx';
import { domId } from './flowNodes.ts';
import { HoverCard } from './hover/HoverCard.tsx';
import { recordOf, type Target, targetOf, zoneOf } from './hover/pick.ts';
import { useHover } from './hover/useHover.ts';
import { litBy } from './lit.ts';
import { Minimap } from './minimap/Minimap.tsx';
import { ZoomBar } from './minimap/ZoomBar.tsx';
import { StickyNames } from './names/StickyNames.tsx';
import { nodeLabel } from './nodeLabel.ts';
import { nodeTypes } from './nodes/nodeTypes.ts';
import { hitTest } from './overview/hitTest.ts';
import { farFor } from './overview/level.ts';
import { Overview } from './overview/Overview.tsx';
import { sceneOf } from './overview/scene.ts';
import { TraceLayer } from './trace/TraceLayer.tsx';
import { useFollow } from './trace/useFollow.ts';
import { useDrawing } from './useDrawing.ts';
import { usePinDrag } from './usePinDrag.ts';
import { fitViewport, restViewport } from './view/fitViewport.ts';
import { useCovered, useLevel } from './view/useLevel.ts';
import { usePictureMark } from './view/usePictureMark.ts';
import { useRamp } from './view/useRamp.ts';
import { useSize } from './view/useSize.ts';
import { useView } from './view/useView.ts';
import { useWalk } from './walk/useWalk.ts';

const noSelectionKeys = { selectionKeyCode: null, deleteKeyCode: null, multiSelectionKeyCode: null } as const;
const proOptions = { hideAttribution: true };

export function Stage({ ref, ...props }: CanvasProps & { ref?: Ref<CanvasHandle> }) {
  const { graph, layout, onSelect, onPin, pins, theme } = props;
  const flow = useReactFlow();
  const { ref: sizeRef, element: root, size } = useSize();
  const fit = size && fitViewport(layout.bounds, size, props.inset);
  const rest = size && restViewport(layout.bounds, size, props.inset);
  const level = useLevel(rest ? rest.zoom : null, farFor(graph.nodes.length));
  // A zoom that comes nearer keeps the overview until it rests: boxes that only pass by are never made.
  const [held, setHeld] = useState(false);
  const far = level === 'overview' || held;
  const covered = useCovered(far);
  const scene = useMemo(() => sceneOf(graph, layout), [graph, layout]);
  const view = useView({ layout, size, inset: props.inset });
  const drag = usePinDrag(onPin);
  const pressed = useRef<{ x: number; y: number } | null>(null);

  const pick = (event: PointerEvent<HTMLElement> | MouseEvent<HTMLElement>): Target | null => {
    const element = event.target instanceof Element ? event.target : null;
    if (!element?.closest('.react-flow')) return null;
    if (!far) return targetOf(element);
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const hit = hitTest(scene, at, 5 / flow.getZoom());
    return hit?.kind === 'node' ? { ...hit, row: null, sharer: null } : hit;
  };
  const { hover, move, leave } = useHover(pick);
  usePictureMark(size !== null);

  const selectTarget = (target: Target | null) => {
    if (props.onPick) {
      if (target) props.onPick({ record: recordOf(graph, target), zone: zoneOf(graph, target) });
      return;
    }
    const record = target && recordOf(graph, target);
    // A thing without a record (the internet) is no reason to lose what was selected.
    if (target === null || record !== null) onSelect(record);
  };
  const lit = useMemo(() => litBy(graph, props.snapshot, props.selection), [graph, props.snapshot, props.selection]);
  const walking = useWalk({
    graph,
    layout,
    start: lit.selected.values().next().value ?? null,
    view,
    onEnter: (cursor) => selectTarget({ kind: 'node', id: cursor.node, row: cursor.row, sharer: null }),
    onClear: () => onSelect(null),
  });
  const { cursor } = walking;
  const { nodes, edges, overviewMarks } = useDrawing({
    ...props,
    lit,
    cursor,
    hover: far && hover.target?.kind === 'node' ? hover.target.id : null,
    empty: covered,
  });
  const ramp = useRamp(nodes, covered);
  const near = !far && ramp.ready;

  const reveal = (recordId: string) => {
    const shown = litBy(graph, props.snapshot, recordId);
    const [id] = [...shown.selected, ...shown.rows.keys(), ...shown.nodes];
    const box = id === undefined ? undefined : layout.boxes[id];
    if (box) view.centre(box);
  };
  const { trace } = props;
  useFollow(trace ?? null, { graph, layout, view, ready: size !== null });
  useImperativeHandle(ref, () => ({
    fit: view.fit,
    zoomBy: view.zoomBy,
    zoomTo: view.zoomTo,
    reveal,
    seen: () => {
      if (!size) return null;
      const { x, y, zoom } = flow.getViewport();
      return { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
    },
    focus: () => root.current?.focus(),
  }));

  const click = (event: MouseEvent<HTMLElement>) => {
    const from = pressed.current;
    // The end of a pan is no click.
    if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) > 4) return;
    if (!(event.target instanceof Element) || !event.target.closest('.react-flow')) return;
    walking.leave();
    selectTarget(pick(event));
  };
  const doubleClick = (event: MouseEvent<HTMLElement>) => {
    const target = pick(event);
    if (target?.kind !== 'node') return;
    if (pins[target.id]) onPin(target.id, null);
    const box = layout.boxes[target.id];
    if (far && box) view.centre(box);
  };

  const cursorNode = cursor && graph.nodes.find((node) => node.id === cursor.node);
  const containers = graph.nodes.some((node) => node.kind === 'container');
  return (
    // A picture that is walked through by arrow keys is what `application` is for; its keys are said in the label.
    <section
      ref={sizeRef}
      className="topology"
      role="application"
      aria-roledescription={t.canvas.canvas.role}
      aria-label={t.canvas.canvas.label}
      aria-activedescendant={cursor && !far ? domId(cursor.node) : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one stop of the page, interactive through its active descendant
      tabIndex={0}
      data-theme={theme}
      data-level={near ? level : 'overview'}
      data-lens={graph.lens}
      data-glide={!drag.dragging}
      data-walking={cursor !== null}
      data-picking={props.onPick ? '' : undefined}
      onKeyDown={walking.onKeyDown}
      onBlur={(event) => {
        if (event.target === event.currentTarget) walking.leave();
      }}
      onPointerDownCapture={(event) => {
        pressed.current = { x: event.clientX, y: event.clientY };
        leave();
      }}
      onPointerMove={move}
      onPointerLeave={leave}
      onClick={click}
      onDoubleClick={doubleClick}
    >
      {fit && rest && (
        <ReactFlow
          nodes={ramp.nodes}
          nodeTypes={nodeTypes}
          defaultViewport={rest}
          minZoom={Math.min(0.2, fit.zoom * 0.6)}
          maxZoom={2.5}
          onlyRenderVisibleElements
          nodesDraggable={drag.movable}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          zoomOnDoubleClick={false}
          disableKeyboardA11y
          {...noSelectionKeys}
          nodeDragThreshold={4}
          onNodeDragStart={drag.onNodeDragStart}
          onNodeDrag={drag.onNodeDrag}
          onNodeDragStop={drag.onNodeDragStop}
          onMove={(event) => {
            // A press that moves nothing is a click, and leaves the view to the picture.
            if (event) view.touch();
          }}
          onMoveStart={() => {
            leave();
            // Not as state: a pan must not wait for a render.
            root.current?.setAttribute('data-moving', '');
            if (far) setHeld(true);
          }}
          onMoveEnd={() => {
            root.current?.removeAttribute('data-moving');
            setHeld(false);
          }}
          proOptions={proOptions}
        >
          <Background
            variant={BackgroundVariant.Dots}
            gap={far ? 100 : 20}
            size={far ? 5 : 1.6}
            color="var(--grid-dot)"
          />
          {(ramp.ready || far) && <EdgeLayer edges={edges} />}
        </ReactFlow>
      )}
      {/* A canvas reads its colours once: another theme is another canvas. */}
      <Overview key={`overview ${theme}`} scene={scene} marks={overviewMarks} shown={!near} />
      {trace && size && <TraceLayer trace={trace} layout={layout} />}
      {near && <StickyNames scene={scene} all={level === 'mid'} />}
      {/* In a low canvas it would lie over the way that is followed, or over the half of what is shown. */}
      {size && size.height > (trace ? 520 : 360) && (
        <Minimap key={`minimap ${theme}`} scene={scene} selected={lit.selected} />
      )}
      <ZoomBar handle={view} />
      {hover.target && hover.card && size && (
        <HoverCard graph={graph} target={hover.target} at={hover.card} size={size} />
      )}
      {!containers && (props.hidden ?? 0) > 0 && <AllHidden hidden={props.hidden ?? 0} onShowAll={props.onShowAll} />}
      {!containers && (props.hidden ?? 0) === 0 && <NoContainers of={props.of ?? 'now'} />}
      <div className="vt-said" aria-live="polite">
        {far && cursorNode ? nodeLabel(cursorNode) : ''}
      </div>
    </section>
  );
}
