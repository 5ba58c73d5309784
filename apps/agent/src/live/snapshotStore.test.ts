import { applyDiff, type Origin, type Snapshot } from '@vethscope/model';
import { expect, it } from 'vitest';
import { createSnapshotStore, type StoreEvent } from './snapshotStore.ts';
import { testSnapshot } from './testSnapshot.ts';

const live: Origin = { kind: 'live', name: 'h', why: null, fix: null };

function storeWith(first: Snapshot) {
  const store = createSnapshotStore('e', live);
  const events: StoreEvent[] = [];
  store.subscribe((event) => events.push(event));
  store.replace(first, live);
  return { store, events };
}

it('tells a change once, with the version that it leads to', () => {
  const { store, events } = storeWith(testSnapshot(['a']));
  store.advance(testSnapshot(['a', 'b']));
  expect(store.current()?.version).toBe(2);
  expect(events.map((event) => event.type)).toEqual(['full', 'diff']);
  expect(events[1]).toMatchObject({ version: 2, diff: { added: [{ name: 'b' }] } });
});

it('says nothing of a reading that found nothing new, but keeps its moment', () => {
  const { store, events } = storeWith(testSnapshot(['a']));
  const later = { ...testSnapshot(['a']), readAt: '2030-01-01T00:00:00.000Z' };
  expect(store.advance(later)).toBeNull();
  expect(store.current()).toMatchObject({ version: 1, snapshot: { readAt: later.readAt } });
  expect(events).toHaveLength(1);
});

it('gives one who comes back the diffs that lead to now', () => {
  const { store } = storeWith(testSnapshot(['a']));
  const before = store.current();
  for (const names of [['a', 'b'], ['b'], ['b', 'c']]) store.advance(testSnapshot(names));
  const missed = store.since(1);
  expect(missed?.map(({ version }) => version)).toEqual([2, 3, 4]);
  const led = missed?.reduce((snapshot, { diff }) => applyDiff(snapshot, diff), before?.snapshot ?? testSnapshot([]));
  expect(led?.records).toEqual(store.current()?.snapshot.records);
  expect(store.since(4)).toEqual([]);
});

it('has nothing for one who was away for too long, or comes from the future', () => {
  const { store } = storeWith(testSnapshot([]));
  for (let index = 0; index < 300; index++) store.advance(testSnapshot([String(index)]));
  expect(store.since(1)).toBeNull();
  expect(store.since(200)).toHaveLength(101);
  expect(store.since(5000)).toBeNull();
});

it('leads nobody from one host to another by a diff', () => {
  const { store, events } = storeWith(testSnapshot(['a']));
  store.replace(testSnapshot(['z']), live);
  expect(store.since(1)).toBeNull();
  expect(events.map((event) => event.type)).toEqual(['full', 'full']);
});

it('tells an origin only when it changes', () => {
  const { store, events } = storeWith(testSnapshot([]));
  store.setOrigin({ ...live });
  store.setOrigin({ ...live, why: 'not root' });
  expect(events.map((event) => event.type)).toEqual(['full', 'origin']);
  expect(store.current()?.origin.why).toBe('not root');
});
