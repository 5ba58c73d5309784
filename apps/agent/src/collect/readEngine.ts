import { type SourceReport, sameValue } from '@vethscope/model';
import type { EngineClient } from './engineClient.ts';
import { forEachLimited } from './forEachLimited.ts';
import { asSourceFailure, failedReport, report, SourceFailure } from './sourceFailure.ts';

/** What the engine said, by API path. A container or network that is gone has no entry. */
export type EngineBodies = Record<string, unknown>;

export interface EngineReading {
  endpoint: string | null;
  bodies: EngineBodies;
  reports: SourceReport[];
  /** Whether the last attempt came through. Where it did not, `bodies` are those of the last one that did. */
  answers: boolean;
}

/** What of the engine is to be read again. `all` leaves nothing of the last reading. */
export interface EngineDirt {
  all: boolean;
  containers: ReadonlySet<string>;
  networks: ReadonlySet<string>;
  swarm: boolean;
}

/** Requests at a time. The engine takes a lock per container; more than this only makes them wait there. */
const concurrency = 8;

export const enginePaths = {
  version: '/version',
  info: '/info',
  networks: '/networks',
  network: (id: string) => `/networks/${id}`,
  containers: '/containers/json?all=1',
  container: (id: string) => `/containers/${id}/json`,
  services: '/services',
  tasks: '/tasks',
  nodes: '/nodes',
} as const;

const idsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.flatMap((item: { Id?: unknown }) => (typeof item?.Id === 'string' ? [item.Id] : [])) : [];

/**
 * Reads the engine, or those parts of it that are dirty. Never rejects: an engine that does not answer leaves the last bodies and a
 * report that says so.
 */
export async function readEngine(
  client: EngineClient,
  before: EngineReading | null,
  dirt: EngineDirt,
): Promise<EngineReading> {
  const started = performance.now();
  const endpoint = client.endpoint.text;
  try {
    const bodies = dirt.all || !before?.answers ? await readAll(client) : await readParts(client, before.bodies, dirt);
    const swarm =
      dirt.all || dirt.swarm || !before?.answers
        ? await readSwarm(client, bodies)
        : before.reports.filter(({ source }) => source === 'swarm');
    const docker = report('docker', null, { status: 'ok', tookMs: performance.now() - started });
    return { endpoint, bodies, reports: [docker, ...swarm], answers: true };
  } catch (error) {
    const failure = asSourceFailure(error);
    return { endpoint, bodies: before?.bodies ?? {}, reports: [failedReport('docker', null, failure)], answers: false };
  }
}

async function readAll(client: EngineClient): Promise<EngineBodies> {
  const bodies: EngineBodies = {};
  const keep = async (path: string) => {
    bodies[path] = await client.get(path);
  };
  // The version comes first, as it also settles which API to speak.
  await keep(enginePaths.version);
  await Promise.all([keep(enginePaths.info), keep(enginePaths.networks), keep(enginePaths.containers)]);
  const paths = [
    ...idsOf(bodies[enginePaths.networks]).map(enginePaths.network),
    ...idsOf(bodies[enginePaths.containers]).map(enginePaths.container),
  ];
  await forEachLimited(paths, concurrency, (path) => inspect(client, bodies, path));
  return bodies;
}

/** Something that went between listing and asking is no fault: it is taken out, of the list as well. */
async function inspect(client: EngineClient, bodies: EngineBodies, path: string): Promise<void> {
  try {
    bodies[path] = await client.get(path);
  } catch (error) {
    if (!(error instanceof SourceFailure) || error.fault !== 'gone') throw error;
    delete bodies[path];
    const list = path.startsWith('/networks/') ? enginePaths.networks : enginePaths.containers;
    const id = path.split('/')[2];
    const before = bodies[list];
    if (Array.isArray(before)) bodies[list] = before.filter((item: { Id?: unknown }) => item?.Id !== id);
  }
}

/**
 * The lists are not asked for again: what came is known by its own body, what went is taken out of them, and for a host of a
 * thousand containers the engine needs a good part of a second to make one.
 */
async function readParts(client: EngineClient, before: EngineBodies, dirt: EngineDirt): Promise<EngineBodies> {
  const bodies = { ...before };
  const paths = [...[...dirt.networks].map(enginePaths.network), ...[...dirt.containers].map(enginePaths.container)];
  await forEachLimited(paths, concurrency, (path) => inspect(client, bodies, path));
  return bodies;
}

async function readSwarm(client: EngineClient, bodies: EngineBodies): Promise<SourceReport[]> {
  const { Swarm } = (bodies[enginePaths.info] ?? {}) as {
    Swarm?: { LocalNodeState?: string; ControlAvailable?: boolean };
  };
  const forget = () => {
    for (const path of [enginePaths.services, enginePaths.tasks, enginePaths.nodes]) delete bodies[path];
  };
  if (Swarm?.LocalNodeState !== 'active') {
    forget();
    return [report('swarm', null, { status: 'absent', reason: 'The engine is not part of a swarm.' })];
  }
  if (!Swarm.ControlAvailable) {
    forget();
    return [
      report('swarm', null, {
        status: 'absent',
        reason: 'The engine is a worker of its swarm: managers alone know the services.',
        fix: 'Run vethscope on a manager to see services, tasks and nodes.',
      }),
    ];
  }
  const started = performance.now();
  try {
    await Promise.all(
      [enginePaths.services, enginePaths.tasks, enginePaths.nodes].map(async (path) => {
        bodies[path] = await client.get(path);
      }),
    );
    return [report('swarm', null, { status: 'ok', tookMs: performance.now() - started })];
  } catch (error) {
    forget();
    return [failedReport('swarm', null, asSourceFailure(error))];
  }
}

/** An answer that says what the last one said stays the same object, of which nothing is parsed again. */
export function settledBodies(before: EngineBodies, next: EngineBodies): EngineBodies {
  let changed = Object.keys(before).length !== Object.keys(next).length;
  const bodies: EngineBodies = {};
  for (const [path, body] of Object.entries(next)) {
    const old = before[path];
    if (old !== undefined && sameValue(old, body)) bodies[path] = old;
    else {
      bodies[path] = body;
      changed = true;
    }
  }
  return changed ? bodies : before;
}
