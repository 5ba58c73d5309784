import { buildGraph, layoutGraph } from '@vethscope/graph';
import { describe, expect, it } from 'vitest';
import { FlowNodes, type Marks } from '../flowNodes.ts';
import { syntheticHost } from '../scenarios/syntheticHost.ts';
import { DrawnEdges } from './drawnEdges.ts';

const graph = buildGraph(syntheticHost({ containers: 8, networks: 2, secondEvery: 4, publishEvery: 4 }), 'docker');
const layout = layoutGraph(graph, { pins: {}, aspect: 1.6 });
const none: Marks = {
  selected: new Set(),
  lit: new Set(),
  litEdges: new Set(),
  traceEdges: new Set(),
  fresh: new Set(),
  freshEdges: new Set(),
  changed: new Set(),
  lasting: false,
  hits: null,
  cursor: null,
  rows: new Map(),
  pinned: new Set(),
};

describe('what is drawn', () => {
  it('gives the same objects again where nothing changed', () => {
    const edges = new DrawnEdges();
    const nodes = new FlowNodes();
    const first = { edges: edges.of(graph, layout, none), nodes: nodes.of(graph, layout, none) };
    const again = { edges: edges.of(graph, layout, none), nodes: nodes.of(graph, layout, none) };
    expect(first.nodes.length).toBe(graph.nodes.length);
    expect(again.edges.every((edge, index) => edge === first.edges[index])).toBe(true);
    expect(again.nodes.every((node, index) => node === first.nodes[index])).toBe(true);
  });

  it('makes anew only what a selection touches', () => {
    const nodes = new FlowNodes();
    const first = nodes.of(graph, layout, none);
    const chosen = first.at(-1)?.id ?? '';
    const again = nodes.of(graph, layout, { ...none, selected: new Set([chosen]) });
    const changed = again.filter((node, index) => node !== first[index]);
    expect(changed.map((node) => node.id)).toEqual([chosen]);
    expect(changed[0]?.className).toContain('is-selected');
  });

  it('dims what a find expression did not hit, but never the frames', () => {
    const nodes = new FlowNodes().of(graph, layout, { ...none, hits: new Set() });
    const dim = (kind: string) =>
      nodes.filter((node) => node.type === kind).every((node) => node.className?.includes('is-dim'));
    expect(dim('container')).toBe(true);
    expect(dim('host')).toBe(false);
  });
});
