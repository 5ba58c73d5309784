import type { Graph, GraphNode, Layout } from '@vethscope/graph';
import { describe, expect, it } from 'vitest';
import { readingOrder, tabStep, walk } from './walk.ts';

const base = { parent: null, hue: 0 };

const bar = (id: string): GraphNode => ({
  ...base,
  id,
  records: [id],
  kind: 'network',
  title: id,
  shape: 'bus',
  detail: '',
  second: null,
  internal: false,
  badges: [],
});

const card = (id: string, rows: string[] = []): GraphNode => ({
  ...base,
  id,
  records: [id],
  kind: 'container',
  title: id,
  dot: 'good',
  state: 'running',
  subtitle: '',
  rows: rows.map((text) => ({ text, mark: null, records: [text], tone: 'fact' })),
  sharers: [],
  mode: 'network',
  mark: null,
  home: null,
});

/* front ──┬───────┬──       A card below each of its drops, and under the second one another bar. */
const graph: Graph = {
  lens: 'docker',
  nodes: [bar('front'), card('web', ['socket:80', 'socket:81']), card('api'), bar('back'), card('db')],
  edges: [
    ['web', 'front'],
    ['api', 'front'],
    ['api', 'back'],
    ['db', 'back'],
  ].map(([from = '', to = '']) => ({
    id: `${from}-${to}`,
    kind: 'drop',
    from,
    to,
    records: [],
    hue: 0,
    label: null,
    dashed: false,
    counters: null,
  })),
};

const layout: Layout = {
  boxes: {
    front: { x: 0, y: 0, width: 400, height: 18 },
    web: { x: 20, y: 60, width: 134, height: 62 },
    api: { x: 200, y: 60, width: 134, height: 62 },
    back: { x: 0, y: 180, width: 400, height: 18 },
    db: { x: 200, y: 240, width: 134, height: 62 },
  },
  routes: {},
  bounds: { x: 0, y: 0, width: 400, height: 302 },
  plan: { lens: 'docker', left: 0, width: 8, shelves: [], blocks: [] },
};

const at = (node: string, row: number | null = null) => ({ node, row });

describe('walk', () => {
  it('[W1] goes through the rows of a box before it leaves it', () => {
    expect(walk(graph, layout, at('web'), 'down')).toEqual(at('web', 0));
    expect(walk(graph, layout, at('web', 0), 'down')).toEqual(at('web', 1));
    expect(walk(graph, layout, at('web', 1), 'down')).toEqual(at('back'));
    expect(walk(graph, layout, at('web', 1), 'up')).toEqual(at('web', 0));
    expect(walk(graph, layout, at('web', 0), 'up')).toEqual(at('web'));
  });

  it('[W2] follows a line up and down', () => {
    expect(walk(graph, layout, at('api'), 'down')).toEqual(at('back'));
    expect(walk(graph, layout, at('api'), 'up')).toEqual(at('front'));
    expect(walk(graph, layout, at('back'), 'down')).toEqual(at('db'));
  });

  it('[W3] goes sideways along a row of cards', () => {
    expect(walk(graph, layout, at('web'), 'right')).toEqual(at('api'));
    expect(walk(graph, layout, at('api'), 'left')).toEqual(at('web'));
  });

  it('[W4] stays where nothing lies that way', () => {
    expect(walk(graph, layout, at('front'), 'up')).toEqual(at('front'));
    expect(walk(graph, layout, at('nowhere'), 'up')).toEqual(at('nowhere'));
  });

  it('reads from the top line to the bottom one, and leaves at the end', () => {
    expect(readingOrder(graph, layout)).toEqual(['front', 'web', 'api', 'back', 'db']);
    expect(tabStep(graph, layout, at('web'), 1)).toEqual(at('api'));
    expect(tabStep(graph, layout, at('db'), 1)).toBeNull();
    expect(tabStep(graph, layout, at('front'), -1)).toBeNull();
  });
});
