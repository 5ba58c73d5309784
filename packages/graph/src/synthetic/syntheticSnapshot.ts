import { type Container, type Endpoint, emptyRecords, ids, type Network, type Snapshot } from '@vethscope/model';

import { addAddress, addLink, addTunnel } from './syntheticLinks.ts';

/** A host in few words, for tests: networks, and containers with the networks that they join (the first is home). */
export interface SyntheticHost {
  networks: { name: string; internal?: boolean; driver?: string }[];
  containers: {
    name: string;
    on: number[];
    ports?: number[];
    mode?: 'network' | 'host' | 'none';
    shares?: string;
    stopped?: boolean;
    /** Its place in the order of creation. */
    created: number;
  }[];
}

const host = ids.hostSandbox;

/** The snapshot of such a host. Ids depend on names only, so that one container more changes nothing else. */
export function syntheticSnapshot({ networks, containers }: SyntheticHost): Snapshot {
  const records = emptyRecords();
  const snapshot: Snapshot = {
    readAt: '2026-01-01T00:00:00Z',
    host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
    engine: null,
    sources: [],
    records,
    counters: { at: '2026-01-01T00:00:00Z', links: {}, rules: {} },
  };
  records.sandbox[host] = {
    type: 'sandbox',
    id: host,
    netns: 4026531840,
    kind: 'host',
    name: 'host',
    path: null,
    pid: 1,
    containers: [],
  };
  const eth0 = addLink(snapshot, host, 2, 'eth0');
  addAddress(snapshot, eth0, '198.18.0.28', 24);
  const route = {
    type: 'route' as const,
    sandbox: host,
    family: 4 as const,
    table: 'main',
    kind: 'unicast' as const,
    link: eth0,
    nextHops: [],
    metric: null,
    protocol: null,
    scope: null,
    source: null,
    mtu: null,
    flags: [],
  };
  records.route.default = { ...route, id: 'default', destination: '0.0.0.0/0', gateway: '198.18.0.254' };
  records.route.lan = { ...route, id: 'lan', destination: '198.18.0.0/24', gateway: null };
  networks.forEach((network, position) => {
    addNetwork(snapshot, network, position, eth0);
  });
  for (const container of containers) addContainer(snapshot, container);
  return snapshot;
}

function addNetwork(
  snapshot: Snapshot,
  { name, internal = false, driver = 'bridge' }: SyntheticHost['networks'][number],
  position: number,
  eth0: string,
): void {
  const id = ids.network(name);
  const bridgeName = position === 0 ? 'docker0' : `br-${name}`;
  const bridge = driver === 'bridge' ? addLink(snapshot, host, 100 + position, bridgeName) : null;
  const network: Network = {
    type: 'network',
    id,
    engineId: name,
    name,
    driver,
    scope: 'local',
    internal,
    attachable: false,
    ingress: false,
    enableIPv4: true,
    enableIPv6: false,
    subnets: [{ family: 4, subnet: `10.${position}.0.0/16`, gateway: `10.${position}.0.1`, ipRange: null }],
    bridge,
    bridgeName: bridge === null ? null : bridgeName,
    parent: driver === 'macvlan' ? eth0 : null,
    parentName: driver === 'macvlan' ? 'eth0' : null,
    sandbox: null,
    vni: null,
    options: {},
    labels: {},
    composeProject: null,
    createdAt: `2026-01-01T00:${String(position).padStart(4, '0')}`,
  };
  snapshot.records.network[id] = network;
  if (driver === 'overlay') addTunnel(snapshot, network, position);
}

function addContainer(snapshot: Snapshot, wanted: SyntheticHost['containers'][number]): void {
  const { name, on, ports = [], mode = 'network', shares, stopped = false, created } = wanted;
  const netns = 1000 + created;
  const sandbox =
    stopped || mode === 'host' || shares !== undefined ? (mode === 'host' ? host : null) : ids.sandbox(netns);
  const id = ids.container(name);
  if (sandbox !== null && sandbox !== host) {
    snapshot.records.sandbox[sandbox] = {
      type: 'sandbox',
      id: sandbox,
      netns,
      kind: 'container',
      name,
      path: null,
      pid: netns,
      containers: [id],
    };
  }
  const container: Container = {
    type: 'container',
    id,
    engineId: name,
    name,
    image: 'nginx:1.27',
    command: 'nginx',
    state: stopped ? 'exited' : 'running',
    status: '',
    health: null,
    exitCode: null,
    pid: stopped ? null : netns,
    sandbox,
    networkMode: mode,
    mode: shares === undefined ? mode : 'container',
    shares: shares === undefined ? null : ids.container(shares),
    hostname: name,
    domainname: null,
    extraHosts: [],
    dns: { servers: [], search: [], options: [] },
    exposedPorts: [],
    labels: {},
    composeProject: null,
    composeService: null,
    createdAt: `2026-01-02T${String(created).padStart(6, '0')}`,
    startedAt: null,
  };
  snapshot.records.container[id] = container;
  const networks = Object.values(snapshot.records.network);
  if (mode === 'network' && shares === undefined) {
    on.forEach((position, order) => {
      const network = networks[position];
      if (network) addEndpoint(snapshot, container, network, { position, order, created });
    });
  }
  const home = networks[on[0] ?? -1];
  for (const port of home ? ports : []) {
    const portId = `publishedPort:${name}/${port}`;
    snapshot.records.publishedPort[portId] = {
      type: 'publishedPort',
      id: portId,
      container: id,
      endpoint: ids.endpoint(name, home?.engineId ?? ''),
      protocol: 'tcp',
      hostAddress: port % 7 === 0 ? '127.0.0.1' : '0.0.0.0',
      hostPort: port,
      containerPort: 80,
      active: !stopped,
      rules: [`rule:${name}/${port}`],
      proxy: null,
      socket: null,
      target: null,
    };
  }
}

function addEndpoint(
  snapshot: Snapshot,
  container: Container,
  network: Network,
  { position, order, created }: { position: number; order: number; created: number },
): void {
  const running = container.sandbox !== null;
  const address = `10.${position}.${Math.floor(created / 250)}.${(created % 250) + 2}`;
  const bridged = network.driver === 'bridge';
  const inside = running ? addLink(snapshot, container.sandbox ?? host, 2 + order, `eth${order}`) : null;
  const outside =
    running && bridged
      ? addLink(
          snapshot,
          host,
          1000 + created * 10 + order,
          `veth${(0x100000 + created * 16 + order).toString(16)}`,
          network.bridge,
        )
      : null;
  if (inside) addAddress(snapshot, inside, address, 16);
  const id = ids.endpoint(container.engineId, network.engineId);
  const endpoint: Endpoint = {
    type: 'endpoint',
    id,
    engineId: null,
    container: container.id,
    network: network.id,
    sandbox: container.sandbox,
    inside,
    outside,
    ipv4: running ? address : null,
    ipv4Prefix: 16,
    ipv6: null,
    ipv6Prefix: null,
    gateway4: order === 0 ? `10.${position}.0.1` : null,
    gateway6: null,
    mac: null,
    aliases: [],
    dnsNames: [],
    links: [],
    gatewayPriority: null,
  };
  snapshot.records.endpoint[id] = endpoint;
}
