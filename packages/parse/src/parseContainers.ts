import { type Container, ContainerState, ids, type PublishedPort } from '@vethscope/model';
import { asBody, type Body, bodyOf, isTrue, numberOf, textMapOf, textOf, textsOf, timeOf } from './engineText.ts';
import { maskLabels, maskWords } from './maskSecrets.ts';
import { type EndpointFacts, parseEndpoints } from './parseEndpoints.ts';
import { parsePublishedPorts, portKeyOf } from './parsePublishedPorts.ts';
import { WarningList } from './warnings.ts';

export interface ParsedContainer {
  /** `sandbox` null and `shares` unchecked: assemble joins them. */
  container: Container;
  endpoints: EndpointFacts[];
  ports: PublishedPort[];
  warnings: WarningList['list'];
}

function stateOf(body: Body): Container['state'] {
  // GET /containers/json says "State": "running", GET /containers/ID/json "State": {"Status": "running"}.
  const inspected = bodyOf(body, 'State');
  const known = ContainerState.safeParse(textOf(inspected, 'Status') ?? textOf(body, 'State'));
  if (known.success) return known.data;
  return isTrue(inspected, 'Running') ? 'running' : 'created';
}

function healthOf(body: Body): Container['health'] {
  const status = textOf(bodyOf(bodyOf(body, 'State'), 'Health') ?? bodyOf(body, 'Health'), 'Status');
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : null;
}

/** Like the engine's own line ("Up 3 minutes (healthy)"), without the durations: those would change with every reading. */
function statusOf(state: Container['state'], exitCode: number | null, health: Container['health']): string {
  switch (state) {
    case 'running':
      return health === null ? 'Up' : `Up (${health})`;
    case 'paused':
      return 'Up (paused)';
    case 'restarting':
    case 'exited':
      return `${state === 'exited' ? 'Exited' : 'Restarting'} (${exitCode ?? '?'})`;
    case 'created':
      return 'Created';
    case 'removing':
      return 'Removing';
    case 'dead':
      return 'Dead';
    default:
      return state satisfies never;
  }
}

function modeOf(networkMode: string): Container['mode'] {
  if (networkMode === 'host' || networkMode === 'none') return networkMode;
  return networkMode.startsWith('container:') ? 'container' : 'network';
}

function nameOf(body: Body, engineId: string): string {
  // "/web"; a linked container also has "/other/alias" names, of which the engine lists its own first or last by version.
  const names = [textOf(body, 'Name'), ...textsOf(body, 'Names')].filter((name) => name !== null);
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0];
  return own?.replace(/^\//, '') ?? engineId.slice(0, 12);
}

function commandOf(body: Body): string {
  const path = textOf(body, 'Path');
  const words = path === null ? (textOf(body, 'Command')?.split(' ') ?? []) : [path, ...textsOf(body, 'Args')];
  return maskWords(words).join(' ');
}

function imageOf(body: Body): string {
  // Inspect's own Image is the digest; the name that was asked for stands in Config.
  return textOf(bodyOf(body, 'Config'), 'Image') ?? textOf(body, 'Image') ?? '';
}

function createdOf(body: Body): string | null {
  const seconds = numberOf(body, 'Created');
  return seconds === null ? timeOf(body, 'Created') : new Date(seconds * 1000).toISOString();
}

/** Seconds that no Date can hold would throw. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * A container, from GET /containers/ID/json or, where that could not be read, from its element of GET /containers/json. null (and a
 * warning by the caller) without an id. Every other field may be missing: engines from 20.10 (API 1.41) to 29 (1.55).
 */
export function parseContainer(value: unknown): ParsedContainer | null {
  const body = asBody(value);
  const engineId = textOf(body, 'Id');
  if (body === null || engineId === null) return null;
  const warnings = new WarningList('docker', null);
  const config = bodyOf(body, 'Config');
  const hostConfig = bodyOf(body, 'HostConfig');
  const settings = bodyOf(body, 'NetworkSettings');
  const inspected = bodyOf(body, 'State');
  const state = stateOf(body);
  const runs = state === 'running' || state === 'paused';
  const over = state === 'exited' || state === 'dead' || state === 'restarting';
  const exitCode = over ? numberOf(inspected, 'ExitCode') : null;
  const health = healthOf(body);
  const networkMode = textOf(hostConfig, 'NetworkMode') ?? 'default';
  const labels = maskLabels(config === null ? textMapOf(body, 'Labels') : textMapOf(config, 'Labels'));
  const pid = numberOf(inspected, 'Pid');
  const container: Container = {
    type: 'container',
    id: ids.container(engineId),
    engineId,
    name: nameOf(body, engineId),
    image: imageOf(body),
    command: commandOf(body),
    state,
    status: statusOf(state, exitCode, health),
    health,
    exitCode,
    pid: pid !== null && Number.isInteger(pid) && pid > 0 ? pid : null,
    sandbox: null,
    networkMode,
    mode: modeOf(networkMode),
    shares: networkMode.startsWith('container:') ? ids.container(networkMode.slice('container:'.length)) : null,
    hostname: textOf(config, 'Hostname') ?? '',
    domainname: textOf(config, 'Domainname'),
    extraHosts: textsOf(hostConfig, 'ExtraHosts'),
    dns: {
      servers: textsOf(hostConfig, 'Dns'),
      search: textsOf(hostConfig, 'DnsSearch'),
      options: textsOf(hostConfig, 'DnsOptions'),
    },
    exposedPorts: Object.keys(bodyOf(config, 'ExposedPorts') ?? {}).flatMap((text) => portKeyOf(text) ?? []),
    labels,
    composeProject: labels['com.docker.compose.project'] ?? null,
    composeService: labels['com.docker.compose.service'] ?? null,
    createdAt: safely(() => createdOf(body), null),
    startedAt: timeOf(inspected, 'StartedAt'),
  };
  return {
    container,
    endpoints: parseEndpoints(settings),
    ports: parsePublishedPorts({ containerEngineId: engineId, settings, hostConfig, running: runs }, warnings),
    warnings: warnings.list,
  };
}
