import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngineClient, negotiate } from './engineClient.ts';
import { breaksOff, fails, hangs, saysGarbage, startTestEngine } from './testEngine.ts';

describe('createEngineClient', () => {
  it('asks for the version first, and then in that version, by GET alone', async () => {
    await using engine = await startTestEngine({ '/info': { ID: 'x' } });
    const client = createEngineClient(engine.endpoint);
    expect(await client.get('/info')).toEqual({ ID: 'x' });
    await client.get('/info');
    expect(engine.asked).toEqual([
      { method: 'GET', path: '/version' },
      { method: 'GET', path: '/v1.41/info' },
      { method: 'GET', path: '/v1.41/info' },
    ]);
  });

  it('keeps the query of a path', async () => {
    await using engine = await startTestEngine({ '/containers/json?all=1': [{ Id: 'a' }] });
    await createEngineClient(engine.endpoint).get('/containers/json?all=1');
    expect(engine.asked.at(-1)?.path).toBe('/v1.41/containers/json?all=1');
  });

  it.each([
    ['hangs', hangs, 'timeout'],
    ['answers no JSON', saysGarbage, 'malformed'],
    ['fails', fails, 'refused'],
    ['does not know the thing', undefined, 'gone'],
    ['breaks the answer off', breaksOff, 'timeout'],
  ])('tells an engine that %s', async (_what, answer, fault) => {
    await using engine = await startTestEngine({ '/info': answer });
    const client = createEngineClient(engine.endpoint, 300);
    await expect(client.get('/info')).rejects.toMatchObject({ name: 'SourceFailure', fault });
  });

  it('says what to start where nobody listens', async () => {
    const client = createEngineClient({
      kind: 'unix',
      path: '/nowhere/docker.sock',
      text: 'unix:///nowhere/docker.sock',
    });
    await expect(client.get('/info')).rejects.toMatchObject({
      fault: 'notRunning',
      fix: expect.stringContaining('docker'),
    });
  });

  it('tells a service that does not speak HTTP', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vethscope-noise-'));
    const path = join(directory, 'noise.sock');
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    try {
      const client = createEngineClient({ kind: 'unix', path, text: `unix://${path}` }, 500);
      await expect(client.get('/info')).rejects.toMatchObject({ fault: 'malformed' });
    } finally {
      server.close();
      await rm(directory, { recursive: true });
    }
  });

  it('does not follow DOCKER_HOST behind the back of who named a socket', async () => {
    await using engine = await startTestEngine({ '/info': { ID: 'x' } });
    const before = process.env.DOCKER_HOST;
    process.env.DOCKER_HOST = 'tcp://192.0.2.1:2375';
    try {
      expect(await createEngineClient(engine.endpoint, 500).get('/info')).toEqual({ ID: 'x' });
    } finally {
      if (before === undefined) delete process.env.DOCKER_HOST;
      else process.env.DOCKER_HOST = before;
    }
  });
});

describe('negotiate', () => {
  it.each([
    ['an old engine in its own version', { ApiVersion: '1.41', MinAPIVersion: '1.12' }, 'v1.41'],
    ['a newer one in the newest that is known here', { ApiVersion: '1.99', MinAPIVersion: '1.44' }, 'v1.55'],
    ['one that has left all that is known behind in its own', { ApiVersion: '2.3', MinAPIVersion: '2.0' }, 'v2.3'],
    ['nobody who has no version', { hello: 'world' }, null],
  ])('speaks to %s', (_who, body, expected) => {
    expect(negotiate(body)).toBe(expected);
  });
});
