import type { CountersFrame } from '@vethscope/model';
import { expect, it, vi } from 'vitest';
import { createCountersStore, rateBetween } from './countersStore.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');

function frame(ms: number, bytes: Record<string, number>): CountersFrame {
  const links = Object.keys(bytes);
  const values = Object.values(bytes);
  const zero = links.map(() => 0);
  return {
    at: new Date(start + ms).toISOString(),
    links,
    rxBytes: values,
    rxPackets: zero,
    txBytes: values.map((value) => value * 2),
    txPackets: zero,
    dropped: zero,
    rules: ['r'],
    rulePackets: [ms],
    ruleBytes: [0],
  };
}

it('knows no rate before the second frame', () => {
  const store = createCountersStore();
  store.frame(frame(0, { a: 100 }));
  expect(store.rates('a')).toBeNull();
  store.frame(frame(2000, { a: 300 }));
  expect(store.rates('a')).toEqual({ rx: 100, tx: 200 });
  expect(store.samples('a')).toEqual([{ at: start + 2000, rx: 100, tx: 200 }]);
});

it('a counter that falls is a new link, not a negative rate', () => {
  expect(rateBetween(500, 10, 1000)).toBeNull();
  const store = createCountersStore();
  for (const [ms, value] of [
    [0, 500],
    [1000, 600],
    [2000, 10],
  ] as const)
    store.frame(frame(ms, { a: value }));
  expect(store.rates('a')).toBeNull();
  expect(store.samples('a')).toEqual([]);
});

it('tells only who listens to that link, until they go', () => {
  const store = createCountersStore();
  const [a, b] = [vi.fn(), vi.fn()];
  const end = store.subscribe('a', a);
  store.subscribe('b', b);
  store.frame(frame(0, { a: 1 }));
  store.frame(frame(1000, { a: 2 }));
  expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0]);
  end();
  store.frame(frame(2000, { a: 3 }));
  expect(a).toHaveBeenCalledTimes(1);
});

it('gives the same rates while they stay the same, so that nothing is redrawn', () => {
  const store = createCountersStore();
  for (const [ms, value] of [
    [0, 0],
    [1000, 10],
  ] as const)
    store.frame(frame(ms, { a: value }));
  const before = store.rates('a');
  store.frame(frame(2000, { a: 20 }));
  expect(store.rates('a')).toBe(before);
});

it('keeps a minute of samples', () => {
  const store = createCountersStore();
  for (let second = 0; second < 100; second += 1) store.frame(frame(second * 1000, { a: second }));
  expect(store.samples('a')).toHaveLength(60);
});

it('has the counts of rules', () => {
  const store = createCountersStore();
  expect(store.rule('r')).toBeNull();
  store.frame(frame(7, { a: 0 }));
  expect(store.rule('r')).toEqual({ packets: 7, bytes: 0 });
});
