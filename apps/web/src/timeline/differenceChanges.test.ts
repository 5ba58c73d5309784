import { readFixture } from '@vethscope/fixtures';
import { type Change, compareSnapshots } from '@vethscope/graph';
import { emptyRecords, type Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { expect, it } from 'vitest';
import { differenceChanges } from './differenceChanges.ts';

const change = (part: Pick<Change, 'change' | 'before' | 'after'>): Change => ({
  kind: 'container',
  title: 'web',
  place: null,
  note: '',
  fields: [],
  ...part,
});
const empty: Snapshot = {
  readAt: '2026-01-01T00:00:00Z',
  host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
  engine: null,
  sources: [],
  records: emptyRecords(),
  counters: { at: '2026-01-01T00:00:00Z', links: {}, rules: {} },
};
const side = { host: 'devbox', readAt: '2026-01-01T00:00:00Z' };

it('lights what came and what is another by its id now, and names what went by its id then', () => {
  const comparison = {
    before: side,
    after: side,
    changes: [
      change({ change: 'came', before: null, after: 'container:new' }),
      change({ change: 'went', before: 'container:old', after: null }),
      change({ change: 'changed', before: 'container:was', after: 'container:is' }),
      change({ change: 'came', before: null, after: null }),
    ],
  };
  const changes = differenceChanges(comparison, { before: empty, after: empty });
  expect([...changes.recent()].map(([id, { kind }]) => [id, kind])).toEqual([
    ['container:new', 'added'],
    ['container:old', 'removed'],
    ['container:is', 'updated'],
  ]);
  expect(changes.lasting).toBe(true);
});

it('lights nothing without a comparison', () => {
  expect(differenceChanges(null, null).recent().size).toBe(0);
});

it('lights the veth pair of a container that came, and takes that of one that went', () => {
  const host = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
  const endpoint = Object.values(host.records.endpoint).find(({ inside, outside }) => inside && outside);
  if (!endpoint) throw new Error('The recording has no endpoint with both its links.');
  const came = differenceChanges(compareSnapshots(empty, host), { before: empty, after: host }).recent();
  const went = differenceChanges(compareSnapshots(host, empty), { before: host, after: empty }).recent();
  for (const id of [endpoint.container, endpoint.id, endpoint.inside, endpoint.outside]) {
    expect(came.get(id ?? '')?.kind).toBe('added');
    expect(went.get(id ?? '')?.kind).toBe('removed');
  }
});
