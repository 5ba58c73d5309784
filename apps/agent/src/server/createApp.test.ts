import { request } from 'node:http';
import {
  CommandOutputBody,
  CommandsBody,
  ErrorBody,
  errorTable,
  HealthBody,
  HistoryBody,
  MomentBody,
  SnapshotBody,
  SourcesBody,
  VethscopeError,
} from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { testSnapshot } from '../live/testSnapshot.ts';
import { startTestServer } from './testServer.ts';

/** fetch() sets Host and Origin by itself; a browser that is made to lie does not. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject).end();
  });
}

/** Every error is an ErrorBody with the status of its code. */
function expectError(answer: { status: number; text: string }, code: keyof typeof errorTable) {
  const body = ErrorBody.parse(JSON.parse(answer.text));
  expect(body.code).toBe(code);
  expect(answer.status).toBe(errorTable[code].http);
  return body;
}

describe('resources', () => {
  it('have the moments that are kept, each with the host as it was', async () => {
    await using server = await startTestServer();
    server.store.advance(testSnapshot(['a', 'b']));
    const { moments } = HistoryBody.parse(JSON.parse((await ask(server.port, '/api/history')).text));
    expect(moments).toMatchObject([{ n: 1 }, { n: 2, highlights: [{ change: 'added', name: 'b' }] }]);
    const then = await ask(server.port, '/api/history/snapshot?moment=1');
    expect(Object.keys(MomentBody.parse(JSON.parse(then.text)).snapshot.records.network)).toEqual(['network:a']);
    expectError(await ask(server.port, '/api/history/snapshot?moment=9'), 'notFound');
    expectError(await ask(server.port, '/api/history/snapshot?moment=x'), 'badRequest');
  });

  it('have the form that the contract says', async () => {
    await using server = await startTestServer();
    const json = async (path: string) => JSON.parse((await ask(server.port, path)).text) as unknown;
    expect(HealthBody.parse(await json('/api/health'))).toMatchObject({
      status: 'ok',
      epoch: 'epoch',
      snapshotVersion: 1,
    });
    expect(SnapshotBody.parse(await json('/api/snapshot')).snapshot.records.network).toHaveProperty('network:a');
    expect(SourcesBody.parse(await json('/api/sources'))).toEqual({ sources: [] });
    expect(CommandsBody.parse(await json('/api/commands?record=network:a')).commands).toHaveLength(1);
    expect(CommandOutputBody.parse(await json('/api/commands/output?record=network:a&command=links')).stdout).toBe(
      'lo',
    );
    expect(server.feed.ran).toEqual(['network:a links']);
  });

  it('are described in OpenAPI, all of them', async () => {
    await using server = await startTestServer();
    const document = JSON.parse((await ask(server.port, '/api/openapi.json')).text);
    expect(document.openapi).toBe('3.1.1');
    for (const path of Object.keys(document.paths)) {
      expect(Object.keys(document.paths[path])).toEqual([path === '/api/probe' ? 'post' : 'get']);
      if (path === '/api/probe') continue;
      if (path === '/api/stream' || path === '/api/recording') continue;
      const { status } = await ask(server.port, `${path}?record=network:a&command=links&moment=1`);
      expect([path, status]).toEqual([path, 200]);
    }
  });

  it('are counted for Prometheus without anybody being taken for a watcher', async () => {
    await using server = await startTestServer();
    const { text } = await ask(server.port, '/metrics');
    expect(text).toContain('vethscope_records{type="network"} 1');
    expect(text).toContain('vethscope_watchers 0');
  });
});

