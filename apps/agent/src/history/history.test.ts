import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSnapshots, type Snapshot } from '@vethscope/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSnapshot } from '../live/testSnapshot.ts';
import { createHistory, type History } from './history.ts';
import { openHistoryFile } from './historyFile.ts';

const second = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
const hostAt = (n: number, names: string[]): Snapshot => ({ ...testSnapshot(names), readAt: second(n) });
const names = (snapshot: Snapshot | undefined) =>
  Object.values(snapshot?.records.network ?? {}).map(({ name }) => name);
const diffTo = (after: Snapshot) => (before: Snapshot) => diffSnapshots(before, after);

/** A host that had these networks, one moment after the other. */
function recorded(moments: string[][], limitBytes = 1_000_000): History {
  const history = createHistory({ limitBytes, file: null });
  play(history, moments);
  return history;
}

function play(history: History, moments: string[][]): void {
  let before: Snapshot | null = null;
  for (const [index, each] of moments.entries()) {
    const after = hostAt(index, each);
    if (before) history.record(diffSnapshots(before, after), null);
    else history.begin(after, diffTo(after));
    before = after;
  }
}

describe('a history', () => {
  it('gives the host as it was at each moment, in whatever order it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (moments, asks) => {
          const history = recorded(moments);
          const kept = history.moments();
          expect(kept).toHaveLength(moments.length);
          for (let asked = 0; asked < 20; asked++) {
            const index = asks.next().value % moments.length;
            const n = kept[index]?.n ?? 0;
            expect(names(history.at(n)?.snapshot).sort()).toEqual([...(moments[index] ?? [])].sort());
          }
        },
      ),
    );
  });

  it('says what came and what went, by name', () => {
    expect(recorded([['front'], ['front', 'back'], ['back']]).moments()).toMatchObject([
      { n: 1, at: second(0), highlights: [] },
      { n: 2, at: second(1), changes: { added: 1 }, highlights: [{ change: 'added', name: 'back' }] },
      { n: 3, at: second(2), changes: { removed: 1 }, highlights: [{ change: 'removed', name: 'front' }] },
    ]);
  });

  it('lets the oldest go where there is no room, and still tells the rest truly', () => {
    const moments = Array.from({ length: 200 }, (_, n) => [`net${n}`]);
    const history = recorded(moments, 20_000);
    expect(history.bytes()).toBeLessThanOrEqual(20_000);
    const kept = history.moments();
    expect(kept.length).toBeLessThan(60);
    expect(kept.at(-1)?.n).toBe(200);
    expect(kept[0]?.changes).toEqual({ added: 0, updated: 0, removed: 0 });
    for (const { n } of kept) expect(names(history.at(n)?.snapshot)).toEqual([`net${n - 1}`]);
    expect(history.at(1)).toBeNull();
  });

  it('tells of a time in which nobody looked as one moment that says so', () => {
    const history = recorded([['a'], ['a', 'b']]);
    const later = hostAt(50, ['c']);
    history.begin(later, diffTo(later));
    expect(history.moments().at(-1)).toMatchObject({ n: 3, at: second(50), unseenSince: second(1) });
    const same = hostAt(60, ['c']);
    history.begin(same, () => null);
    expect(history.moments()).toHaveLength(3);
  });
});

describe('a history in a directory', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'vethscope-history-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const path = () => join(directory, 'history.ndjson');
  const open = (limitBytes = 1_000_000) => {
    const logged: unknown[] = [];
    const { file, earlier } = openHistoryFile(directory, (error) => logged.push(error));
    return { history: createHistory({ limitBytes, file, earlier }), logged };
  };
  const fresh = () => writeFileSync(path(), '');

  it('is there again in the next run, and goes on counting', async () => {
    fresh();
    const first = open();
    play(first.history, [['a'], ['a', 'b']]);
    await first.history.close();
    const next = open();
    expect(next.history.moments()).toEqual(first.history.moments());
    const now = hostAt(9, ['a', 'b', 'c']);
    next.history.begin(now, diffTo(now));
    expect(next.history.moments().map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(names(next.history.at(3)?.snapshot)).toEqual(['a', 'b', 'c']);
    expect(next.logged).toEqual([]);
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  it('loses no more than the line that a crash tore, wherever it tore it', async () => {
    fresh();
    const first = open();
    play(first.history, [['a'], ['b'], ['c']]);
    await first.history.close();
    const whole = readFileSync(path(), 'utf8');
    const ends = [...whole.matchAll(/\n/g)].map(({ index }) => index);
    for (const cut of [whole.length - 1, whole.length - 30, (ends[1] ?? 0) + 5]) {
      writeFileSync(path(), whole.slice(0, cut));
      const after = open();
      expect(after.logged).toEqual([]);
      const moments = after.history.moments();
      expect(moments).toHaveLength(2);
      after.history.record(diffSnapshots(hostAt(1, ['b']), hostAt(7, ['d'])), null);
      await after.history.close();
      expect(names(open().history.at(3)?.snapshot)).toEqual(['d']);
    }
  });

  it('puts aside what it cannot read, says so, and keeps what stands before it', async () => {
    fresh();
    const first = open();
    play(first.history, [['a'], ['b'], ['c']]);
    await first.history.close();
    const lines = readFileSync(path(), 'utf8').split('\n');
    const broken = [lines[0], '{"moment":"?"}', lines[2], ''].join('\n');
    writeFileSync(path(), broken);
    const after = open();
    expect(after.history.moments()).toHaveLength(1);
    expect(String(after.logged[0])).toMatch(/history\.ndjson:2: this line is broken/);
    const aside = readdirSync(directory).find((name) => name.includes('unread'));
    expect(readFileSync(join(directory, aside ?? ''), 'utf8')).toBe(broken);
  });

  it('stays small on disk as in memory', async () => {
    fresh();
    const { history } = open(20_000);
    play(
      history,
      Array.from({ length: 300 }, (_, n) => [`net${n}`]),
    );
    await history.close();
    expect(statSync(path()).size).toBeLessThan(20_000);
    expect(open(20_000).history.moments()).toEqual(history.moments());
  });

  it('says what is wrong with a directory that it may not write to', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => openHistoryFile(file, () => {})).toThrow(/cannot be kept/);
  });
});
