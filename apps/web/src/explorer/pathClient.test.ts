import type { QuestionInput, Snapshot } from '@vethscope/model';
import { emptyRecords } from '@vethscope/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPathClient, type PathPort } from './pathClient.ts';
import type { PathAnswer, PathReply, PathRequest } from './pathMessages.ts';

const question: QuestionInput = { from: { kind: 'host' }, to: { kind: 'host', port: 80 }, protocol: 'tcp' };

function snapshotAt(readAt: string, hostname = 'devbox'): Snapshot {
  return {
    readAt,
    host: { hostname, kernel: null, os: null, architecture: null },
    engine: null,
    sources: [],
    records: emptyRecords(),
    counters: { at: readAt, links: {}, rules: {} },
  };
}
const first = snapshotAt('2026-01-01T00:00:00Z');
const second = snapshotAt('2026-01-01T00:00:01Z', 'renamed');

class FakePort implements PathPort {
  requests: PathRequest[] = [];
  ended = false;
  onmessage: PathPort['onmessage'] = null;
  onerror: PathPort['onerror'] = null;
  onmessageerror: PathPort['onmessageerror'] = null;
  postMessage(request: PathRequest) {
    this.requests.push(request);
  }
  terminate() {
    this.ended = true;
  }
  say(data: PathReply) {
    this.onmessage?.({ data });
  }
}

function client() {
  const ports: FakePort[] = [];
  const made = createPathClient(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  });
  return { ports, made };
}

const answer = { trace: 'a trace' } as unknown as PathAnswer;
const kinds = (port: FakePort | undefined) => port?.requests.map(({ kind }) => kind);

describe('the worker of paths', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gets the whole snapshot once, then what changed, and nothing twice', async () => {
    const { ports, made } = client();
    const asked = { question, changes: [], language: 'en' as const };
    const one = made.ask({ ...asked, version: 'a:1', snapshot: first });
    const two = made.ask({ ...asked, version: 'a:1', snapshot: first });
    const three = made.ask({ ...asked, version: 'a:2', snapshot: second });
    expect(kinds(ports[0])).toEqual(['snapshot', 'ask', 'ask', 'diff', 'ask']);
    for (const id of [3, 1, 2]) ports[0]?.say({ id, answer });
    expect(await Promise.all([one, two, three])).toEqual([answer, answer, answer]);
  });

  it('an error of a question is that of its asker only', async () => {
    const { ports, made } = client();
    const one = made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' });
    const two = made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' });
    ports[0]?.say({ id: 1, error: { code: 'internal', message: 'no', where: null, fix: null } });
    ports[0]?.say({ id: 2, answer });
    await expect(one).rejects.toMatchObject({ body: { message: 'no' } });
    expect(await two).toBe(answer);
  });

  it('a worker that breaks fails all who wait, and the next question makes another, with the whole snapshot', async () => {
    const { ports, made } = client();
    const one = made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' });
    ports[0]?.onerror?.({ message: 'boom' });
    await expect(one).rejects.toMatchObject({ body: { code: 'internal', where: 'boom' } });
    expect(ports[0]?.ended).toBe(true);
    const two = made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' });
    expect(kinds(ports[1])).toEqual(['snapshot', 'ask']);
    ports[1]?.say({ id: 2, answer });
    expect(await two).toBe(answer);
  });

  it('a worker that says nothing is ended, and that is told', async () => {
    const { ports, made } = client();
    const one = made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' });
    const told = expect(one).rejects.toMatchObject({ body: { message: expect.stringContaining('15') } });
    await vi.advanceTimersByTimeAsync(15_000);
    await told;
    expect(ports[0]?.ended).toBe(true);
  });

  it('a worker that cannot be made is told, not hung', async () => {
    const made = createPathClient(() => {
      throw new Error('blocked');
    });
    await expect(
      made.ask({ version: 'a:1', snapshot: first, question, changes: [], language: 'en' }),
    ).rejects.toMatchObject({
      body: { where: 'Error: blocked' },
    });
  });
});
