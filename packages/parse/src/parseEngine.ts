import type { Engine, Host, Service, SwarmNode, Task, Warning } from '@vethscope/model';
import { asBody, type Body, bodyOf, isTrue, listOf, textOf, textsOf } from './engineText.ts';
import { type ParsedContainer, parseContainer } from './parseContainers.ts';
import { type ParsedNetwork, parseNetwork } from './parseNetworks.ts';
import { parseSwarm } from './parseSwarm.ts';
import { WarningList } from './warnings.ts';

/** What the engine says of itself. `firewallDriver` and `userlandProxy` null: it does not say (before 28.2, before 29). */
export interface EngineFacts {
  version: string;
  apiVersion: string;
  swarm: Engine['swarm'];
  swarmManager: boolean;
  rootless: boolean;
  liveRestore: boolean;
  firewallDriver: 'iptables' | 'nftables' | null;
  userlandProxy: boolean | null;
}

export interface EngineRecords {
  /** null: no engine answered. */
  facts: EngineFacts | null;
  host: Partial<Host>;
  networks: ParsedNetwork[];
  containers: ParsedContainer[];
  services: Service[];
  tasks: Task[];
  swarmNodes: SwarmNode[];
  warnings: Warning[];
}

/**
 * Bodies that were parsed before. A body is never changed after it was read, so the same object gives the same records, and an agent
 * that reads one container again parses one container again.
 */
const parsedContainers = new WeakMap<object, ParsedContainer>();
const parsedNetworks = new WeakMap<object, { parsed: ParsedNetwork | null; warnings: Warning[] }>();

function containerOf(body: object): ParsedContainer | null {
  const known = parsedContainers.get(body);
  if (known) return known;
  const parsed = parseContainer(body);
  if (parsed) parsedContainers.set(body, parsed);
  return parsed;
}

function networkOf(body: object, where: string): { parsed: ParsedNetwork | null; warnings: Warning[] } {
  const known = parsedNetworks.get(body);
  if (known) return known;
  const warnings = new WarningList('docker', null);
  const entry = { parsed: parseNetwork(body, where, warnings), warnings: warnings.list };
  parsedNetworks.set(body, entry);
  return entry;
}

const swarmStates: ReadonlySet<string | null> = new Set(['inactive', 'pending', 'active', 'error', 'locked']);

function isSwarmState(text: string | null): text is Engine['swarm'] {
  return swarmStates.has(text);
}

/** FirewallBackend.Info is a list of pairs: [["EnableUserlandProxy", "true"], …]. */
function firewallInfo(backend: Body | null, name: string): string | null {
  const pair = listOf(backend, 'Info').find((item) => Array.isArray(item) && item[0] === name);
  return Array.isArray(pair) && typeof pair[1] === 'string' ? pair[1] : null;
}

function factsOf(version: Body | null, info: Body | null): EngineFacts | null {
  if (version === null && info === null) return null;
  const swarm = bodyOf(info, 'Swarm');
  const state = textOf(swarm, 'LocalNodeState');
  const backend = bodyOf(info, 'FirewallBackend');
  // "iptables", "iptables+firewalld", "nftables", ...
  const driver = textOf(backend, 'Driver');
  const proxy = firewallInfo(backend, 'EnableUserlandProxy');
  return {
    version: textOf(version, 'Version') ?? textOf(info, 'ServerVersion') ?? '',
    apiVersion: textOf(version, 'ApiVersion') ?? '',
    swarm: isSwarmState(state) ? state : 'inactive',
    swarmManager: isTrue(swarm, 'ControlAvailable'),
    rootless: textsOf(info, 'SecurityOptions').some((option) => /(^|,)name=rootless(,|$)/.test(option)),
    liveRestore: isTrue(info, 'LiveRestoreEnabled'),
    firewallDriver: driver?.startsWith('nftables') ? 'nftables' : driver?.startsWith('iptables') ? 'iptables' : null,
    userlandProxy: proxy === null ? null : proxy === 'true',
  };
}

function hostOf(version: Body | null, info: Body | null): Partial<Host> {
  const hostname = textOf(info, 'Name');
  return {
    ...(hostname === null ? {} : { hostname }),
    kernel: textOf(info, 'KernelVersion') ?? textOf(version, 'KernelVersion'),
    os: textOf(info, 'OperatingSystem'),
    architecture: textOf(info, 'Architecture') ?? textOf(version, 'Arch'),
  };
}

/** Elements of a list body, then single bodies under PREFIX/ID: the single one says more and wins. In the order of the list. */
function bodiesById(
  bodies: Readonly<Record<string, unknown>>,
  { list, single }: { list: RegExp; single: RegExp },
  warnings: WarningList,
): Map<string, { where: string; body: object }> {
  const found = new Map<string, { where: string; body: object }>();
  for (const [path, value] of Object.entries(bodies)) {
    if (!list.test(path)) continue;
    if (!Array.isArray(value)) warnings.add(path, value, 'expected a list');
    else {
      value.forEach((element: unknown, at) => {
        const body = asBody(element);
        const id = textOf(body, 'Id');
        if (body !== null && id !== null) found.set(id, { where: `${path}[${at}]`, body });
        else warnings.add(`${path}[${at}]`, element, 'it has no Id');
      });
    }
  }
  for (const [path, value] of Object.entries(bodies)) {
    const match = single.exec(path);
    if (!match) continue;
    const body = asBody(value);
    const id = textOf(body, 'Id');
    if (body !== null && id !== null) found.set(id, { where: path, body });
    else warnings.add(path, value, 'it has no Id');
  }
  return found;
}

/**
 * The engine's records, from its bodies by API path ("/info", "/networks/ID", "/containers/json?all=1", ...). Never throws; what
 * could not be understood is among the warnings. Joins with the kernel's records are assemble's.
 */
export function parseEngine(bodies: Readonly<Record<string, unknown>>): EngineRecords {
  const warnings = new WarningList('docker', null);
  const version = bodyOf(bodies, '/version');
  const info = bodyOf(bodies, '/info');
  const networkBodies = bodiesById(
    bodies,
    { list: /^\/networks(\?.*)?$/, single: /^\/networks\/[^/?]+(\?.*)?$/ },
    warnings,
  );
  const containerBodies = bodiesById(
    bodies,
    { list: /^\/containers\/json(\?.*)?$/, single: /^\/containers\/[^/]+\/json(\?.*)?$/ },
    warnings,
  );
  const networks = [...networkBodies.values()].map(({ where, body }) => networkOf(body, where));
  const containers = [...containerBodies.values()].flatMap(({ body }) => containerOf(body) ?? []);
  const swarmWarnings = new WarningList('swarm', null);
  const swarm = parseSwarm(
    { services: bodies['/services'], tasks: bodies['/tasks'], nodes: bodies['/nodes'] },
    swarmWarnings,
  );
  return {
    facts: factsOf(version, info),
    host: hostOf(version, info),
    networks: networks.flatMap(({ parsed }) => parsed ?? []),
    containers,
    ...swarm,
    warnings: [
      ...warnings.list,
      ...swarmWarnings.list,
      ...networks.flatMap((entry) => entry.warnings),
      ...containers.flatMap((entry) => entry.warnings),
    ],
  };
}
