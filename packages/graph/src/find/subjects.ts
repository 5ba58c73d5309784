import type { Container, Endpoint, Link, Network, PublishedPort } from '@vethscope/model';
import { isLoopback } from '../build/addressWords.ts';
import { isAlive } from '../build/containers.ts';
import { hasDeafPort, serviceSockets } from '../build/listeners.ts';
import { isDefaultBridge, type SnapshotIndex } from '../build/snapshotIndex.ts';

/** What can be found, as the words by which it is found. A field that a thing does not have matches nothing. */
export interface Subject {
  names: string[];
  nets: string[];
  addresses: string[];
  prefixes: string[];
  ports: number[];
  drivers: string[];
  labels: Record<string, string>;
  images: string[];
  is: Set<string>;
  state: string | null;
  projects: string[];
  services: string[];
  links: string[];
  macs: string[];
}

const nothing = (): Subject => ({
  names: [],
  nets: [],
  addresses: [],
  prefixes: [],
  ports: [],
  drivers: [],
  labels: {},
  images: [],
  is: new Set(),
  state: null,
  projects: [],
  services: [],
  links: [],
  macs: [],
});

const isText = (value: string | null | undefined): value is string =>
  value !== null && value !== undefined && value !== '';

function flags(pairs: Record<string, boolean>): Set<string> {
  return new Set(Object.entries(pairs).flatMap(([flag, holds]) => (holds ? [flag] : [])));
}

export function containerSubject(index: SnapshotIndex, container: Container): Subject {
  const endpoints = index.endpointsOf(container.id);
  const networks = endpoints.flatMap((endpoint) => index.network(endpoint.network) ?? []);
  const drawn = networks.filter((network) => index.hue(network.id) !== null);
  const ports = index.portsOf(container.id);
  const links = endpoints
    .flatMap((endpoint) => [index.link(endpoint.inside), index.link(endpoint.outside)])
    .filter((link) => link !== undefined);
  const own = container.sandbox !== null && container.mode !== 'host' ? serviceSockets(index, container.sandbox) : [];
  const service = container.labels['com.docker.swarm.service.name'];
  return {
    ...nothing(),
    names: [container.name, container.engineId, container.hostname].filter(isText),
    nets: [...networks.flatMap(netNames), ...(container.mode === 'host' ? ['host'] : [])],
    addresses: endpoints.flatMap(endpointAddresses),
    ports: [
      ...ports.flatMap((port) => [port.containerPort, ...(port.hostPort === null ? [] : [port.hostPort])]),
      ...own.map((socket) => socket.port),
    ],
    drivers: networks.map((network) => network.driver),
    labels: container.labels,
    images: [container.image],
    is: flags({
      running: container.state === 'running',
      stopped: !isAlive(container),
      paused: container.state === 'paused',
      unhealthy: container.health === 'unhealthy',
      published: ports.some((port) => port.active && port.hostPort !== null),
      deaf: hasDeafPort(index, container),
      host: container.mode === 'host',
      none: isAlive(container) && container.mode !== 'host' && container.mode !== 'container' && drawn.length === 0,
      shared: container.mode === 'container' || index.containers.some((other) => other.shares === container.id),
      multihomed: drawn.length > 1,
      internal: drawn.length > 0 && drawn.every((network) => network.internal),
      ipv6: endpoints.some((endpoint) => isText(endpoint.ipv6)),
    }),
    state: container.state,
    projects: [container.composeProject].filter(isText),
    services: [container.composeService, service].filter(isText),
    links: links.map((link) => link.name),
    macs: [...endpoints.map((endpoint) => endpoint.mac), ...links.map((link) => link.mac)].filter(isText),
  };
}

function endpointAddresses(endpoint: Endpoint): string[] {
  return [endpoint.ipv4, endpoint.ipv6].filter(isText);
}

function netNames(network: Network): string[] {
  return [network.name, network.engineId, ...(network.bridgeName === null ? [] : [network.bridgeName])];
}

export function networkSubject(index: SnapshotIndex, network: Network): Subject {
  const bridge = index.link(network.bridge ?? network.parent);
  return {
    ...nothing(),
    names: netNames(network),
    nets: netNames(network),
    addresses: network.subnets.flatMap(({ gateway }) => (isText(gateway) ? [gateway.split('/')[0] ?? gateway] : [])),
    prefixes: network.subnets.map(({ subnet }) => subnet),
    drivers: [network.driver],
    labels: network.labels,
    is: flags({
      internal: network.internal,
      empty: index.endpointsOn(network.id).length === 0,
      ipv6: network.enableIPv6,
      default: isDefaultBridge(network),
      down: bridge !== undefined && !bridge.up,
    }),
    projects: [network.composeProject].filter(isText),
    links: [network.bridgeName, network.parentName].filter(isText),
    macs: [bridge?.mac].filter(isText),
  };
}

export function portSubject(index: SnapshotIndex, ports: PublishedPort[]): Subject {
  const containers = ports.flatMap((port) => index.container(port.container) ?? []);
  const base = containers[0] ? containerSubject(index, containers[0]) : nothing();
  return {
    ...base,
    ports: ports.flatMap((port) => [port.containerPort, ...(port.hostPort === null ? [] : [port.hostPort])]),
    addresses: [...base.addresses, ...ports.map((port) => port.hostAddress)],
    is: flags({
      published: true,
      loopback: ports.every((port) => isLoopback(port.hostAddress)),
      deaf: ports.some((port) => port.active && port.target === null),
    }),
    state: null,
    images: [],
    labels: {},
  };
}

export function linkSubject(index: SnapshotIndex, link: Link): Subject {
  return {
    ...nothing(),
    names: [link.name, ...link.altNames],
    addresses: index.addressesOf(link.id).map((address) => address.address),
    prefixes: index.addressesOf(link.id).map((address) => `${address.address}/${address.prefix}`),
    is: flags({ down: !link.up || !link.carrier }),
    links: [link.name],
    macs: [link.mac].filter(isText),
  };
}
