import type { Container, Endpoint, Network, PublishedPort } from '@vethscope/model';
import type { Change } from './comparison.ts';
import { pairThings, type Thing } from './pairThings.ts';
import type { SideNames } from './sideNames.ts';

const list = (words: readonly (string | null | undefined | false)[]): string => words.filter(Boolean).join(', ');
const orNull = (text: string): string | null => (text === '' ? null : text);
const pairs = (values: Record<string, string>): string | null =>
  orNull(
    Object.entries(values)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(', '),
  );

function engineThing({ snapshot: { engine, host } }: SideNames): Thing {
  return {
    key: 'engine',
    title: 'Docker Engine',
    place: null,
    note: engine?.version ?? '',
    record: null,
    fields: {
      version: engine?.version ?? null,
      firewall: engine?.firewall ?? null,
      swarm: engine && engine.swarm !== 'inactive' ? engine.swarm : null,
      'userland proxy': engine?.userlandProxy == null ? null : engine.userlandProxy ? 'on' : 'off',
      kernel: host.kernel,
    },
  };
}

function networkThing(network: Network): Thing {
  const subnets = network.subnets
    .map(({ subnet }) => subnet)
    .sort()
    .join(', ');
  return {
    key: network.name,
    title: network.name,
    place: null,
    note: list([network.driver, subnets, network.internal && 'internal']),
    record: network.id,
    fields: {
      driver: network.driver,
      subnets: orNull(subnets),
      gateways: orNull(list(network.subnets.map(({ gateway }) => gateway).sort())),
      internal: network.internal ? 'yes' : 'no',
      IPv6: network.enableIPv6 ? 'yes' : 'no',
      parent: network.parentName,
      options: pairs(network.options),
    },
  };
}

function containerThing(names: SideNames, container: Container): Thing {
  const { records } = names.snapshot;
  const addresses = Object.values(records.endpoint)
    .filter((endpoint) => endpoint.container === container.id)
    .map((endpoint) => [names.network(endpoint.network), endpoint.ipv4 ?? endpoint.ipv6].filter(Boolean).join(' '));
  return {
    key: container.name,
    title: container.name,
    place: null,
    note: list([container.image, container.state !== 'running' && container.state, ...addresses]),
    record: container.id,
    fields: {
      state: container.state,
      health: container.health,
      image: container.image,
      command: orNull(container.command),
      'network mode': container.shares ? `container:${names.container(container.shares)}` : container.networkMode,
      hostname: ownHostname(names, container),
      'extra hosts': orNull(container.extraHosts.join(', ')),
      DNS: orNull(container.dns.servers.join(', ')),
      made: container.engineId,
      // Only of those that run in both: else the state says it.
      started: container.state === 'running' ? container.startedAt : null,
    },
  };
}

function endpointThing(names: SideNames, endpoint: Endpoint): Thing {
  const [container, network] = [names.container(endpoint.container), names.network(endpoint.network)];
  return {
    key: `${container} ${network}`,
    title: `${container} on ${network}`,
    place: null,
    note: list([endpoint.ipv4, endpoint.ipv6]),
    record: endpoint.id,
    fields: {
      IPv4: endpoint.ipv4,
      IPv6: endpoint.ipv6,
      gateway: endpoint.gateway4,
      aliases: orNull([...endpoint.aliases].sort().join(', ')),
      'gateway priority': endpoint.gatewayPriority ? String(endpoint.gatewayPriority) : null,
    },
  };
}

function portThing(names: SideNames, port: PublishedPort): Thing {
  const address = port.hostAddress.includes(':') ? `[${port.hostAddress}]` : port.hostAddress;
  const title = `${address}:${port.hostPort ?? '?'}/${port.protocol}`;
  const target = `${names.container(port.container)}:${port.containerPort}`;
  return {
    key: `${title} ${target}`,
    title,
    place: null,
    note: `to ${target}`,
    record: port.id,
    fields: {
      open: port.active ? 'yes' : 'no',
      'served by': orNull(list([port.rules.length > 0 && 'DNAT', port.proxy !== null && 'docker-proxy'])),
      'somebody listens': port.active ? (port.target ? 'yes' : 'no') : null,
    },
  };
}

function serviceThings({ snapshot }: SideNames): Thing[] {
  return Object.values(snapshot.records.service).map((service) => ({
    key: service.name,
    title: service.name,
    place: null,
    note: service.mode,
    record: service.id,
    fields: {
      mode: service.mode,
      replicas: service.replicas === null ? null : String(service.replicas),
      ports: orNull(service.ports.map((port) => `${port.publishedPort ?? '-'}:${port.targetPort}`).join(', ')),
    },
  }));
}

/** What the engine keeps. The endpoints of a container that came or went are told with it, and not again. */
export function compareDocker(before: SideNames, after: SideNames): Change[] {
  const containers = pairThings(
    'container',
    Object.values(before.snapshot.records.container).map((each) => containerThing(before, each)),
    Object.values(after.snapshot.records.container).map((each) => containerThing(after, each)),
  ).flatMap((change) => restarted(change));
  const told = new Set(containers.filter(({ change }) => change !== 'changed').map(({ title }) => title));
  const endpoints = (names: SideNames) =>
    Object.values(names.snapshot.records.endpoint)
      .filter((endpoint) => !told.has(names.container(endpoint.container)))
      .map((endpoint) => endpointThing(names, endpoint));
  const ports = (names: SideNames) =>
    Object.values(names.snapshot.records.publishedPort).map((port) => portThing(names, port));
  return [
    ...pairThings('engine', [engineThing(before)], [engineThing(after)]),
    ...pairThings(
      'network',
      Object.values(before.snapshot.records.network).map(networkThing),
      Object.values(after.snapshot.records.network).map(networkThing),
    ),
    ...containers,
    ...pairThings('endpoint', endpoints(before), endpoints(after)),
    ...pairThings('port', ports(before), ports(after)),
    ...pairThings('service', serviceThings(before), serviceThings(after)),
  ];
}

/** null where the engine made it of an id: the container's, or that of the one whose namespace it shares. */
function ownHostname({ snapshot }: SideNames, { hostname }: Container): string | null {
  const made = Object.values(snapshot.records.container).some(({ engineId }) => engineId.startsWith(hostname));
  return made ? null : hostname;
}

/** Another start is told where it ran before, too: the start of what did not run is told by its state, that of what was made anew by that. */
function restarted(change: Change): Change[] {
  const made = change.fields.some(({ field }) => field === 'made');
  const fields = change.fields.filter(
    ({ field, before, after }) => field !== 'started' || (before !== null && after !== null && !made),
  );
  return change.change === 'changed' && fields.length === 0 ? [] : [{ ...change, fields }];
}
