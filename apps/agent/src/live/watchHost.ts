import type { EngineClient } from '../collect/engineClient.ts';
import type { HostReader } from '../collect/hostReader.ts';
import { hasRules } from '../collect/readRules.ts';
import type { Kernel } from '../host/kernel.ts';
import { cleanDirt, dirtOf, everythingDirty, mergeDirt, partsDirty } from '../watch/dirt.ts';
import { dirtOfChange } from '../watch/dirtOfChange.ts';
import { dirtOfEvent } from '../watch/dirtOfEvent.ts';
import { followDockerEvents } from '../watch/dockerEvents.ts';
import type { Clock, Schedule } from '../watch/schedule.ts';
import { countedAtATime, type Intervals, repeat, restingAtATime, socketsAfterStart } from './paces.ts';

export interface WatchHostOptions {
  schedule: Schedule;
  reader: HostReader;
  kernel: Kernel;
  /** null where there is none to listen to. */
  engine: EngineClient | null;
  clock: Clock;
  intervals: Intervals;
  log: (error: unknown) => void;
}

/** Marks dirty what the engine and the kernel announce, and from time to time what nobody announces. Stops when the result is called. */
export function watchHost({ schedule, reader, kernel, engine, clock, intervals, log }: WatchHostOptions): () => void {
  const stops: (() => void)[] = [];
  const pending = new Set<() => void>();
  const after = (ms: number, action: () => void) => {
    const cancel = clock.after(ms, () => {
      pending.delete(cancel);
      action();
    });
    pending.add(cancel);
  };

  const sockets = (key: number | 'all') => mergeDirt(partsDirty(key, ['sockets']), dirtOf({ owners: true }));
  const socketsOf = (container: string) => {
    const state = reader.namespaces().find(({ target }) => target.containers.includes(container));
    if (state) schedule.mark(sockets(state.target.netns), 'soon');
  };

  stops.push(
    kernel.watch((changes) => {
      for (const change of changes) {
        const { dirt, lane } = dirtOfChange(change);
        schedule.mark(dirt, lane);
      }
    }),
  );
  if (engine) {
    stops.push(
      followDockerEvents({
        client: engine,
        clock,
        wallClock: () => Date.now() / 1000,
        onEvent: (event) => {
          schedule.mark(dirtOfEvent(event), 'act');
          if (event.Type === 'container' && event.Action === 'start') {
            for (const ms of socketsAfterStart) after(ms, () => socketsOf(event.Actor.ID));
          }
        },
        // The first reading may have come before the engine; and who was away has missed something.
        onOpen: (isAgain) => {
          if (isAgain || !reader.engineAnswers()) schedule.mark(everythingDirty(), 'now');
        },
        onLost: (error) => {
          if (reader.engineAnswers()) log(error);
          schedule.mark(dirtOf({ engine: true }), 'now');
        },
      }),
    );
  }

  const every = (intervalMs: number, action: () => void) => stops.push(repeat(clock, { intervalMs, share: 1 }, action));
  if (intervals.safety !== null) every(intervals.safety, () => schedule.mark(everythingDirty(), 'calm'));
  every(intervals.sockets, () => schedule.mark(sockets('all'), 'calm'));
  let turn = 0;
  every(intervals.hostRules, () => {
    const ruled = reader.namespaces().filter(({ target, readings }) => target.kind !== 'host' && hasRules(readings));
    const from = (turn++ * countedAtATime) % Math.max(ruled.length, 1);
    const ruleCounters = new Set(ruled.slice(from, from + countedAtATime).map(({ target }) => target.netns));
    schedule.mark(mergeDirt(partsDirty('host', ['rules']), dirtOf({ ruleCounters })), 'calm');
  });
  every(intervals.swarm, () => schedule.mark(reader.managesSwarm() ? dirtOf({ swarm: true }) : cleanDirt(), 'calm'));

  let round = 0;
  every(intervals.resting, () => {
    const resting = reader.restingContainers();
    const from = (round++ * restingAtATime) % Math.max(resting.length, 1);
    schedule.mark(dirtOf({ containers: new Set(resting.slice(from, from + restingAtATime)) }), 'calm');
  });

  return () => {
    for (const stop of stops) stop();
    for (const cancel of pending) cancel();
  };
}
