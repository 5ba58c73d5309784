import { buildGraph } from '@vethscope/graph';
import { describe, expect, it } from 'vitest';
import { litBy } from './lit.ts';
import { syntheticHost } from './scenarios/syntheticHost.ts';

const snapshot = syntheticHost({ containers: 6, networks: 2, secondEvery: 3, publishEvery: 2 });
const graph = buildGraph(snapshot, 'docker');
const container = (name: string) => {
  const found = Object.values(snapshot.records.container).find((record) => record.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found.id;
};

describe('litBy', () => {
  it('lights nothing for nothing', () => {
    expect(litBy(graph, snapshot, null).edges.size).toBe(0);
    expect(litBy(graph, snapshot, 'container:gone').selected.size).toBe(0);
  });

  it('lights a container, its lines to all its networks, and the ways of its published ports', () => {
    const lit = litBy(graph, snapshot, container('db-1'));
    expect([...lit.selected]).toEqual([container('db-1')]);
    const kinds = graph.edges.filter((edge) => lit.edges.has(edge.id)).map((edge) => edge.kind);
    expect(kinds.filter((kind) => kind === 'drop')).toHaveLength(2);
    expect(kinds).toContain('publish');
  });

  it("does not light another container's port on the same network", () => {
    const lit = litBy(graph, snapshot, container('api-1'));
    const kinds = graph.edges.filter((edge) => lit.edges.has(edge.id)).map((edge) => edge.kind);
    expect(kinds).toEqual(['drop']);
  });

  it('lights only itself for the host', () => {
    const host = graph.nodes.find((node) => node.kind === 'host');
    const lit = litBy(graph, snapshot, host?.records[0] ?? null);
    expect(lit.edges.size).toBe(0);
    expect(lit.selected.has(host?.id ?? '')).toBe(true);
  });
});