describe('errors', () => {
  it.each([
    ['/api/nothing', 'notFound'],
    ['/nothing.js', 'notFound'],
    ['/api/commands', 'badRequest'],
    ['/api/commands?record=a&record=b', 'badRequest'],
    ['/api/commands/output?record=network:a', 'badRequest'],
    ['/%E0%A4%A', 'badRequest'],
    ['/api/docs/..%2f..%2fpackage.json', 'notFound'],
  ] as const)('GET %s is %s', async (path, code) => {
    await using server = await startTestServer();
    expectError(await ask(server.port, path), code);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s does nothing, anywhere', async (method) => {
    await using server = await startTestServer();
    for (const path of ['/api/snapshot', '/api/commands/output?record=a&command=b', '/']) {
      const answer = await ask(server.port, path, {}, method);
      expect([method, path, answer.status]).toEqual([method, path, method === 'OPTIONS' ? answer.status : 404]);
    }
    expect(server.feed.ran).toEqual([]);
  });

  it('keep to themselves what went wrong inside', async () => {
    await using server = await startTestServer();
    const answer = await ask(server.port, '/api/recording');
    expect(expectError(answer, 'internal').message).not.toContain('no recording here');
    expect(server.logged).toHaveLength(1);
  });

  it('say what a closed table says', async () => {
    await using server = await startTestServer();
    server.feed.runCommand = async () => {
      throw new VethscopeError('commandNotListed', 'none of those', { where: 'command' });
    };
    const answer = await ask(server.port, '/api/commands/output?record=network:a&command=rm');
    expect(expectError(answer, 'commandNotListed').where).toBe('command');
  });

  it('come after too many requests', async () => {
    await using server = await startTestServer();
    const answers = await Promise.all(
      Array.from({ length: 250 }, () => ask(server.port, '/api/commands/output?record=network:a&command=links')),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expectError(refused[0] ?? { status: 0, text: '' }, 'tooManyRequests');
  });
});

describe('who may ask', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:7373', '[::ffff:1.2.3.4]', '10.0.0.1'])(
    'refuses the Host %s',
    async (host) => {
      await using server = await startTestServer();
      expectError(await ask(server.port, '/api/snapshot', { Host: host }), 'hostNotAllowed');
    },
  );

  it.each(['localhost:7373', '127.0.0.1', '[::1]:80', 'agent.localhost:1'])('answers to %s', async (host) => {
    await using server = await startTestServer();
    expect((await ask(server.port, '/api/snapshot', { Host: host })).status).toBe(200);
  });

  it('refuses pages of other origins, by either sign', async () => {
    await using server = await startTestServer();
    const host = `localhost:${server.port}`;
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: `http://localhost:${server.port + 1}` },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
      { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' },
    ]) {
      expectError(await ask(server.port, '/api/snapshot', { Host: host, ...headers }), 'originNotAllowed');
      expectError(await ask(server.port, '/api/stream', { Host: host, ...headers }), 'originNotAllowed');
    }
    const own = { Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' };
    expect((await ask(server.port, '/api/snapshot', own)).status).toBe(200);
    const link = { Host: host, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await ask(server.port, '/', link)).status).toBe(200);
  });

  it('lets no page frame it, and no script in', async () => {
    await using server = await startTestServer();
    const { headers } = await ask(server.port, '/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('asks for the token beyond loopback, and trades it for a cookie', async () => {
    await using server = await startTestServer({ token: 'secret-token', host: '0.0.0.0' });
    const host = { Host: `192.168.1.5:${server.port}` };
    expectError(await ask(server.port, '/api/snapshot', host), 'tokenRequired');
    expectError(await ask(server.port, '/', host), 'tokenRequired');
    expectError(await ask(server.port, '/?token=wrong', host), 'tokenRequired');
    const traded = await ask(server.port, '/?token=secret-token&lens=linux', host);
    expect(traded.status).toBe(303);
    expect(traded.headers.location).toBe('/?lens=linux');
    const [cookie] = traded.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const given = { ...host, Cookie: cookie?.split(';')[0] ?? '' };
    expect((await ask(server.port, '/api/snapshot', given)).status).toBe(200);
    expect((await ask(server.port, '/api/snapshot', { ...host, Authorization: 'Bearer secret-token' })).status).toBe(
      200,
    );
    expectError(
      await ask(server.port, '/api/snapshot', { Host: 'evil.example', ...{ Cookie: given.Cookie } }),
      'hostNotAllowed',
    );
  });
});
