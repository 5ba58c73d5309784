import { useMemo, useState } from 'react';
import type { CanvasProps } from './canvasProps.ts';
import { type DrawnEdge, DrawnEdges } from './edges/drawnEdges.ts';
import { type FlowNode, FlowNodes, type Marks } from './flowNodes.ts';
import type { Lit } from './lit.ts';
import { useArrivals } from './live/useArrivals.ts';
import { useGone } from './live/useGone.ts';
import type { OverviewMarks } from './overview/brush.ts';
import type { Cursor } from './walk/walk.ts';

const noIds: ReadonlySet<string> = new Set();
const marked = <T extends FlowNode | DrawnEdge>(item: T, mark: 'is-gone' | 'is-ghost'): T => ({
  ...item,
  className: `${item.className} ${mark}`,
});

const ghostNode = (node: FlowNode): FlowNode => marked(node, 'is-ghost');

/** What fades is there for the eye alone: a screen reader must not find a container that is gone, nor two where one was replaced. */
const fadingNode = (node: FlowNode): FlowNode => {
  const { ariaLabel: _, ...rest } = marked(node, 'is-gone');
  return { ...rest, domAttributes: { ...node.domAttributes, 'aria-hidden': true } };
};

interface DrawingOptions
  extends Pick<CanvasProps, 'graph' | 'layout' | 'hits' | 'changes' | 'ghosts' | 'pins' | 'trace'> {
  lit: Lit;
  cursor: Cursor | null;
  /** The node under the pointer, where the overview has to show it. */
  hover: string | null;
  /** The overview covers everything: React Flow is given nothing to keep. */
  empty: boolean;
}

interface Drawing {
  nodes: FlowNode[];
  edges: DrawnEdge[];
  overviewMarks: OverviewMarks;
}

/** From what the page knows to what is drawn: nodes and edges for near by, marks for the overview. */
export function useDrawing(options: DrawingOptions): Drawing {
  const { graph, layout, hits, changes, ghosts, pins, trace, lit, cursor, hover, empty } = options;
  const [present] = useState(() => ({ nodes: new FlowNodes(), edges: new DrawnEdges() }));
  const [past] = useState(() => ({ nodes: new FlowNodes(), edges: new DrawnEdges() }));
  const arrivals = useArrivals(graph, changes);
  const leaving = useGone(graph, layout, changes);
  const gone = ghosts ?? leaving;
  const isPast = Boolean(ghosts);

  const marks = useMemo<Marks>(
    () => ({
      selected: lit.selected,
      lit: trace ? trace.nodes : lit.nodes,
      litEdges: trace ? noIds : lit.edges,
      traceEdges: new Set(trace?.edges.map((edge) => edge.id)),
      fresh: arrivals.nodes,
      lasting: changes.lasting === true,
      changed: arrivals.changed,
      freshEdges: arrivals.edges,
      hits,
      cursor,
      rows: lit.rows,
      pinned: new Set(Object.keys(pins)),
    }),
    [lit, trace, arrivals, changes, hits, cursor, pins],
  );

  const nodes = useMemo(() => {
    if (empty) return [];
    const now = present.nodes.of(graph, layout, marks);
    return gone ? [...now, ...past.nodes.of(gone.graph, gone.layout, marks).map(isPast ? ghostNode : fadingNode)] : now;
  }, [empty, present, past, graph, layout, marks, gone, isPast]);

  const edges = useMemo(() => {
    if (empty) return [];
    const now = present.edges.of(graph, layout, marks);
    if (!gone) return now;
    const mark = isPast ? 'is-ghost' : 'is-gone';
    return [...now, ...past.edges.of(gone.graph, gone.layout, marks).map((edge) => marked(edge, mark))];
  }, [empty, present, past, graph, layout, marks, gone, isPast]);

  const overviewMarks = useMemo<OverviewMarks>(
    () => ({
      selected: marks.selected,
      litEdges: marks.litEdges,
      tracedEdges: marks.traceEdges,
      fresh: marks.fresh,
      hits,
      hover,
      cursor: cursor?.node ?? null,
    }),
    [marks, hits, hover, cursor],
  );
  return { nodes, edges, overviewMarks };
}
