import { buildGraph, type Graph, hideInGraph, type Layout, type Lens, layoutGraph, type Pins } from '@vethscope/graph';
import { type Snapshot, sameValue } from '@vethscope/model';
import { wordedGraph } from './wordedGraph.ts';

/** Width over height of the picture, as of most screens and pages. A constant, so that a picture does not depend on a window. */
export const aspect = 1.6;

export interface Topology {
  graph: Graph;
  layout: Layout;
  /** How many nodes were taken away. */
  hidden: number;
}

/** Gives the ids of the nodes to take away; null: nothing is asked. */
export type HiddenNodes = (graph: Graph) => ReadonlySet<string> | null;

/**
 * Graph and layout of a Snapshot, with a memory: a network keeps its hue when an older one goes, what stays keeps its place, and a change that
 * is not seen (a rule's) gives the same objects, so that nothing is laid out or drawn again.
 */
export function createTopologyMemory() {
  let hues: Record<string, number> = {};
  const built = new Map<Lens, Graph>();
  const laid = new Map<Lens, { graph: Graph; pins: Pins; layout: Layout }>();

  const graphOf = (snapshot: Snapshot, lens: Lens): Graph => {
    const graph = wordedGraph(buildGraph(snapshot, lens, { hues }));
    hues = huesOf(graph);
    const before = built.get(lens);
    if (before && sameValue(before, graph)) return before;
    built.set(lens, graph);
    return graph;
  };

  let shown: { graph: Graph; gone: ReadonlySet<string>; rest: Graph } | null = null;
  const withoutHidden = (graph: Graph, gone: ReadonlySet<string> | null): Graph => {
    if (!gone || gone.size === 0) return graph;
    if (shown && shown.graph === graph && sameValue([...shown.gone], [...gone])) return shown.rest;
    shown = { graph, gone, rest: hideInGraph(graph, gone) };
    return shown.rest;
  };

  return {
    topology(snapshot: Snapshot, lens: Lens, pins: Pins, hiddenNodes: HiddenNodes): Topology & { whole: Graph } {
      const whole = graphOf(snapshot, lens);
      const gone = hiddenNodes(whole);
      const graph = withoutHidden(whole, gone);
      const before = laid.get(lens);
      if (before?.graph === graph && before.pins === pins) {
        return { whole, graph, layout: before.layout, hidden: gone?.size ?? 0 };
      }
      const layout = layoutGraph(graph, { pins, aspect, previous: before?.layout });
      laid.set(lens, { graph, pins, layout });
      return { whole, graph, layout, hidden: gone?.size ?? 0 };
    },
  };
}

/** Hues by the ids of the networks that the graph's bars stand for. */
export function huesOf(graph: Graph): Record<string, number> {
  const hues: Record<string, number> = {};
  for (const node of graph.nodes) {
    if (node.kind !== 'network' || node.hue === null) continue;
    for (const record of node.records) if (record.startsWith('network:')) hues[record] = node.hue;
  }
  return hues;
}
