import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineEndpoint } from './engineEndpoint.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An engine that answers what a test says, on a socket of its own. For faults only: what engines really say is read from real ones. */
export interface TestEngine extends AsyncDisposable {
  endpoint: EngineEndpoint;
  /** What is asked for from now on, by path without the version; a value is answered as JSON. */
  answers: Record<string, unknown | Handler>;
  /** All paths that were asked for, and with which method. */
  asked: { method: string; path: string }[];
}

const version = { Version: '99.0', ApiVersion: '1.41', MinAPIVersion: '1.12' };

export async function startTestEngine(answers: Record<string, unknown | Handler> = {}): Promise<TestEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'vethscope-engine-'));
  const path = join(directory, 'docker.sock');
  const engine: TestEngine = {
    endpoint: { kind: 'unix', path, text: `unix://${path}` },
    answers: { '/version': version, ...answers },
    asked: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  const server = createServer((request, response) => {
    const asked = (request.url ?? '').replace(/^\/v\d+\.\d+/, '');
    engine.asked.push({ method: request.method ?? '', path: request.url ?? '' });
    const answer = engine.answers[asked] ?? engine.answers[asked.replace(/\?.*/, '')];
    if (typeof answer === 'function') return void (answer as Handler)(request, response);
    response.statusCode = answer === undefined ? 404 : 200;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer ?? { message: 'no such thing' }));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return engine;
}

/** Never answers. */
export const hangs: Handler = () => {};
export const fails: Handler = (_request, response) => {
  response.statusCode = 500;
  response.end(JSON.stringify({ message: 'layer does not exist' }));
};
export const saysGarbage: Handler = (_request, response) => response.end('<html>not an engine</html>');
/** Begins an answer and breaks the connection off. */
export const breaksOff: Handler = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  response.write('{"Id": "abc", ');
  setTimeout(() => response.destroy(), 10);
};
