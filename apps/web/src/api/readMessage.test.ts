import { emptyRecords } from '@vethscope/model';
import { expect, it } from 'vitest';
import { readMessage } from './readMessage.ts';

const host = { hostname: 'devbox', kernel: null, os: null, architecture: null };
const origin = { kind: 'live', name: 'devbox', why: null, fix: null };
const at = '2026-01-01T00:00:00.000Z';
const snapshot = {
  readAt: at,
  host,
  engine: null,
  sources: [],
  records: emptyRecords(),
  counters: { at, links: {}, rules: {} },
};
const message = (part: object) =>
  JSON.stringify({ type: 'snapshot', epoch: 'e', version: 1, origin, snapshot: { ...snapshot, ...part } });

it('takes a full Snapshot as it is', () => {
  const read = readMessage('snapshot', message({}));
  expect(read.data).toEqual(JSON.parse(message({})));
});

it('says which part of a Snapshot it does not know', () => {
  const { link: _, ...fewer } = emptyRecords();
  expect(readMessage('snapshot', message({ records: fewer })).error?.issues[0]?.path).toEqual(['snapshot', 'records']);
  expect(readMessage('snapshot', message({ host: { ...host, hostname: 7 } })).success).toBe(false);
});

it('checks a diff whole', () => {
  const diff = { readAt: at, added: [{ type: 'link', id: 'link:host/1' }], updated: [], removed: [] };
  expect(readMessage('diff', JSON.stringify({ type: 'diff', epoch: 'e', version: 2, diff })).success).toBe(false);
});
