import { readFixture, sampleName } from '@vethscope/fixtures';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { reachCell } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { codeOf, dispositionOf, packed, unpacked } from './cellCode.ts';
import { ReachJob } from './reachJob.ts';

const snapshot = snapshotOf(parseRecording(readFixture(sampleName)));
const never = () => false;
const atOnce = () => true;

describe('filling a matrix', () => {
  it('has every cell once, and as it is', () => {
    const job = new ReachJob(snapshot);
    const width = job.targets.length;
    const found = new Map<number, number>();
    for (let slice = job.step(atOnce); slice !== null; slice = job.step(atOnce)) {
      for (const [at, place] of slice.places.entries()) {
        expect(found.has(place)).toBe(false);
        found.set(place, slice.codes[at] ?? 0);
      }
    }
    expect(found.size).toBe(job.sources.length * width);
    for (const [place, code] of [...found].filter((_, at) => at % 37 === 0)) {
      const source = job.sources[Math.floor(place / width)];
      const target = job.targets[place % width];
      if (source === undefined || target === undefined) throw new Error('a place outside of the matrix');
      expect(dispositionOf(code)).toBe(reachCell(snapshot, { source, target }).disposition);
    }
  });

  it('what is in view comes first, and a new view before the rest', () => {
    const job = new ReachJob(snapshot);
    const width = job.targets.length;
    job.look([3, 5], [7, 8, 9, 10, 11, 12, 13, 14]);
    expect([...(job.step(atOnce)?.places ?? [])]).toEqual(
      [3, 5].flatMap((row) => [7, 8, 9, 10, 11, 12, 13, 14].map((column) => row * width + column)),
    );
    job.look([20], [1]);
    expect(job.step(atOnce)?.places[0]).toBe(20 * width + 1);
  });

  it('out of view it stops at a limit, and goes on with what comes into view', () => {
    const job = new ReachJob(snapshot, { unseen: 20 });
    expect(job.step(never)?.places).toHaveLength(20);
    expect(job.step(never)).toBeNull();
    job.look([10, 11], [0, 1, 2]);
    expect(job.step(never)?.places).toHaveLength(6);
    expect(job.step(never)).toBeNull();
  });

  it('knows nothing of a cell that is not there', () => {
    expect(new ReachJob(snapshot).explain(9999, 0)).toBeNull();
  });
});

it('a byte says every disposition, and 0 none', () => {
  expect(dispositionOf(codeOf('noReply'))).toBe('noReply');
  expect(dispositionOf(0)).toBeNull();
});

it('a row of cells is one value', () => {
  const cells = [
    { code: 0, isOld: false },
    { code: 12, isOld: true },
    { code: 3, isOld: false },
  ];
  expect(cells.map((_, at) => unpacked(packed(cells), at))).toEqual(cells);
});
