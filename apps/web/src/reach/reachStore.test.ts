import { readFixture, sampleName } from '@vethscope/fixtures';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { reachSources, reachTargets } from '@vethscope/path';
import { describe, expect, it, vi } from 'vitest';
import type { ReachReply, ReachRequest } from './reachMessages.ts';
import { createReachStore, type ReachPort } from './reachStore.ts';

const snapshot = snapshotOf(parseRecording(readFixture(sampleName)));
const sources = reachSources(snapshot);
const targets = reachTargets(snapshot);

/** A worker that says what the test has it say. */
function opened() {
  const sent: ReachRequest[] = [];
  const ports: ReachPort[] = [];
  const ended: ReachPort[] = [];
  const store = createReachStore(() => {
    const port: ReachPort = {
      postMessage: (request) => sent.push(request),
      terminate: () => ended.push(port),
      onmessage: null,
      onerror: null,
    };
    ports.push(port);
    return port;
  });
  return { store, sent, ports, ended, say: (reply: ReachReply) => ports.at(-1)?.onmessage?.({ data: reply }) };
}

const cells = (run: number, places: number[], codes: number[]): ReachReply => ({
  kind: 'cells',
  run,
  places: Uint32Array.from(places),
  codes: Uint8Array.from(codes),
});

const later = (): Snapshot => ({ ...snapshot, readAt: '2027-01-01T00:00:00.000Z' });

describe('the matrix of the page', () => {
  it('is filled by the worker, and counts its cells', () => {
    const { store, sent, say } = opened();
    store.load(snapshot);
    expect(sent).toMatchObject([{ kind: 'snapshot', run: 1 }]);
    say({ kind: 'axes', run: 1, sources, targets });
    say(cells(1, [0, 1, targets.length], [1, 4, 1]));
    expect(store.state()).toMatchObject({ done: 3, phase: 'computing' });
    expect(store.state().counts[1]).toBe(2);
    expect(store.state().matrix?.codes[targets.length]).toBe(1);
    say({ kind: 'rest', run: 1 });
    expect(store.state().phase).toBe('rest');
  });

  it('tells of the first cells at once, and of the others a few times a second', () => {
    vi.useFakeTimers();
    try {
      const { store, say } = opened();
      let told = 0;
      store.load(snapshot);
      say({ kind: 'axes', run: 1, sources, targets });
      store.subscribe(() => {
        told += 1;
      });
      for (let place = 0; place < 10; place++) say(cells(1, [place], [1]));
      expect([told, store.state().done]).toEqual([1, 10]);
      vi.advanceTimersByTime(1_000);
      expect(told).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps the old cells by the ids of their ends, marked as old, until they are computed again', () => {
    const { store, sent, say } = opened();
    store.load(snapshot);
    say({ kind: 'axes', run: 1, sources, targets });
    say(cells(1, [0, 1, targets.length * 2 + 3], [1, 4, 2]));
    store.expire();
    expect(store.state().phase).toBe('waiting');
    store.load(later());
    expect(sent.at(-1)).toMatchObject({ kind: 'diff', run: 2 });
    // The second sender and the first target are gone.
    const fewer = { sources: sources.filter((_, at) => at !== 1), targets: targets.slice(1) };
    say({ kind: 'axes', run: 2, ...fewer });
    const { matrix, done } = store.state();
    const kept = fewer.targets.length + 2;
    expect([matrix?.codes[0], matrix?.isOld[0]]).toEqual([4, 1]);
    expect([matrix?.codes[kept], matrix?.isOld[kept], done]).toEqual([2, 1, 0]);
    say(cells(2, [0], [1]));
    expect([matrix?.codes[0], matrix?.isOld[0]]).toEqual([1, 0]);
  });

  it('what belongs to an older snapshot is dropped', () => {
    const { store, say } = opened();
    store.load(snapshot);
    say({ kind: 'axes', run: 1, sources, targets });
    store.load(later());
    say(cells(1, [0], [1]));
    expect(store.state().done).toBe(0);
    expect(store.state().matrix?.codes[0]).toBe(0);
  });

  it('an explanation is given to the cell that was asked for last', () => {
    const { store, sent, say } = opened();
    const said: string[] = [];
    store.load(snapshot);
    say({ kind: 'axes', run: 1, sources, targets });
    store.explain(0, 1, ({ sentence }) => said.push(`first ${sentence}`));
    store.explain(2, 3, ({ sentence }) => said.push(`second ${sentence}`));
    expect(sent.slice(-2)).toMatchObject([
      { kind: 'explain', row: 0 },
      { row: 2, column: 3 },
    ]);
    const cell = { disposition: 'dropped', code: 'rule-dropped', sentence: 'why' } as const;
    const question = { from: { kind: 'host' }, to: { kind: 'host', port: 1 }, protocol: 'tcp' } as const;
    const whole = { ...cell, question: { ...question, source: null, sourcePort: null, family: null } };
    say({ kind: 'explained', run: 1, row: 0, column: 1, cell: whole });
    say({ kind: 'explained', run: 1, row: 2, column: 3, cell: whole });
    expect(said).toEqual(['second why']);
  });

  it('a worker that breaks is ended, and the next snapshot has another, from the whole', () => {
    const { store, sent, ports, ended, say } = opened();
    store.load(snapshot);
    ports[0]?.onerror?.({ message: 'out of memory' });
    expect(store.state()).toMatchObject({ phase: 'fault', fault: 'out of memory' });
    expect(ended).toHaveLength(1);
    store.load(snapshot);
    expect(sent.at(-1)?.kind).toBe('snapshot');
    expect(ports).toHaveLength(2);
    say({ kind: 'fault', run: 2, message: 'no' });
    expect(store.state().fault).toBe('no');
  });
});
