import { fixtureNames, readFixture } from '@vethscope/fixtures';
import { buildGraph, lenses } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { instance } from '@viz-js/viz';
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import { dotOf, drawioOf, layoutForPicture, markdownOf, mermaidOf, sceneOf, svgOf } from './index.ts';

const dom = new JSDOM('<!doctype html><body></body>');
const xml = (text: string) => new dom.window.DOMParser().parseFromString(text, 'application/xml');

let mermaid: typeof import('mermaid').default;
beforeAll(async () => {
  Object.assign(globalThis, { window: dom.window, document: dom.window.document });
  mermaid = (await import('mermaid')).default;
}, 60_000);

const hostile = `x"]; click A "javascript:alert(1)" %%{init}%% <script>alert(1)</script> & \u0007\u202e'|{}\\ -->`;

/** The sample host, all of whose names try to break out. */
function hostileHost(): Snapshot {
  const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
  for (const container of Object.values(snapshot.records.container)) {
    container.name = `${container.name}${hostile}`;
    container.image = hostile;
  }
  for (const network of Object.values(snapshot.records.network)) network.name = `${network.name}${hostile}`;
  snapshot.host.hostname = hostile;
  return snapshot;
}

const hosts: [string, () => Snapshot][] = [
  ...fixtureNames.map((name): [string, () => Snapshot] => [name, () => snapshotOf(parseRecording(readFixture(name)))]),
  ['a host with hostile names', hostileHost],
];

describe.each(hosts)('%s', (_name, host) => {
  const snapshot = host();

  it.each(lenses)('[F1] is SVG that loads and runs nothing, in the %s lens', (lens) => {
    const graph = buildGraph(snapshot, lens);
    const svg = svgOf(
      sceneOf(graph, layoutForPicture(graph), { theme: 'light', legend: true, caption: hostile, title: hostile }),
    );
    const picture = xml(svg);
    expect(picture.querySelector('parsererror')).toBeNull();
    const names = new Set([...picture.querySelectorAll('*')].map((element) => element.tagName));
    expect(
      [...names].filter(
        (each) => !['svg', 'title', 'desc', 'g', 'rect', 'circle', 'path', 'polygon', 'text'].includes(each),
      ),
    ).toEqual([]);
    const attributes = new Set([...picture.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()));
    expect([...attributes].filter((each) => /^on|href|style|src/i.test(each))).toEqual([]);
    const ids = [...picture.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const container of Object.values(snapshot.records.container).slice(0, 3))
      expect(picture.documentElement.textContent).toContain(container.name.slice(0, 3));
  });

  it.each(lenses)('[F2] is DOT that Graphviz draws, in the %s lens', async (lens) => {
    const graph = buildGraph(snapshot, lens);
    const viz = await instance();
    const drawn = viz.render(dotOf(graph), { format: 'json' });
    expect(drawn.errors.filter(({ level }) => level === 'error')).toEqual([]);
    const { objects, edges } = JSON.parse(drawn.output ?? '{}') as { objects: { name: string }[]; edges: unknown[] };
    const boxes = graph.nodes.filter(({ kind }) => kind !== 'plug' && kind !== 'chip');
    expect(objects).toHaveLength(boxes.length);
    expect(edges).toHaveLength(graph.edges.length);
  });

  it.each(lenses)('[F3] is a flowchart that Mermaid reads, in the %s lens', async (lens) => {
    const parsed = await mermaid.parse(mermaidOf(buildGraph(snapshot, lens)));
    expect(parsed).toMatchObject({ diagramType: expect.stringMatching(/^flowchart/) });
  });

  it.each(lenses)('[F4] is a diagram whose cells draw.io can tie together, in the %s lens', (lens) => {
    const graph = buildGraph(snapshot, lens);
    const file = xml(drawioOf(graph, layoutForPicture(graph)));
    expect(file.querySelector('parsererror')).toBeNull();
    const cells = [...file.querySelectorAll('mxfile > diagram > mxGraphModel > root > mxCell')];
    const byId = new Map(cells.map((cell) => [cell.id, cell]));
    expect(byId.size).toBe(cells.length);
    const vertices = cells.filter((cell) => cell.getAttribute('vertex') === '1');
    const edges = cells.filter((cell) => cell.getAttribute('edge') === '1');
    expect(vertices).toHaveLength(graph.nodes.length);
    expect(edges).toHaveLength(graph.edges.length);
    for (const cell of [...vertices, ...edges]) {
      expect(byId.has(cell.getAttribute('parent') ?? '')).toBe(true);
      expect(cell.querySelector('mxGeometry')).not.toBeNull();
    }
    for (const edge of edges)
      for (const end of ['source', 'target'])
        expect(byId.get(edge.getAttribute(end) ?? '')?.getAttribute('vertex')).toBe('1');
    const nested = graph.nodes.filter((node) => node.parent !== null);
    expect(vertices.filter((cell) => cell.getAttribute('parent') !== '1')).toHaveLength(nested.length);
  });

  it('[F5] is a page whose tables have a row for each thing', () => {
    const graph = buildGraph(snapshot, 'docker');
    const page = markdownOf(snapshot, graph, {
      title: hostile,
      theme: 'light',
      picture: 'a picture.svg',
      caption: null,
    });
    const rows = page.split('\n').filter((line) => line.startsWith('| '));
    const { container, network } = snapshot.records;
    expect(rows.length).toBeGreaterThan(Object.keys(container).length + Object.keys(network).length);
    const columns = new Set(rows.map((row) => row.replace(/\\\|/g, '').split('|').length - 2));
    expect([...columns].sort()).toEqual([3, 4, 6]);
    expect(page).not.toContain('<script');
  });
});
