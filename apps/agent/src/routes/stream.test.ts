import { get, type IncomingMessage } from 'node:http';
import { StreamMessage } from '@vethscope/model';
import { describe, expect, it, vi } from 'vitest';
import { testSnapshot } from '../live/testSnapshot.ts';
import { startTestServer, testOrigin } from '../server/testServer.ts';

interface Client extends Disposable {
  events: { event: string; id: string; message: StreamMessage }[];
  response: IncomingMessage;
}

async function connect(port: number, headers: Record<string, string> = {}, query = ''): Promise<Client> {
  const events: Client['events'] = [];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: `/api/stream${query}`, headers }, resolve).on('error', reject);
  });
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('data') !== '') {
        events.push({
          event: field('event'),
          id: field('id'),
          message: StreamMessage.parse(JSON.parse(field('data'))),
        });
      }
    }
  });
  return { events, response, [Symbol.dispose]: () => response.destroy() };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });

describe('the stream', () => {
  it('begins with a full Snapshot, goes on with diffs, and names each by its version', async () => {
    await using server = await startTestServer();
    using client = await connect(server.port);
    await until(() => expect(client.events).toHaveLength(1));
    server.store.advance(testSnapshot(['a', 'b']));
    await until(() => expect(client.events).toHaveLength(2));
    expect(client.events.map(({ event, id }) => [event, id])).toEqual([
      ['snapshot', 'epoch:1'],
      ['diff', 'epoch:2'],
    ]);
    expect(client.response.headers['content-type']).toContain('text/event-stream');
  });

  it('makes a watcher of each client, for as long as it is there', async () => {
    await using server = await startTestServer();
    expect(server.feed.watchers()).toBe(0);
    const clients = await Promise.all([connect(server.port), connect(server.port)]);
    await until(() => expect(server.feed.watchers()).toBe(2));
    for (const client of clients) client[Symbol.dispose]();
    await until(() => expect(server.feed.watchers()).toBe(0));
  });

  it.each(['header', 'query'])('gives one who comes back what it missed (by %s)', async (by) => {
    await using server = await startTestServer();
    server.store.advance(testSnapshot(['a', 'b']));
    server.store.advance(testSnapshot(['b']));
    using client = await (by === 'header'
      ? connect(server.port, { 'Last-Event-ID': 'epoch:1' })
      : connect(server.port, {}, '?since=epoch:1'));
    await until(() => expect(client.events.length).toBeGreaterThanOrEqual(2));
    expect(client.events.slice(0, 2).map(({ event, id }) => [event, id])).toEqual([
      ['diff', 'epoch:2'],
      ['diff', 'epoch:3'],
    ]);
  });

  it.each(['other:1', 'epoch:99', 'epoch:-1', 'nonsense', 'epoch:1;x'])(
    'gives a full Snapshot for the id %s',
    async (id) => {
      await using server = await startTestServer();
      using client = await connect(server.port, { 'Last-Event-ID': id });
      await until(() => expect(client.events[0]?.event).toBe('snapshot'));
    },
  );

  it('carries the version of the last change with what has none of its own', async () => {
    await using server = await startTestServer();
    using client = await connect(server.port);
    await until(() => expect(client.events).toHaveLength(1));
    server.store.setOrigin({ ...testOrigin, why: 'not root' });
    await until(() => expect(client.events[1]).toMatchObject({ event: 'origin', id: 'epoch:1' }));
  });

  it('drops the diffs of a client that does not read, and gives it a full Snapshot when it does', async () => {
    await using server = await startTestServer();
    const large = (index: number) => testSnapshot([...Array(4000).keys()].map((name) => `${index}-${name}`));
    const client = await connect(server.port);
    using _client = client;
    await until(() => expect(client.events).toHaveLength(1));
    client.response.pause();
    for (let index = 0; index < 20; index++) {
      server.store.advance(large(index));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    client.response.resume();
    await until(() => expect(client.events.at(-1)).toMatchObject({ event: 'snapshot', id: 'epoch:21' }));
    expect(client.events.filter(({ event }) => event === 'diff').length).toBeLessThan(20);
  });
});
