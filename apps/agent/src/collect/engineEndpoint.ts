import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isLoopback } from '../server/allowedHost.ts';
import { SourceFailure } from './sourceFailure.ts';

/** Where the engine listens. `text` as a person writes it, for the page. */
export type EngineEndpoint =
  | { kind: 'unix'; path: string; text: string }
  | { kind: 'tcp'; host: string; port: number; text: string };

export interface EndpointQuestion {
  /** `--docker-socket`. */
  socket: string | null;
  env: NodeJS.ProcessEnv;
  home?: string;
}

const defaultSocket = '/var/run/docker.sock';

/**
 * Finds the engine as the docker command does: option, DOCKER_HOST, DOCKER_CONTEXT, the current context, the usual socket. Throws a
 * SourceFailure for endpoints of other hosts: the kernel that is read here would not be that engine's.
 * Source: docker cli/command/context.go, cli/context/store.
 */
export function engineEndpoint({ socket, env, home = homedir() }: EndpointQuestion): EngineEndpoint {
  if (socket !== null) return parseEndpoint(socket.includes('://') ? socket : `unix://${socket}`);
  if (env.DOCKER_HOST) return parseEndpoint(env.DOCKER_HOST);
  const configDirectory = env.DOCKER_CONFIG || join(home, '.docker');
  const context = env.DOCKER_CONTEXT || currentContext(configDirectory);
  if (context === null || context === 'default') return parseEndpoint(`unix://${defaultSocket}`);
  return parseEndpoint(contextHost(configDirectory, context));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function field(value: unknown, ...path: string[]): string | null {
  let at = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return typeof at === 'string' && at !== '' ? at : null;
}

function currentContext(configDirectory: string): string | null {
  return field(readJson(join(configDirectory, 'config.json')), 'currentContext');
}

/** A context's file lies under the SHA-256 of its name. */
function contextHost(configDirectory: string, name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  const meta = readJson(join(configDirectory, 'contexts', 'meta', digest, 'meta.json'));
  const host = field(meta, 'Endpoints', 'docker', 'Host');
  if (host === null) {
    throw new SourceFailure(
      'malformed',
      `Docker's context "${name}" names no engine.`,
      'docker context ls shows the contexts; docker context use default selects the local engine.',
    );
  }
  return host;
}

function parseEndpoint(text: string): EngineEndpoint {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (text.startsWith('unix://')) {
    return { kind: 'unix', path: text.slice('unix://'.length) || defaultSocket, text };
  }
  const elsewhere =
    'Run vethscope on the host of that engine, or name a local one: vethscope --docker-socket /var/run/docker.sock';
  if (url?.protocol === 'tcp:' || url?.protocol === 'http:') {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isLoopback(host)) return { kind: 'tcp', host, port: Number(url.port || 2375), text };
    throw new SourceFailure(
      'unsupported',
      `The engine at ${text} runs on another host, whose kernel cannot be read from here.`,
      elsewhere,
    );
  }
  const what = url?.protocol === 'ssh:' ? 'is reached by SSH' : 'is of a kind that vethscope does not speak';
  throw new SourceFailure('unsupported', `The engine at ${text} ${what}.`, elsewhere);
}
