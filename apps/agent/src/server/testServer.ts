import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Origin } from '@vethscope/model';
import { createHistory } from '../history/history.ts';
import { recordHistory } from '../history/recordHistory.ts';
import type { Feed } from '../live/feed.ts';
import { createSnapshotStore, type SnapshotStore } from '../live/snapshotStore.ts';
import { testSnapshot } from '../live/testSnapshot.ts';
import { noProber } from '../probe/noProber.ts';
import { type AppOptions, createApp } from './createApp.ts';

export const testOrigin: Origin = { kind: 'live', name: 'h', why: null, fix: null };

/** A Feed whose store the test fills, and that counts who watches. */
function testFeed(store: SnapshotStore): Feed & { ran: string[] } {
  let watching = 0;
  const ran: string[] = [];
  return {
    store,
    ran,
    async fresh() {
      const current = store.current();
      if (!current) throw new Error('a test fills its store first');
      return current;
    },
    watch() {
      watching += 1;
      return () => {
        watching -= 1;
      };
    },
    watchers: () => watching,
    recording: async () => {
      throw new Error('no recording here');
    },
    commands: () => [{ id: 'links', title: 'Links', command: 'ip link', runnable: true, why: null }],
    async runCommand(record, command) {
      ran.push(`${record} ${command}`);
      return { command: 'ip link', exit: 0, stdout: 'lo', stderr: '', truncated: false, tookMs: 1 };
    },
    close: async () => {},
  };
}

export interface TestServer extends AsyncDisposable {
  url: string;
  port: number;
  store: SnapshotStore;
  feed: ReturnType<typeof testFeed>;
  logged: unknown[];
}

export async function startTestServer(options: Partial<AppOptions> = {}): Promise<TestServer> {
  const store = createSnapshotStore('epoch', testOrigin);
  store.replace(testSnapshot(['a']), testOrigin);
  const feed = testFeed(store);
  const logged: unknown[] = [];
  let port = 0;
  const history = createHistory({ limitBytes: 1_000_000, file: null });
  recordHistory(store, history, () => Date.now());
  const app = createApp({
    feed,
    history,
    prober: noProber('not in this test', null),
    host: '127.0.0.1',
    port: () => port,
    token: null,
    webDirectory: '/nonexistent',
    swaggerDirectory: '/nonexistent',
    log: (error) => logged.push(error),
    ...options,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    store,
    feed,
    logged,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
