import type { EngineClient } from '../collect/engineClient.ts';
import { asDockerEvent, type DockerEvent } from './dirtOfEvent.ts';
import type { Clock } from './schedule.ts';
import { lineSplitter } from './splitLines.ts';

export interface DockerEventsOptions {
  client: EngineClient;
  clock: Clock;
  /** Seconds since 1970, by the clock that the engine stamps its events with. */
  wallClock: () => number;
  onEvent: (event: DockerEvent) => void;
  /** The stream is there. `isAgain`: after a break, in which more may have happened than the engine remembers. */
  onOpen: (isAgain: boolean) => void;
  /** It ended or never began; it is tried again by itself. */
  onLost: (error: unknown) => void;
}

/**
 * The engine sends its answer's head before it begins to listen for events, and after a break some were missed: each connection asks from
 * a little before the last event on. An event that comes twice only makes something be read twice.
 */
const overlapSeconds = 2;
const firstPauseMs = 250;
const longestPauseMs = 2_000;

/** Follows the engine's events until the result is called. Reconnects for as long as it takes. */
export function followDockerEvents(options: DockerEventsOptions): () => void {
  const { client, clock, wallClock, onEvent, onOpen, onLost } = options;
  let pauseMs = firstPauseMs;
  let since = wallClock() - overlapSeconds;
  let stopped = false;
  let isAgain = false;
  let abort = new AbortController();
  let cancelPause = () => {};

  async function connect(): Promise<void> {
    abort = new AbortController();
    try {
      const stream = await client.events(since, abort.signal);
      if (stopped) {
        stream.destroy();
        return;
      }
      stream.on(
        'data',
        lineSplitter((line) => {
          const event = parseEvent(line);
          if (!event) return;
          pauseMs = firstPauseMs;
          if (event.timeNano) since = event.timeNano / 1e9 - overlapSeconds;
          onEvent(event);
        }),
      );
      const ended = new Promise<void>((resolve) => {
        stream.once('close', resolve);
        stream.once('error', () => resolve());
        stream.once('end', resolve);
      });
      onOpen(isAgain);
      isAgain = true;
      await ended;
      lost(new Error('the event stream ended'));
    } catch (error) {
      lost(error);
    }
  }

  function lost(error: unknown): void {
    if (stopped) return;
    onLost(error);
    cancelPause = clock.after(pauseMs, () => void connect());
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  void connect();
  return () => {
    stopped = true;
    cancelPause();
    abort.abort();
  };
}

/** A line that is no event is passed over: the safety re-read finds what it may have meant. */
function parseEvent(line: string): DockerEvent | null {
  try {
    return asDockerEvent(JSON.parse(line));
  } catch {
    return null;
  }
}
