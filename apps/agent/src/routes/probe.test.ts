import {
  ErrorBody,
  type ErrorCode,
  errorTable,
  HealthBody,
  type ProbeRequest,
  type ProbeResult,
} from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import type { Prober } from '../probe/prober.ts';
import { startTestServer, type TestServer } from '../server/testServer.ts';

const question = { from: { kind: 'host' }, to: { kind: 'host', port: 80 }, protocol: 'tcp' };

function testProber(): Prober & { asked: ProbeRequest[] } {
  const asked: ProbeRequest[] = [];
  return {
    asked,
    availability: () => ({ allowed: true, why: null, fix: null }),
    probe: async (request) => {
      asked.push(request);
      return { cleanedUp: true } as ProbeResult;
    },
  };
}

function post(server: TestServer, given: { body?: unknown; text?: string; headers?: Record<string, string> } = {}) {
  return fetch(`${server.url}/api/probe`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url, ...given.headers },
    body: given.text ?? JSON.stringify(given.body ?? { question }),
  });
}

async function codeOf(response: Response): Promise<ErrorCode> {
  const { code } = ErrorBody.parse(await response.json());
  expect(response.status).toBe(errorTable[code].http);
  return code;
}

describe('POST /api/probe', () => {
  it('hands a question of the right form on, and gives the result', async () => {
    const prober = testProber();
    await using server = await startTestServer({ prober });
    const response = await post(server);
    expect([response.status, await response.json()]).toEqual([200, { cleanedUp: true }]);
    expect(prober.asked).toEqual([
      { question: { ...question, source: null, sourcePort: null, family: null }, confirmedAddress: null },
    ]);
    const health = HealthBody.parse(await (await fetch(`${server.url}/api/health`)).json());
    expect(health.probe.allowed).toBe(true);
  });

  it('is off unless the agent was started with it, and says so', async () => {
    await using server = await startTestServer();
    expect(await codeOf(await post(server))).toBe('probeNotAllowed');
    const health = HealthBody.parse(await (await fetch(`${server.url}/api/health`)).json());
    expect(health.probe).toEqual({ allowed: false, why: 'not in this test', fix: null });
  });

  it.each<[string, Parameters<typeof post>[1], ErrorCode]>([
    ['another origin', { headers: { Origin: 'https://evil.example' } }, 'originNotAllowed'],
    ['another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 'originNotAllowed'],
    ['a form', { headers: { 'Content-Type': 'text/plain' } }, 'badRequest'],
    ['no JSON', { text: '{"question":' }, 'badRequest'],
    ['no question', { body: {} }, 'badRequest'],
    ['words of a command', { body: { question, argv: ['reboot'] } }, 'badRequest'],
    ['a protocol of its own', { body: { question: { ...question, protocol: 'gre' } } }, 'badRequest'],
    ['a whole book', { text: JSON.stringify({ question, confirmedAddress: 'x'.repeat(20_000) }) }, 'badRequest'],
  ])('refuses %s', async (_, given, code) => {
    const prober = testProber();
    await using server = await startTestServer({ prober });
    expect(await codeOf(await post(server, given))).toBe(code);
    expect(prober.asked).toEqual([]);
  });

  it('refuses who sends no Origin at all, as no browser does', async () => {
    const prober = testProber();
    await using server = await startTestServer({ prober });
    const response = await fetch(`${server.url}/api/probe`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question }),
    });
    expect(await codeOf(response)).toBe('originNotAllowed');
    expect(prober.asked).toEqual([]);
  });

  it('takes twenty a minute', async () => {
    const prober = testProber();
    await using server = await startTestServer({ prober });
    const answers = await Promise.all(Array.from({ length: 23 }, () => post(server)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
    expect(prober.asked).toHaveLength(20);
  });
});
