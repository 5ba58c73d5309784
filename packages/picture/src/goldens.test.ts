import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FixtureName, fixtureNames, readFixture, sampleName } from '@vethscope/fixtures';
import { buildGraph, type Graph, lenses, traceOverlay } from '@vethscope/graph';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import {
  dotOf,
  drawioOf,
  lanesSceneOf,
  layoutForPicture,
  maskSnapshot,
  mermaidOf,
  sceneOf,
  selectGraph,
  stackScenes,
  svgOf,
} from './index.ts';

/*
 * The bytes of every fixture's pictures. The whole ones are small enough to be read in a diff; of the others there is a digest each in digests.txt.
 * npm run goldens:pictures makes them anew.
 */
const write = process.env.VETHSCOPE_GOLDENS === 'write';
const folder = new URL('../../fixtures/goldens/pictures/', import.meta.url);

function golden(file: string, content: string): void {
  const path = fileURLToPath(new URL(file, folder));
  if (write) writeFileSync(path, content);
  expect(readFileSync(path, 'utf8')).toBe(content);
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
const snapshotOfFixture = (name: FixtureName) => snapshotOf(parseRecording(readFixture(name)));
const svg = (graph: Graph, theme: 'light' | 'dark') =>
  svgOf(sceneOf(graph, layoutForPicture(graph), { theme, legend: true }));

describe('the bytes of pictures', () => {
  it('are those of the digests, for every fixture, lens and theme', () => {
    const lines = fixtureNames.flatMap((name) => {
      const snapshot = snapshotOfFixture(name);
      const masked = buildGraph(maskSnapshot(snapshot, { names: true, addresses: true }).snapshot, 'docker');
      return lenses.flatMap((lens) => {
        const graph = buildGraph(snapshot, lens);
        const layout = layoutForPicture(graph);
        const scene = (theme: 'light' | 'dark') => svgOf(sceneOf(graph, layout, { theme, legend: true }));
        const what: [string, string][] = [
          ['svg light', scene('light')],
          ['svg dark', scene('dark')],
          ...(lens === 'docker' ? [['svg masked', svg(masked, 'light')] as [string, string]] : []),
          ['mermaid', mermaidOf(graph)],
          ['dot', dotOf(graph)],
          ['drawio', drawioOf(graph, layout)],
        ];
        return what.map(([format, text]) => `${name} ${lens} ${format}: ${text.length} ${digestOf(text)}\n`);
      });
    });
    golden('digests.txt', lines.join(''));
  }, 60_000);

  const sample = snapshotOfFixture(sampleName);
  const whole = buildGraph(sample, 'docker');

  it('of one network can be read in a diff, in each format', () => {
    const graph = selectGraph(whole, sample, { kind: 'network', network: 'back' });
    if (graph === null) throw new Error('there is no such network');
    golden('network-back.svg', svg(graph, 'light'));
    golden('network-back.mmd', mermaidOf(graph));
    golden('network-back.dot', dotOf(graph));
    golden('network-back.drawio', drawioOf(graph, layoutForPicture(graph)));
  });

  it.each([
    ['path-delivered.svg', 'light', { kind: 'internet' }, { kind: 'host', port: 8080 }],
    ['path-dropped.svg', 'dark', { kind: 'container', name: 'plain' }, { kind: 'container', name: 'api', port: 80 }],
  ] as const)('of a path: %s', (file, theme, from, to) => {
    const trace = tracePath(sample, { from, to, protocol: 'tcp' });
    const marks = traceOverlay(whole, trace);
    const graph = selectGraph(whole, sample, { kind: 'ids', ids: marks.nodes });
    if (graph === null) throw new Error('the path touches nothing');
    const map = sceneOf(graph, layoutForPicture(graph), { theme, trace: marks });
    golden(file, svgOf(stackScenes([map, lanesSceneOf(sample, trace, { theme })])));
  });
});
