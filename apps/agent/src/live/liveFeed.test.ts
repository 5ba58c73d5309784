import type { Recording } from '@vethscope/model';
import { describe, expect, it, vi } from 'vitest';
import type { HostReader } from '../collect/hostReader.ts';
import { SourceFailure } from '../collect/sourceFailure.ts';
import type { Kernel } from '../host/kernel.ts';
import type { Dirty } from '../host/netlinkMonitor.ts';
import { cleanDirt, type Dirt } from '../watch/dirt.ts';
import { testClock } from '../watch/testClock.ts';
import { liveFeed } from './liveFeed.ts';
import { createSnapshotStore, type StoreEvent } from './snapshotStore.ts';
import { testSnapshot } from './testSnapshot.ts';

/** A feed of a host that the test makes up: `names` are its networks, `answers` whether there is an engine. */
function madeUpFeed(options: { isRoot?: boolean } = {}) {
  const host = { names: ['a'], answers: true, readings: [] as Dirt[], rests: 0 };
  const clock = testClock();
  const announcers = new Set<(dirty: Dirty[]) => void>();
  const reader: HostReader = {
    async read(dirt) {
      host.readings.push(dirt);
      return cleanDirt();
    },
    recording: () =>
      ({
        sources: host.answers
          ? []
          : [
              {
                source: 'docker',
                sandbox: null,
                status: 'failed',
                fault: 'notRunning',
                reason: 'No engine.',
                fix: 'Start it.',
                tookMs: null,
              },
            ],
      }) as unknown as Recording,
    engineAnswers: () => host.answers,
    restingContainers: () => [],
    managesSwarm: () => false,
    namespaces: () => [],
  };
  const kernel = {
    readNamespaces: async () => [],
    watch(listener: (dirty: Dirty[]) => void) {
      announcers.add(listener);
      return () => announcers.delete(listener);
    },
    close: async () => {},
  } as unknown as Kernel;
  const store = createSnapshotStore('e', { kind: 'live', name: '', why: null, fix: null });
  const events: StoreEvent[] = [];
  store.subscribe((event) => events.push(event));
  const feed = liveFeed({
    store,
    reader,
    engine: new SourceFailure('notRunning', 'none in this test'),
    kernel,
    runTool: async () => ({ kind: 'ok', stdout: 'printed', tookMs: 1 }),
    isRoot: options.isRoot ?? true,
    buildSnapshot: () => testSnapshot(host.names),
    loadSample: async () => ({
      snapshot: testSnapshot(['sample']),
      recording: { host: { hostname: 'sample' } } as Recording,
    }),
    clock,
    onRest: () => {
      host.rests += 1;
    },
    log: (error) => {
      throw error;
    },
  });
  const kinds = () => events.filter(({ type }) => type !== 'counters').map(({ type }) => type);
  return { feed, host, clock, announcers, kinds };
}

describe('a live feed', () => {
  it('reads nothing and listens to nothing while nobody watches', async () => {
    const { host, clock, announcers } = madeUpFeed();
    await clock.advance(3_600_000);
    expect(host.readings).toHaveLength(0);
    expect(announcers.size).toBe(0);
  });

  it('starts with the first watcher, rests with the last, and reads everything when somebody comes back', async () => {
    const { feed, host, clock, announcers } = madeUpFeed();
    const [one, two] = [feed.watch(), feed.watch()];
    await clock.advance(100);
    expect(host.readings.filter(({ everything }) => everything)).toHaveLength(1);
    expect(announcers.size).toBe(1);
    one();
    one();
    expect(feed.watchers()).toBe(1);
    expect(announcers.size).toBe(1);
    two();
    expect(announcers.size).toBe(0);
    const before = host.readings.length;
    await clock.advance(3_600_000);
    expect(host.readings).toHaveLength(before);
    feed.watch();
    await clock.advance(100);
    expect(host.readings.at(-1)?.everything).toBe(true);
  });

  it('rests once nobody has watched or asked for a while, and not before', async () => {
    const { feed, host, clock } = madeUpFeed();
    const stop = feed.watch();
    await clock.advance(60_000);
    stop();
    await clock.advance(4_000);
    const again = feed.watch();
    await clock.advance(60_000);
    expect(host.rests).toBe(0);
    again();
    await clock.advance(60_000);
    expect(host.rests).toBe(1);
    await feed.fresh();
    await clock.advance(60_000);
    expect(host.rests).toBe(2);
  });

  it('tells a change that was announced, as a diff', async () => {
    const { feed, host, clock, announcers, kinds } = madeUpFeed();
    feed.watch();
    await clock.advance(100);
    host.names = ['a', 'b'];
    for (const announce of announcers) announce([{ kind: 'changed', nsid: null, netns: null, source: 'links' }]);
    await clock.advance(50);
    expect(kinds()).toEqual(['full', 'diff']);
  });

  it('reads for one who asks once, and not again for the next within a second', async () => {
    const { feed, host, clock } = madeUpFeed();
    await Promise.all([feed.fresh(), feed.fresh()]);
    await feed.fresh();
    expect(host.readings).toHaveLength(1);
    await clock.advance(1_100);
    await feed.fresh();
    expect(host.readings).toHaveLength(2);
  });

  it('shows the sample while no engine answers, says why, and goes live by itself', async () => {
    const { feed, host, clock, announcers, kinds } = madeUpFeed();
    host.answers = false;
    feed.watch();
    await clock.advance(100);
    expect(feed.store.current()).toMatchObject({ origin: { kind: 'sample', why: 'No engine.', fix: 'Start it.' } });
    expect(Object.keys(feed.store.current()?.snapshot.records.network ?? {})).toEqual(['network:sample']);
    expect((await feed.recording()).host.hostname).toBe('sample');

    host.answers = true;
    for (const announce of announcers) announce([{ kind: 'overrun' }]);
    await clock.advance(100);
    expect(feed.store.origin().kind).toBe('live');
    expect(Object.keys(feed.store.current()?.snapshot.records.network ?? {})).toEqual(['network:a']);
    expect(kinds()).toEqual(['full', 'full']);
  });

  it('does not fall back to the sample when an engine that was there goes', async () => {
    const { feed, host, clock, announcers } = madeUpFeed();
    feed.watch();
    await clock.advance(100);
    host.answers = false;
    for (const announce of announcers) announce([{ kind: 'overrun' }]);
    await clock.advance(100);
    expect(feed.store.origin().kind).toBe('live');
  });

  it('runs no command of a sample, nor for one who is not root', async () => {
    const { feed } = madeUpFeed({ isRoot: false });
    await feed.fresh();
    for (const { runnable, why } of feed.commands('network:a'))
      expect([runnable, why]).toEqual([false, expect.any(String)]);
    const [first] = feed.commands('network:a');
    if (first) await expect(feed.runCommand('network:a', first.id)).rejects.toMatchObject({ code: 'notReadable' });
    expect(() => feed.commands('network:gone')).toThrow(expect.objectContaining({ code: 'notFound' }));
    await expect(feed.runCommand('network:a', 'rm -rf')).rejects.toMatchObject({ code: 'commandNotListed' });
  });

  it('sends counters once a second while somebody watches', async () => {
    const { feed, clock } = madeUpFeed();
    const heard = vi.fn();
    feed.store.subscribe((event) => event.type === 'counters' && heard());
    await clock.advance(5_000);
    expect(heard).not.toHaveBeenCalled();
    const stop = feed.watch();
    await clock.advance(5_050);
    expect(heard).toHaveBeenCalledTimes(5);
    stop();
    await clock.advance(5_000);
    expect(heard).toHaveBeenCalledTimes(5);
  });
});
