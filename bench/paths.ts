import { readFixture, sampleName, syntheticRecording } from '@vethscope/fixtures';
import type { Question, Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { reachCells, reachQuestion, reachSources, reachTargets, tracePath } from '@vethscope/path';
import type { Figure } from './report.ts';

/** Paths and matrices, computed in this process: no engine and no browser takes part. */
export function benchPaths(): Figure[] {
  const zoo = snapshotOf(parseRecording(readFixture(sampleName)));
  const large = synthetic({ containers: 1_000, portsPerContainer: 10 });
  const rules = Object.keys(large.records.rule).length;
  return [
    ...traces(zoo, { name: 'a path on the sample host', sample: 400 }),
    ...traces(large, { name: `a path among ${rules.toLocaleString('en')} rules`, sample: 200 }),
    matrix(synthetic({ containers: 200, portsPerContainer: 1 }), 'of a host with 200 containers'),
    matrix(large, `of a host with ${rules.toLocaleString('en')} rules`),
  ];
}

function synthetic(size: { containers: number; portsPerContainer: number }): Snapshot {
  return snapshotOf(parseRecording(syntheticRecording({ ...size, networks: 12, seed: 1 })));
}

/** Questions spread evenly over the whole matrix, so that those which are dropped early and those which pass all are among them as they are. */
function questionsOf(snapshot: Snapshot, sample: number): Question[] {
  const sources = reachSources(snapshot);
  const targets = reachTargets(snapshot);
  const all = sources.length * targets.length;
  // A step that shares no factor with the number of columns visits all of them.
  const step = Math.max(1, Math.floor(all / sample)) | 1;
  const questions: Question[] = [];
  for (let at = 0; at < all && questions.length < sample; at += step) {
    const source = sources[Math.floor(at / targets.length)];
    const target = targets[at % targets.length];
    if (source !== undefined && target !== undefined) questions.push(reachQuestion(source, target));
  }
  return questions;
}

/** Whole traces with every step, as a person asks for them; by index, and, in the same run, trying every rule. */
function traces(snapshot: Snapshot, { name, sample }: { name: string; sample: number }): Figure[] {
  const questions = questionsOf(snapshot, sample);
  const run = (indexed: boolean): number => {
    const began = performance.now();
    for (const question of questions) tracePath(snapshot, question, { indexed, blockers: false });
    return (performance.now() - began) / questions.length;
  };
  run(true);
  run(false);
  // In turns: what else the machine does meanwhile is borne by both.
  const pairs = Array.from({ length: 5 }, () => ({ indexed: run(true), naive: run(false) }));
  const indexed = median(pairs.map((pair) => pair.indexed));
  const naive = median(pairs.map((pair) => pair.naive));
  const ratio = median(pairs.map((pair) => pair.naive / pair.indexed));
  return [
    {
      name,
      value: indexed,
      unit: 'ms',
      budget: 1,
      note: `${Math.round(1000 / indexed).toLocaleString('en')} a second`,
    },
    { name: '  the same, trying every rule', value: ratio, unit: '×', note: `as long: ${naive.toFixed(2)} ms` },
  ];
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

const edge = 200;

/** A matrix of 200 × 200: its rows and columns spread over those that the host has. */
function matrix(snapshot: Snapshot, of: string): Figure {
  const sources = spread(reachSources(snapshot), edge);
  const targets = spread(reachTargets(snapshot), edge);
  const began = performance.now();
  let cells = 0;
  for (const batch of reachCells(snapshot, { sources, targets })) cells += batch.length;
  const took = performance.now() - began;
  return {
    name: `matrix ${sources.length} × ${targets.length} ${of}`,
    value: took,
    unit: 'ms',
    // The budget is the page's: see bench/reachPage.ts.
    note: `${((1000 * took) / cells).toFixed(0)} µs a cell, in Node`,
  };
}

function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, at) => list[Math.floor((at * list.length) / count)] as T);
}
