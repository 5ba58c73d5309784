import type { Box, Graph, GraphNodeKind, Layout } from '@vethscope/graph';
import { useEffect, useEffectEvent, useMemo } from 'react';
import type { TraceOverlay } from '../canvasProps.ts';
import type { ViewControl } from '../view/useView.ts';

interface FollowOptions {
  graph: Graph;
  layout: Layout;
  view: ViewControl;
  /** The canvas has a size. */
  ready: boolean;
}

const wideKinds: ReadonlySet<GraphNodeKind> = new Set(['host', 'tray', 'network']);

/** The view goes along with a packet: a new way is shown as a whole, and of its steps the place where the packet is. */
export function useFollow(trace: TraceOverlay | null, { graph, layout, view, ready }: FollowOptions): void {
  const nodes = trace?.nodes ?? null;
  // The same places are the same way, whatever else the host has changed meanwhile.
  const way = useMemo(() => (nodes === null ? null : [...nodes].sort().join(' ')), [nodes]);
  const showWay = useEffectEvent(() => {
    // A bar may be as wide as the host, and the packet takes a part of it: there the lines say where the way runs.
    const wide = new Set(graph.nodes.flatMap(({ kind, id }) => (wideKinds.has(kind) ? id : [])));
    const boxes = [...(nodes ?? [])].flatMap((id) => (wide.has(id) ? [] : (layout.boxes[id] ?? [])));
    const points = (trace?.edges ?? []).flatMap(({ id }) => layout.routes[id]?.points ?? []);
    boxes.push(...points.map((point) => ({ ...point, width: 0, height: 0 })));
    const whole = unionOf(boxes);
    if (whole) view.frame(whole);
  });
  const showAll = useEffectEvent(() => view.rest());
  useEffect(() => {
    if (way === null || way === '' || !ready) return;
    showWay();
  }, [way, ready]);
  const following = way !== null;
  useEffect(() => {
    if (!following) return;
    return () => showAll();
  }, [following]);

  const place = trace?.packet?.node ?? null;
  const showPlace = useEffectEvent(() => {
    const box = place === null ? undefined : layout.boxes[place];
    if (box && graph.nodes.find(({ id }) => id === place)?.kind !== 'host') view.ensure(box);
  });
  useEffect(() => {
    if (place !== null) showPlace();
  }, [place]);
}

/** The smallest box around some boxes, with air; null for none. */
function unionOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const air = 24;
  const left = Math.min(...boxes.map(({ x }) => x)) - air;
  const top = Math.min(...boxes.map(({ y }) => y)) - air;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + air;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + air;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
