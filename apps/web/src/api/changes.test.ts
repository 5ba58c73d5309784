import type { SnapshotDiff } from '@vethscope/model';
import { expect, it, vi } from 'vitest';
import { createChangesStore } from './changes.ts';

const record = (id: string) => ({ type: 'sysctls', id, sandbox: 'sandbox:host', link: null, values: {} }) as const;
const diff = (part: Partial<SnapshotDiff>): SnapshotDiff => ({
  readAt: '2026-01-01T00:00:00.000Z',
  added: [],
  updated: [],
  removed: [],
  ...part,
});

it('remembers what came, changed and went', () => {
  const store = createChangesStore();
  const listener = vi.fn();
  store.subscribe(listener);
  store.record(diff({ added: [record('a')], updated: [record('b')], removed: [{ type: 'sysctls', id: 'c' }] }), 1000);
  expect([...store.recent()]).toEqual([
    ['a', { kind: 'added', at: 1000 }],
    ['b', { kind: 'updated', at: 1000 }],
    ['c', { kind: 'removed', at: 1000 }],
  ]);
  expect(listener).toHaveBeenCalledTimes(1);
});

it('what came a moment ago and is touched again is still new', () => {
  const store = createChangesStore();
  store.record(diff({ added: [record('a')] }), 1000);
  store.record(diff({ updated: [record('a')] }), 1100);
  expect(store.recent().get('a')).toEqual({ kind: 'added', at: 1000 });
});

it('forgets after five seconds, at the next change', () => {
  const store = createChangesStore();
  store.record(diff({ added: [record('a')] }), 1000);
  const before = store.recent();
  expect(store.recent()).toBe(before);
  store.record(diff({ added: [record('b')] }), 6000);
  expect([...store.recent().keys()]).toEqual(['b']);
});
