import type { Graph, Layout } from '@vethscope/graph';
import { useEffect, useState } from 'react';
import type { ChangesStore, Gone } from '../canvasProps.ts';

const fadeFor = 800;

/** That part of what was drawn before which is gone, by the word of `changes`. */
export function goneSince(before: Gone, now: Gone, changes: ChangesStore): Gone | null {
  if (before.graph.lens !== now.graph.lens) return null;
  const recent = changes.recent();
  const removed = (records: readonly string[]) => records.some((id) => recent.get(id)?.kind === 'removed');
  const nodeIds = new Set(now.graph.nodes.map((node) => node.id));
  const edgeIds = new Set(now.graph.edges.map((edge) => edge.id));
  const nodes = before.graph.nodes.filter((node) => !nodeIds.has(node.id) && removed(node.records));
  const gone = new Set(nodes.map((node) => node.id));
  const edges = before.graph.edges.filter(
    (edge) => !edgeIds.has(edge.id) && (removed(edge.records) || gone.has(edge.from) || gone.has(edge.to)),
  );
  if (nodes.length + edges.length === 0) return null;
  // Lines need both their ends to be drawn: the ones that stayed are where they were a moment ago, or near it.
  return {
    graph: { lens: now.graph.lens, nodes, edges },
    layout: { ...before.layout, boxes: { ...before.layout.boxes, ...now.layout.boxes } },
  };
}

/** What went away with the last change, for as long as it fades. A box that a filter hides is not gone, and does not fade. */
export function useGone(graph: Graph, layout: Layout, changes: ChangesStore): Gone | null {
  const [drawn, setDrawn] = useState<Gone>({ graph, layout });
  const [gone, setGone] = useState<Gone | null>(null);
  if (drawn.graph !== graph || drawn.layout !== layout) {
    setDrawn({ graph, layout });
    if (drawn.graph !== graph) setGone(changes.lasting ? null : goneSince(drawn, { graph, layout }, changes));
  }
  useEffect(() => {
    if (!gone) return;
    const timer = setTimeout(() => setGone(null), fadeFor);
    return () => clearTimeout(timer);
  }, [gone]);
  return gone;
}
