import { fixtureNames, readFixture } from '@vethscope/fixtures';
import type { QuestionInput } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build/buildGraph.ts';
import { type Lens, lenses } from '../graph.ts';
import { traceOverlay } from './traceOverlay.ts';

const sample = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
const container = (name: string) => ({ kind: 'container' as const, name });
const questions: [string, QuestionInput['from'], QuestionInput['to']][] = [
  ['in by a port', { kind: 'internet' }, { kind: 'host', port: 8080 }],
  ['by docker-proxy', { kind: 'host' }, { kind: 'address', address: '127.0.0.1', port: 8080 }],
  ['on one bridge', container('web'), { kind: 'container', name: 'api', port: 80 }],
  ['out', container('plain'), { kind: 'address', address: '1.1.1.1', port: 443 }],
  ['to the LAN by macvlan', container('mac'), { kind: 'address', address: '198.18.0.254', port: 80 }],
  ['into a rule', container('plain'), { kind: 'container', name: 'api', port: 80 }],
];

/** The way there, as names of boxes with the lines between: "Internet > eth0" where a line is taken, "| FORWARD" where none is drawn. */
function way(lens: Lens, [, from, to]: (typeof questions)[number]): string {
  const graph = buildGraph(sample, lens);
  const { steps } = traceOverlay(graph, tracePath(sample, { from, to, protocol: 'tcp' }));
  const title = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const edge = new Map(graph.edges.map((each) => [each.id, each]));
  const words: string[] = [];
  let at: string | null = null;
  for (const { way: direction, moves, node } of steps) {
    if (direction === 'back') continue;
    for (const { id, reverse } of moves) {
      const line = edge.get(id);
      const [start, end] = reverse ? [line?.to, line?.from] : [line?.from, line?.to];
      if (at === null || start !== at) words.push(words.length === 0 ? '' : '|', title.get(start ?? '') ?? '?');
      words.push('>', title.get(end ?? '') ?? '?');
      at = end ?? null;
    }
    if (node !== null && node !== at) words.push('|', title.get(node) ?? '?');
    at = node;
  }
  return words.join(' ').replace(/^[ |]+/, '');
}

describe('the way of a packet over the picture', () => {
  it.each([
    ['docker', 0, 'Internet > eth0 > 8080 > docker0 > .4 | my-nginx'],
    ['docker', 1, 'vm | 8080 > docker0 > .4 | my-nginx'],
    ['docker', 2, 'web | .2 > front > .100 | api'],
    ['docker', 3, 'plain | .2 > docker0 | eth0 > Internet'],
    ['docker', 4, 'mac | .128 > lan > eth0 > LAN'],
    ['docker', 5, 'plain | .2 > docker0'],
    ['linux', 0, 'Internet > eth0 > PREROUTING > FORWARD > POSTROUTING > docker0 | veth5b5a191 > eth0 | my-nginx'],
    ['linux', 5, 'plain | eth0 > vethb54621b | PREROUTING'],
  ] as const)('in the %s lens, question %d: %s', (lens, index, expected) => {
    const question = questions[index];
    if (!question) throw new Error('no such question');
    expect(way(lens, question)).toBe(expected);
  });

  it('says how it ended', () => {
    const outcome = (index: number) => {
      const [, from, to] = questions[index] ?? questions[0] ?? [];
      if (!from || !to) throw new Error('no such question');
      return traceOverlay(buildGraph(sample, 'docker'), tracePath(sample, { from, to, protocol: 'tcp' })).outcome;
    };
    expect([outcome(0), outcome(5)]).toEqual(['good', 'bad']);
  });
});

describe.each(fixtureNames)('every overlay of %s', (name) => {
  const snapshot = snapshotOf(parseRecording(readFixture(name)));

  it.each(lenses)('names nodes and lines that are there, each step once, in the %s lens', (lens) => {
    const graph = buildGraph(snapshot, lens);
    const nodes = new Set(graph.nodes.map(({ id }) => id));
    const edges = new Set(graph.edges.map(({ id }) => id));
    for (const [, from, to] of questions) {
      const trace = tracePath(snapshot, { from, to, protocol: 'tcp' });
      const marks = traceOverlay(graph, trace);
      expect(marks.nodes.filter((id) => !nodes.has(id))).toEqual([]);
      expect(marks.steps.flatMap(({ moves }) => moves).filter(({ id }) => !edges.has(id))).toEqual([]);
      const all = trace.legs.flatMap(({ hops, reply }) => [...hops, ...reply].flatMap(({ steps }) => steps));
      expect(marks.steps).toHaveLength(all.length);
      for (const { at, id } of marks.edges) expect(marks.steps[at]?.moves.some((move) => move.id === id)).toBe(true);
    }
  });
});
