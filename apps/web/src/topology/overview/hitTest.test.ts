import type { Graph, Layout } from '@vethscope/graph';
import { describe, expect, it } from 'vitest';
import { hitTest } from './hitTest.ts';
import { sceneOf } from './scene.ts';

const base = { parent: null, records: [], hue: 0 };
const graph: Graph = {
  lens: 'docker',
  nodes: [
    { ...base, id: 'host', kind: 'host', title: 'devbox', detail: '' },
    {
      ...base,
      id: 'net',
      kind: 'network',
      title: 'front',
      shape: 'bus',
      detail: '',
      second: null,
      internal: false,
      badges: [],
    },
    { ...base, id: 'plug', kind: 'plug', title: '.2', full: '172.17.0.2', mark: null, up: true },
    {
      ...base,
      id: 'web',
      kind: 'container',
      title: 'web',
      dot: 'good',
      state: 'running',
      subtitle: '',
      rows: [],
      sharers: [],
      mode: 'network',
      mark: null,
      home: 'net',
    },
  ],
  edges: [
    {
      id: 'drop',
      kind: 'drop',
      from: 'plug',
      to: 'net',
      records: [],
      hue: 0,
      label: null,
      dashed: false,
      counters: null,
    },
  ],
};
const layout: Layout = {
  boxes: {
    host: { x: 0, y: 0, width: 400, height: 300 },
    net: { x: 40, y: 40, width: 300, height: 18 },
    plug: { x: 80, y: 110, width: 52, height: 18 },
    web: { x: 40, y: 119, width: 134, height: 62 },
  },
  routes: {
    drop: {
      points: [
        { x: 106, y: 110 },
        { x: 106, y: 58 },
      ],
      label: null,
    },
  },
  bounds: { x: 0, y: 0, width: 400, height: 300 },
  plan: { lens: 'docker', left: 0, width: 8, shelves: [], blocks: [] },
};
const scene = sceneOf(graph, layout);

describe('hitTest', () => {
  it('gives the plug, not the card that it sits on', () => {
    expect(hitTest(scene, { x: 100, y: 122 }, 4)).toEqual({ kind: 'node', id: 'plug' });
    expect(hitTest(scene, { x: 50, y: 122 }, 4)).toEqual({ kind: 'node', id: 'web' });
  });

  it('reaches out to a thin bar and a thin line', () => {
    expect(hitTest(scene, { x: 300, y: 66 }, 10)).toEqual({ kind: 'node', id: 'net' });
    expect(hitTest(scene, { x: 112, y: 90 }, 10)).toEqual({ kind: 'edge', id: 'drop' });
  });

  it('takes the ground for nothing', () => {
    expect(hitTest(scene, { x: 250, y: 200 }, 10)).toBeNull();
  });
});
