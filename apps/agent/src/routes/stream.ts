import { setTimeout as delay } from 'node:timers/promises';
import type { SnapshotDiff, StreamMessage } from '@vethscope/model';
import { createSession } from 'better-sse';
import type { Request, RequestHandler, Response } from 'express';
import type { Feed } from '../live/feed.ts';
import type { Published, StoreEvent } from '../live/snapshotStore.ts';

/**
 * A client that has this much unread is behind: its diffs are dropped, and when it has read on, it is given a full Snapshot. So a
 * page that sleeps costs the agent no more than this.
 */
const behindBytes = 4 * 1024 * 1024;

const patienceMs = 400;

/** `EPOCH:VERSION` → version, where the epoch is ours. `?since=` is for clients that cannot set Last-Event-ID. */
function resumeVersion(request: Request, epoch: string): number | null {
  const id = request.headers['last-event-id'] ?? request.query.since;
  if (typeof id !== 'string') return null;
  const [givenEpoch, version] = id.split(':', 2);
  return givenEpoch === epoch && version !== undefined && /^\d{1,15}$/.test(version) ? Number(version) : null;
}

const snapshotMessage = ({ epoch, version, origin, snapshot }: Published): StoredMessage =>
  serialized({ type: 'snapshot', epoch, version, origin, snapshot }, `${epoch}:${version}`);

const diffMessage = (epoch: string, version: number, diff: SnapshotDiff): StoredMessage =>
  serialized({ type: 'diff', epoch, version, diff }, `${epoch}:${version}`);

interface StoredMessage {
  type: StreamMessage['type'];
  text: string;
  id: string | null;
}

function serialized(message: StreamMessage, id: string | null): StoredMessage {
  return { type: message.type, text: JSON.stringify(message), id };
}

/** The stream of a Feed: full Snapshot or missed diffs first, then what happens. A connected client is a watcher. */
export function stream(feed: Feed): RequestHandler {
  const { store } = feed;

  // One text for all clients: a hundred pages cost one serialisation.
  let lastEvent: StoreEvent | null = null;
  let lastMessage: StoredMessage | null = null;
  const messageOf = (event: StoreEvent): StoredMessage | null => {
    if (event === lastEvent) return lastMessage;
    lastEvent = event;
    lastMessage = toMessage(event);
    return lastMessage;
  };
  const toMessage = (event: StoreEvent): StoredMessage | null => {
    switch (event.type) {
      case 'full': {
        const current = store.current();
        return current && snapshotMessage(current);
      }
      case 'diff':
        return diffMessage(store.epoch, event.version, event.diff);
      case 'origin':
        return serialized({ type: 'origin', origin: event.origin }, null);
      case 'counters':
        return serialized({ type: 'counters', frame: event.frame }, null);
    }
  };

  return async (request: Request, response: Response) => {
    const session = await createSession(request, response, {
      retry: 1000,
      keepAlive: 15_000,
      // Texts come serialised, in one line.
      serializer: (data) => (typeof data === 'string' ? data : JSON.stringify(data)),
      sanitizer: (text) => text,
    });
    let lastId = '';
    const send = (message: StoredMessage) => {
      // Messages outside the versions carry the last id again, as a browser resumes from the last one that it saw.
      lastId = message.id ?? lastId;
      if (session.isConnected) session.push(message.text, message.type, lastId);
    };

    let behind = false;
    const onEvent = (event: StoreEvent) => {
      if (!behind && response.writableLength > behindBytes) {
        behind = true;
        response.once('drain', () => {
          behind = false;
          const current = store.current();
          if (current) send(snapshotMessage(current));
        });
      }
      if (behind) return;
      const message = messageOf(event);
      if (message) send(message);
    };

    const unwatch = feed.watch();
    session.once('disconnected', unwatch);
    // With nobody watching the Snapshot has grown old: a moment's patience shows the new one instead of a flicker.
    await Promise.race([feed.fresh().catch(() => null), delay(patienceMs)]);
    if (!session.isConnected) return;

    const version = resumeVersion(request, store.epoch);
    const missed = version === null ? null : store.since(version);
    const current = store.current();
    if (missed) {
      lastId = `${store.epoch}:${version}`;
      for (const { version, diff } of missed) send(diffMessage(store.epoch, version, diff));
      send(serialized({ type: 'origin', origin: store.origin() }, null));
    } else if (current) {
      send(snapshotMessage(current));
    }
    // In the same turn as the Snapshot was sent, so that no version is missing between.
    session.once('disconnected', store.subscribe(onEvent));
  };
}
