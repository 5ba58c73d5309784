import { ids, type Service, type SwarmNode, type Task, Transport } from '@vethscope/model';
import { asBody, type Body, bodyOf, isTrue, listOf, numberOf, textOf } from './engineText.ts';
import type { WarningList } from './warnings.ts';

export interface ParsedSwarm {
  /** Ids of networks, services, nodes and containers in these are unchecked: assemble keeps those that exist. */
  services: Service[];
  tasks: Task[];
  swarmNodes: SwarmNode[];
}

function addressOf(text: string | null): string | null {
  return text?.split('/')[0] ?? null;
}

function modeOf(spec: Body | null): Pick<Service, 'mode' | 'replicas'> {
  const mode = bodyOf(spec, 'Mode');
  if (bodyOf(mode, 'Global') !== null) return { mode: 'global', replicas: null };
  if (bodyOf(mode, 'GlobalJob') !== null) return { mode: 'globalJob', replicas: null };
  const job = bodyOf(mode, 'ReplicatedJob');
  if (job !== null) return { mode: 'replicatedJob', replicas: numberOf(job, 'TotalCompletions') };
  return { mode: 'replicated', replicas: numberOf(bodyOf(mode, 'Replicated'), 'Replicas') };
}

function portsOf(endpoint: Body | null): Service['ports'] {
  return listOf(endpoint, 'Ports').flatMap((element): Service['ports'] => {
    const port = asBody(element);
    const protocol = Transport.safeParse(textOf(port, 'Protocol') ?? 'tcp');
    const targetPort = numberOf(port, 'TargetPort');
    if (!protocol.success || targetPort === null) return [];
    return [
      {
        protocol: protocol.data,
        targetPort,
        publishedPort: numberOf(port, 'PublishedPort'),
        publishMode: textOf(port, 'PublishMode') === 'host' ? 'host' : 'ingress',
      },
    ];
  });
}

function serviceOf(body: Body, engineId: string): Service {
  const spec = bodyOf(body, 'Spec');
  const endpoint = bodyOf(body, 'Endpoint');
  return {
    type: 'service',
    id: `service:${engineId}`,
    engineId,
    name: textOf(spec, 'Name') ?? engineId,
    ...modeOf(spec),
    endpointMode:
      textOf(bodyOf(endpoint, 'Spec') ?? bodyOf(spec, 'EndpointSpec'), 'Mode') === 'dnsrr' ? 'dnsrr' : 'vip',
    virtualAddresses: listOf(endpoint, 'VirtualIPs').flatMap((element) => {
      const network = textOf(asBody(element), 'NetworkID');
      const address = addressOf(textOf(asBody(element), 'Addr'));
      return network === null || address === null ? [] : [{ network: ids.network(network), address }];
    }),
    ports: portsOf(endpoint),
  };
}

function taskOf(body: Body, engineId: string): Task {
  const status = bodyOf(body, 'Status');
  const service = textOf(body, 'ServiceID');
  const node = textOf(body, 'NodeID');
  const container = textOf(bodyOf(status, 'ContainerStatus'), 'ContainerID');
  return {
    type: 'task',
    id: `task:${engineId}`,
    engineId,
    service: service === null ? null : `service:${service}`,
    node: node === null ? null : `swarmNode:${node}`,
    slot: numberOf(body, 'Slot'),
    state: textOf(status, 'State') ?? 'unknown',
    desiredState: textOf(body, 'DesiredState') ?? 'unknown',
    container: container === null ? null : ids.container(container),
    addresses: listOf(body, 'NetworksAttachments').flatMap((element) => {
      const network = textOf(bodyOf(asBody(element), 'Network'), 'ID');
      const addresses = listOf(asBody(element), 'Addresses').filter((item) => typeof item === 'string');
      if (network === null) return [];
      return addresses.map((text) => ({ network: ids.network(network), address: addressOf(text) ?? text }));
    }),
  };
}

function nodeOf(body: Body, engineId: string): SwarmNode {
  const spec = bodyOf(body, 'Spec');
  const status = bodyOf(body, 'Status');
  const manager = bodyOf(body, 'ManagerStatus');
  return {
    type: 'swarmNode',
    id: `swarmNode:${engineId}`,
    engineId,
    hostname: textOf(bodyOf(body, 'Description'), 'Hostname') ?? engineId,
    role: textOf(spec, 'Role') === 'manager' ? 'manager' : 'worker',
    availability: textOf(spec, 'Availability') ?? 'unknown',
    state: textOf(status, 'State') ?? 'unknown',
    // A manager behind the address that it advertises says 0.0.0.0 in Status.
    address: textOf(manager, 'Addr')?.replace(/:\d+$/, '') ?? textOf(status, 'Addr'),
    leader: isTrue(manager, 'Leader'),
  };
}

function each<T>(
  value: unknown,
  read: (body: Body, engineId: string) => T,
  warn: (element: unknown, at: number) => void,
): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown, at) => {
    const body = asBody(element);
    const engineId = textOf(body, 'ID');
    if (body === null || engineId === null) {
      warn(element, at);
      return [];
    }
    return [read(body, engineId)];
  });
}

/** The bodies of GET /services, /tasks and /nodes, of a manager; undefined ones were not read. Source: moby api/types/swarm. */
export function parseSwarm(
  bodies: { services: unknown; tasks: unknown; nodes: unknown },
  warnings: WarningList,
): ParsedSwarm {
  const warn = (path: string) => (element: unknown, at: number) =>
    warnings.add(`${path}[${at}]`, element, 'it has no ID');
  return {
    services: each(bodies.services, serviceOf, warn('/services')),
    tasks: each(bodies.tasks, taskOf, warn('/tasks')),
    swarmNodes: each(bodies.nodes, nodeOf, warn('/nodes')),
  };
}
