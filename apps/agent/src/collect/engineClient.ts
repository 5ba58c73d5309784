import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { EngineEndpoint } from './engineEndpoint.ts';
import { SourceFailure } from './sourceFailure.ts';

/**
 * The engine's API, for reading only: there is no other method here than GET, so nothing that is built on it can change the engine.
 * `get` throws a SourceFailure; a 404 is `gone`.
 */
export interface EngineClient {
  readonly endpoint: EngineEndpoint;
  get(path: string): Promise<unknown>;
  /** The event stream from `since` (seconds) on, raw. */
  events(since: number, signal: AbortSignal): Promise<Readable>;
}

/** The newest API that this was tried with. Newer engines still speak it. */
const newestKnown = [1, 55] as const;

const parseVersion = (text: unknown): readonly [number, number] | null => {
  const match = typeof text === 'string' ? /^(\d+)\.(\d+)$/.exec(text) : null;
  return match ? [Number(match[1]), Number(match[2])] : null;
};
const older = (a: readonly [number, number], b: readonly [number, number]) =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** The version to speak: the engine's own, but none that is newer than what is known here, if the engine still speaks that. */
export function negotiate(version: unknown): string | null {
  const { ApiVersion, MinAPIVersion } = (version ?? {}) as { ApiVersion?: unknown; MinAPIVersion?: unknown };
  const theirs = parseVersion(ApiVersion);
  if (!theirs) return null;
  const oldest = parseVersion(MinAPIVersion);
  const chosen = older(newestKnown, theirs) && !(oldest && older(newestKnown, oldest)) ? newestKnown : theirs;
  return `v${chosen.join('.')}`;
}

const eventTypes = ['container', 'network', 'daemon', 'service', 'node'];
/** What changes the picture. Left out: exec_*, which each health check makes three of, attach, top, copy, resize. */
const eventNames = [
  ...['create', 'start', 'restart', 'stop', 'die', 'pause', 'unpause', 'rename', 'update', 'destroy', 'health_status'],
  ...['connect', 'disconnect', 'remove', 'reload'],
];

interface EngineError {
  code?: string;
  statusCode?: number;
  message?: string;
}

/** `deadlineMs` is for each request: an engine that hangs answers none of them. */
export function createEngineClient(endpoint: EngineEndpoint, deadlineMs = 5_000): EngineClient {
  // docker-modem fills what is not given from DOCKER_HOST: every field is given.
  const docker = new Docker({
    ...(endpoint.kind === 'unix'
      ? { socketPath: endpoint.path, host: undefined, port: undefined }
      : { socketPath: undefined, host: endpoint.host, port: endpoint.port }),
    protocol: 'http',
    ca: undefined,
    cert: undefined,
    key: undefined,
  } as unknown as Docker.DockerOptions);
  let prefix: string | null = null;

  function dial(path: string, options: { signal: AbortSignal; isStream?: boolean }): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const abandon = () => reject(Object.assign(new Error('aborted'), { code: 'ABORT_ERR' }));
      // Of an answer that stops halfway docker-modem says nothing at all: the deadline has to be kept here, too.
      options.signal.addEventListener('abort', abandon, { once: true });
      docker.modem.dial(
        {
          // The "?" that docker-modem takes off where there are no options.
          path: path.includes('?') ? `${path}?` : path,
          method: 'GET',
          isStream: options.isStream === true,
          abortSignal: options.signal,
          statusCodes: { 200: true, 404: 'gone', 400: 'bad request', 500: 'server error', 503: 'not part of a swarm' },
        },
        (error: unknown, body: unknown) => {
          options.signal.removeEventListener('abort', abandon);
          if (error) reject(error);
          else resolve(body);
        },
      );
    });
  }

  async function ask(path: string): Promise<unknown> {
    let body: unknown;
    try {
      body = await dial(path, { signal: AbortSignal.timeout(deadlineMs) });
    } catch (error) {
      throw engineFailure(error as EngineError, { endpoint, path, deadlineMs });
    }
    if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) {
      throw new SourceFailure(
        'malformed',
        `The engine's answer to GET ${path} is not JSON.`,
        'docker info tells what the engine says.',
      );
    }
    return body;
  }

  async function versioned(path: string): Promise<string> {
    if (prefix === null) {
      prefix = negotiate(await ask('/version'));
      if (prefix === null)
        throw new SourceFailure('malformed', 'What answers there is no Docker Engine.', `Listening: ${endpoint.text}`);
    }
    return `/${prefix}${path}`;
  }

  return {
    endpoint,
    async get(path) {
      return ask(await versioned(path));
    },
    async events(since, signal) {
      const filters = encodeURIComponent(JSON.stringify({ type: eventTypes, event: eventNames }));
      const path = await versioned(`/events?since=${since.toFixed(3)}&filters=${filters}`);
      const headers = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      const opened = new AbortController();
      const forward = () => opened.abort();
      headers.addEventListener('abort', forward, { once: true });
      try {
        const stream = (await dial(path, { signal: opened.signal, isStream: true })) as Readable;
        // From here on only the caller ends it.
        headers.removeEventListener('abort', forward);
        signal.addEventListener('abort', () => stream.destroy(), { once: true });
        return stream;
      } catch (error) {
        throw engineFailure(error as EngineError, { endpoint, path: '/events', deadlineMs });
      }
    },
  };
}

function engineFailure(
  error: EngineError,
  { endpoint, path, deadlineMs }: { endpoint: EngineEndpoint; path: string; deadlineMs: number },
): SourceFailure {
  const where = endpoint.kind === 'unix' ? endpoint.path : endpoint.text;
  switch (error.code) {
    case 'ENOENT':
      return new SourceFailure(
        'notRunning',
        `No Docker Engine: there is no ${where}.`,
        'Start the engine: sudo systemctl start docker',
      );
    case 'ECONNREFUSED':
      return new SourceFailure(
        'notRunning',
        `No Docker Engine listens on ${where}.`,
        'Start the engine: sudo systemctl start docker',
      );
    case 'EACCES':
    case 'EPERM':
      return new SourceFailure(
        'notRoot',
        `${where} may be opened by root and the group docker only.`,
        'sudo npx vethscope',
      );
    case 'ABORT_ERR':
    case 'ETIMEDOUT':
      return new SourceFailure(
        'timeout',
        `The engine did not answer GET ${path} within ${deadlineMs / 1000} s.`,
        'See what it does: sudo journalctl -u docker -n 50',
      );
    case 'ECONNRESET':
    case 'EPIPE':
      return new SourceFailure(
        'notRunning',
        'The engine broke the connection off.',
        'Start the engine: sudo systemctl start docker',
      );
  }
  if (error.code?.startsWith('HPE_'))
    return new SourceFailure('malformed', `What answers at ${where} does not speak HTTP.`);
  if (error.statusCode === 404) return new SourceFailure('gone', `GET ${path}: there is no such thing any more.`);
  const text = (error.message ?? 'unknown error').trim();
  return new SourceFailure('refused', `GET ${path}: ${text}`, 'docker info tells more.');
}
