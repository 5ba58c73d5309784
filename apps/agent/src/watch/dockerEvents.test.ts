import type { ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { createEngineClient } from '../collect/engineClient.ts';
import { startTestEngine } from '../collect/testEngine.ts';
import { followDockerEvents } from './dockerEvents.ts';
import { systemClock } from './schedule.ts';

const line = (id: string, seconds: number) =>
  `${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: id, Attributes: { name: 'ü' } }, timeNano: seconds * 1e9 })}\n`;

/** An engine whose event stream the test writes by hand. */
async function eventfulEngine() {
  const engine = await startTestEngine();
  const streams: ServerResponse[] = [];
  const since: number[] = [];
  engine.answers['/events'] = (request: { url?: string }, response: ServerResponse) => {
    since.push(Number(new URL(request.url ?? '', 'http://x').searchParams.get('since')));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    streams.push(response);
  };
  const seen: string[] = [];
  const opened: boolean[] = [];
  let lost = 0;
  const stop = followDockerEvents({
    client: createEngineClient(engine.endpoint, 1000),
    clock: systemClock,
    wallClock: () => 1000,
    onEvent: ({ Actor }) => seen.push(Actor.ID),
    onOpen: (isAgain) => opened.push(isAgain),
    onLost: () => {
      lost += 1;
    },
  });
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  return { engine, streams, since, seen, opened, lost: () => lost, stop };
}

it('asks from a little before now, and hears events however they are cut', async () => {
  const test = await eventfulEngine();
  await using _engine = test.engine;
  expect(test.since).toEqual([998]);
  const bytes = Buffer.from(line('a', 1001) + line('b', 1002));
  const cut = bytes.indexOf('ü') + 1;
  test.streams[0]?.write(bytes.subarray(0, cut));
  await new Promise((resolve) => setTimeout(resolve, 20));
  test.streams[0]?.write(bytes.subarray(cut));
  await vi.waitFor(() => expect(test.seen).toEqual(['a', 'b']));
  test.stop();
});

it('passes over what is no event', async () => {
  const test = await eventfulEngine();
  await using _engine = test.engine;
  test.streams[0]?.write(`garbage\n{"Type": 3}\n\n${line('a', 1001)}`);
  await vi.waitFor(() => expect(test.seen).toEqual(['a']));
  test.stop();
});

it('comes back after a break, from before the last event on, and says that something may be missing', async () => {
  const test = await eventfulEngine();
  await using _engine = test.engine;
  test.streams[0]?.write(`${line('a', 1500)}{"Type":"cont`);
  await vi.waitFor(() => expect(test.seen).toEqual(['a']));
  test.streams[0]?.destroy();
  await vi.waitFor(() => expect(test.opened).toEqual([false, true]), { timeout: 3000 });
  expect(test.lost()).toBe(1);
  expect(test.since[1]).toBe(1498);
  test.streams[1]?.write(line('b', 1501));
  await vi.waitFor(() => expect(test.seen).toEqual(['a', 'b']));
  test.stop();
});

it('ends for good when it is told to', async () => {
  const test = await eventfulEngine();
  await using _engine = test.engine;
  test.stop();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(test.opened).toHaveLength(1);
  expect(test.lost()).toBe(0);
});
