import { emptyRecords, type Snapshot } from '@vethscope/model';
import { expect, it } from 'vitest';
import { type Held, reduceStream } from './streamReducer.ts';

const at = '2026-01-01T00:00:00.000Z';
const origin = { kind: 'live', name: 'devbox', why: null, fix: null } as const;
const snapshot: Snapshot = {
  readAt: at,
  host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
  engine: null,
  sources: [],
  records: emptyRecords(),
  counters: { at, links: {}, rules: {} },
};
const held: Held = { epoch: 'e', version: 4, origin, snapshot };
const diff = {
  readAt: at,
  added: [],
  updated: [],
  removed: [],
  host: { hostname: 'other', kernel: null, os: null, architecture: null },
};

it('[S1] a snapshot replaces what is held', () => {
  const result = reduceStream(held, { type: 'snapshot', epoch: 'f', version: 1, origin, snapshot });
  expect(result).toEqual({ kind: 'held', held: { epoch: 'f', version: 1, origin, snapshot } });
});

it('[S2] a diff applies to the version before it', () => {
  const result = reduceStream(held, { type: 'diff', epoch: 'e', version: 5, diff });
  expect(result.kind === 'held' && [result.held.version, result.held.snapshot.host.hostname]).toEqual([5, 'other']);
});

it('[S3] a diff that is known already changes nothing', () => {
  expect(reduceStream(held, { type: 'diff', epoch: 'e', version: 4, diff })).toEqual({ kind: 'same' });
});

it('[S4] a diff that leaves out a version, is of another epoch, or comes first, is a gap', () => {
  expect(reduceStream(held, { type: 'diff', epoch: 'e', version: 6, diff })).toEqual({ kind: 'gap' });
  expect(reduceStream(held, { type: 'diff', epoch: 'f', version: 5, diff })).toEqual({ kind: 'gap' });
  expect(reduceStream(null, { type: 'diff', epoch: 'e', version: 1, diff })).toEqual({ kind: 'gap' });
});

it('an origin is taken over without a version', () => {
  const sample = { ...origin, kind: 'sample' as const };
  const result = reduceStream(held, { type: 'origin', origin: sample });
  expect(result).toEqual({ kind: 'held', held: { ...held, origin: sample } });
});
