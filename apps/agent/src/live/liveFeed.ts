import { ids, type Recording, type Snapshot, VethscopeError } from '@vethscope/model';
import { readToEnd } from '../collect/collectRecording.ts';
import type { EngineClient } from '../collect/engineClient.ts';
import type { HostReader } from '../collect/hostReader.ts';
import { sandboxIdOf } from '../collect/namespaceParts.ts';
import { SourceFailure } from '../collect/sourceFailure.ts';
import type { Kernel } from '../host/kernel.ts';
import type { ToolResult, ToolRun } from '../host/runTool.ts';
import { type Dirt, everythingDirty } from '../watch/dirt.ts';
import { type Clock, createSchedule, type Schedule } from '../watch/schedule.ts';
import { commandBodies, commandNamed } from './commandBodies.ts';
import { countersFrame } from './countersFrame.ts';
import type { Feed } from './feed.ts';
import { liveOrigin, sampleOrigin } from './hostOrigin.ts';
import { type Intervals, repeat, intervals as usualIntervals } from './paces.ts';
import { runCommand } from './runCommand.ts';
import type { Published, SnapshotStore } from './snapshotStore.ts';
import { watchHost } from './watchHost.ts';

export interface LiveFeedOptions {
  store: SnapshotStore;
  reader: HostReader;
  engine: EngineClient | SourceFailure;
  kernel: Kernel;
  runTool: (run: ToolRun) => Promise<ToolResult>;
  isRoot: boolean;
  /** Pure: the records of a recording, with what did not change kept as it is. */
  buildSnapshot: (recording: Recording) => Snapshot;
  /** What is shown until an engine has answered, loaded when it is needed; null: the host is shown without one. */
  loadSample: () => Promise<Sample | null>;
  clock: Clock;
  /** Called once nobody has watched or asked for a while. */
  onRest?: () => void;
  intervals?: Intervals;
  log: (error: unknown) => void;
}

export interface Sample {
  snapshot: Snapshot;
  recording: Recording;
}

/** A Feed of this host. Its sources run while somebody watches; who asks once is given a reading of that moment. */
export function liveFeed(options: LiveFeedOptions): Feed {
  const { store, reader, engine, kernel, clock, log, intervals = usualIntervals } = options;
  let watching = 0;
  let session: { schedule: Schedule; ready: Promise<void>; stop: () => void } | null = null;
  let shows: 'nothing' | 'sample' | 'live' = 'nothing';
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<unknown> = Promise.resolve();
  let single: Promise<void> | null = null;
  let sample: Sample | null = null;
  let toldRules: Snapshot['counters']['rules'] = {};

  let cancelRest = () => {};
  function restLater(): void {
    cancelRest();
    cancelRest = clock.after(intervals.rest, () => {
      if (watching === 0) options.onRest?.();
    });
  }

  /** Readings go one after the other, whoever asks for them. */
  function read(dirt: Dirt): Promise<Dirt> {
    const next = reading.then(() => reader.read(dirt));
    reading = next.catch(() => null);
    return next;
  }

  async function publish(): Promise<void> {
    if (shows !== 'live' && !reader.engineAnswers()) sample ??= await options.loadSample();
    const recording = reader.recording();
    if (shows !== 'live' && !reader.engineAnswers() && sample) {
      const origin = sampleOrigin(recording.sources);
      if (shows === 'nothing') store.replace(sample.snapshot, origin);
      else store.setOrigin(origin);
      shows = 'sample';
      return;
    }
    sample = null;
    const snapshot = options.buildSnapshot(recording);
    if (shows === 'live') {
      store.advance(snapshot);
      store.setOrigin(liveOrigin(snapshot.sources));
    } else {
      store.replace(snapshot, liveOrigin(snapshot.sources));
    }
    shows = 'live';
  }

  async function readAndPublish(dirt: Dirt): Promise<Dirt> {
    const later = await read(dirt);
    if (dirt.everything) readAt = clock.now();
    await publish();
    return later;
  }

  async function countersRound(): Promise<void> {
    const snapshot = store.current()?.snapshot;
    if (shows !== 'live' || !snapshot) return;
    const states = reader.namespaces();
    const results = await kernel.readNamespaces({
      requests: states.map(({ target }) => ({ path: target.opens, netns: target.netns, wanted: ['links'] })),
      known: [],
    });
    if ('unavailable' in results || !session) return;
    const sandboxes = states.map(({ target }, index) => ({
      sandbox: sandboxIdOf(target),
      links: results[index]?.readings.links ?? [],
    }));
    const rules = { now: snapshot.counters.rules, told: toldRules };
    store.setCounters(countersFrame(new Date().toISOString(), sandboxes, rules));
    toldRules = snapshot.counters.rules;
  }

  function startSession(): void {
    let ready = () => {};
    const schedule = createSchedule(async (dirt) => {
      try {
        schedule.mark(await readAndPublish(dirt), 'soon');
      } catch (error) {
        log(error);
        throw error;
      } finally {
        ready();
      }
    }, clock);
    const firstReading = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const stops = [
      watchHost({
        intervals,
        schedule,
        reader,
        kernel,
        engine: engine instanceof SourceFailure ? null : engine,
        clock,
        log,
      }),
      repeat(clock, { intervalMs: intervals.counters, share: 0.1 }, () => countersRound().catch(log)),
    ];
    session = {
      schedule,
      ready: firstReading,
      stop: () => {
        schedule.stop();
        for (const stop of stops) stop();
        ready();
      },
    };
    schedule.mark(everythingDirty(), 'now');
  }

  async function readOnce(): Promise<void> {
    await readToEnd(readAndPublish, clock);
    restLater();
  }

  function current(): Published {
    const published = store.current();
    if (!published)
      throw new VethscopeError('notReady', 'Nothing has been read yet.', { fix: 'Try again in a moment.' });
    return published;
  }

  async function fresh(): Promise<Published> {
    if (session) await session.ready;
    else if (clock.now() - readAt > intervals.fresh) {
      single ??= readOnce().finally(() => {
        single = null;
      });
      await single;
    }
    return current();
  }

  return {
    store,
    fresh,
    watch() {
      watching += 1;
      if (watching === 1) startSession();
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        watching -= 1;
        if (watching > 0) return;
        session?.stop();
        session = null;
        restLater();
      };
    },
    watchers: () => watching,
    async recording() {
      await fresh();
      return sample ? sample.recording : reader.recording();
    },
    commands: (recordId) => commandBodies(current().snapshot, recordId, whyNotRunnable()),
    async runCommand(recordId, commandId) {
      const command = commandNamed(current().snapshot, recordId, commandId);
      const why = whyNotRunnable();
      if (why !== null)
        throw new VethscopeError('notReadable', why, { fix: 'Copy the command and run it on the host.' });
      return runCommand(command, {
        runTool: options.runTool,
        engineEndpoint: engine instanceof SourceFailure ? null : engine.endpoint.text,
        namespacePath: (sandbox) => {
          if (sandbox === ids.hostSandbox) return null;
          return reader.namespaces().find(({ target }) => sandboxIdOf(target) === sandbox)?.target.opens;
        },
      });
    },
    async close() {
      cancelRest();
      session?.stop();
      session = null;
      await kernel.close();
    },
  };

  function whyNotRunnable(): string | null {
    if (shows === 'sample') return 'vethscope shows a sample: run it on a host with Docker.';
    return options.isRoot ? null : 'vethscope does not run as root.';
  }
}
