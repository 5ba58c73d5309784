import type { ErrorBody, StreamMessage } from '@vethscope/model';
import { t } from '../text/text.ts';
import { errorOf, unreachable } from './client.ts';
import { type Connection, retryDelay } from './connection.ts';
import { createEventParser, type ServerEvent } from './eventStream.ts';
import { readMessage } from './readMessage.ts';

/** The agent sends something, if only a comment, every 15 s: after more than twice that the line is dead, whatever TCP believes. */
const silenceMs = 35_000;
const refusals: readonly ErrorBody['code'][] = ['tokenRequired', 'hostNotAllowed', 'originNotAllowed'];

export interface StreamOptions {
  /** `EPOCH:VERSION` of what is held; null asks for a full Snapshot. */
  resumeFrom: () => string | null;
  /** false: the message does not follow on what is held, and the stream is opened anew from the start. */
  onMessage: (message: StreamMessage) => boolean;
  onConnection: (connection: Connection) => void;
  now?: () => number;
}

export interface Stream {
  start(): void;
  /** Lets the agent go until `start`. */
  rest(): void;
  /** Tries at once instead of at `retryAt`. */
  retryNow(): void;
  close(): void;
}

/** Keeps a stream open, as long as somebody looks. */
export function createStream({ resumeFrom, onMessage, onConnection, now = Date.now }: StreamOptions): Stream {
  let abort: AbortController | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let watchdog: ReturnType<typeof setTimeout> | null = null;
  let attempt = 0;
  let lastLife = now();
  let openOnce = false;

  const stopTimers = () => {
    if (retryTimer) clearTimeout(retryTimer);
    if (watchdog) clearTimeout(watchdog);
    retryTimer = null;
    watchdog = null;
  };

  const stop = () => {
    stopTimers();
    abort?.abort();
    abort = null;
  };

  const lose = (error: ErrorBody | null) => {
    stop();
    const wait = retryDelay(attempt, Math.random());
    attempt += 1;
    onConnection({ phase: 'lost', since: now(), lostAt: lastLife, retryAt: now() + wait, attempt, error });
    retryTimer = setTimeout(() => void open(resumeFrom()), wait);
  };

  const alive = () => {
    lastLife = now();
    if (watchdog) clearTimeout(watchdog);
    watchdog = setTimeout(() => lose(unreachable(t.agentFaults.silent)), silenceMs);
  };

  const refuse = (error: ErrorBody) => {
    stop();
    onConnection({ phase: 'refused', since: now(), error });
  };

  const receive = (event: ServerEvent): boolean => {
    if (event.event === 'snapshot') performance.mark('vethscope:snapshot');
    const message = readMessage(event.event, event.data);
    if (message.success) return onMessage(message.data);
    // A diff that is not understood makes a gap, which asks for a full Snapshot; one that is not understood either is the end.
    if (event.event !== 'snapshot') return event.event !== 'diff';
    const issue = message.error.issues[0];
    refuse({
      code: 'internal',
      message: t.agentFaults.streamShape,
      where: issue ? `${issue.path.join('.')}: ${issue.message}` : null,
      fix: null,
    });
    return true;
  };

  const open = async (since: string | null): Promise<void> => {
    stop();
    const mine = new AbortController();
    abort = mine;
    if (!openOnce) onConnection({ phase: 'connecting', since: now() });
    try {
      const response = await fetch('/api/stream', {
        headers: { accept: 'text/event-stream', ...(since === null ? {} : { 'last-event-id': since }) },
        cache: 'no-store',
        signal: mine.signal,
      });
      if (!response.ok) {
        const error = await errorOf(response);
        if (abort !== mine) return;
        if (refusals.includes(error.code)) refuse(error);
        else lose(error);
        return;
      }
      if (!response.body) return lose(unreachable(t.agentFaults.withoutStream));
      attempt = 0;
      openOnce = true;
      onConnection({ phase: 'open', since: now() });
      alive();
      let gap = false;
      const parser = createEventParser((event) => {
        if (abort === mine && !gap && !receive(event)) gap = true;
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (abort !== mine) return;
        if (done) break;
        alive();
        parser.push(value);
        if (gap) return void open(null);
      }
      lose(unreachable(t.agentFaults.closed));
    } catch {
      if (abort === mine) lose(unreachable(t.agentFaults.none));
    }
  };

  return {
    start() {
      if (!abort && !retryTimer) void open(resumeFrom());
    },
    rest() {
      stop();
      onConnection({ phase: 'resting', since: now() });
    },
    retryNow() {
      void open(resumeFrom());
    },
    close: stop,
  };
}
