import { emptyRecords, ids, type Link, type RecordOf, type Snapshot } from '@vethscope/model';

export interface SyntheticOptions {
  containers: number;
  networks: number;
  /** Every nth container joins a second network. */
  secondEvery: number;
  /** Every nth container publishes a port. */
  publishEvery: number;
}

const words = ['web', 'api', 'db', 'cache', 'worker', 'queue', 'search', 'auth', 'mail', 'proxy', 'metrics', 'cron'];
const images = ['nginx:1.27', 'node:22-alpine', 'postgres:18', 'redis:8', 'python:3.13', 'rabbitmq:4', 'caddy:2'];
const at = '2026-01-01T00:00:00.000Z';

type AnyNetwork = RecordOf<'network'>;
type AnyContainer = RecordOf<'container'>;

function link(sandbox: string, ifindex: number, name: string, more: Partial<Link> & Pick<Link, 'kind'>): Link {
  return {
    type: 'link',
    id: ids.link(sandbox, ifindex),
    sandbox,
    ifindex,
    name,
    altNames: [],
    alias: null,
    mac: `02:42:ac:11:${(ifindex >> 8).toString(16).padStart(2, '0')}:${(ifindex & 255).toString(16).padStart(2, '0')}`,
    mtu: 1500,
    flags: ['UP'],
    up: true,
    carrier: true,
    operstate: 'UP',
    master: null,
    port: null,
    ...more,
  } as Link;
}

function network(index: number): AnyNetwork {
  const name = index === 0 ? 'bridge' : `${words[index % words.length]}-net${index >= words.length ? index : ''}`;
  const engineId = index.toString(16).padStart(64, 'a');
  return {
    type: 'network',
    id: ids.network(engineId),
    engineId,
    name,
    driver: 'bridge',
    scope: 'local',
    internal: index % 5 === 3,
    attachable: false,
    ingress: false,
    enableIPv4: true,
    enableIPv6: false,
    subnets: [{ family: 4, subnet: `172.${17 + index}.0.0/16`, gateway: `172.${17 + index}.0.1`, ipRange: null }],
    bridge: ids.link(ids.hostSandbox, 10 + index),
    bridgeName: index === 0 ? 'docker0' : `br-${engineId.slice(-12)}`,
    parent: null,
    parentName: null,
    sandbox: null,
    vni: null,
    options: index === 0 ? { 'com.docker.network.bridge.default_bridge': 'true' } : {},
    labels: {},
    composeProject: null,
    createdAt: `2026-01-01T00:${String(index % 60).padStart(2, '0')}:00Z`,
  };
}

function container(index: number): AnyContainer {
  const engineId = index.toString(16).padStart(64, 'c');
  const state = index % 23 === 22 ? 'restarting' : 'running';
  return {
    type: 'container',
    id: ids.container(engineId),
    engineId,
    name: `${words[index % words.length]}-${Math.floor(index / words.length) + 1}`,
    image: images[index % images.length] ?? 'busybox',
    command: '',
    state,
    status: state === 'running' ? 'Up 3 hours' : 'Restarting (1) 4 seconds ago',
    health: index % 31 === 30 ? 'unhealthy' : null,
    exitCode: null,
    pid: 4000 + index,
    sandbox: ids.sandbox(4026532000 + index),
    networkMode: 'default',
    mode: 'network',
    shares: null,
    hostname: engineId.slice(0, 12),
    domainname: null,
    extraHosts: [],
    dns: { servers: [], search: [], options: [] },
    exposedPorts: [],
    labels: {},
    composeProject: null,
    composeService: null,
    createdAt: new Date(Date.parse(at) + index * 1000).toISOString(),
    startedAt: null,
  };
}

/** A host with bridges and containers in any number: for looking at a picture's size, and for measuring. The same options make the same host. */
export function syntheticHost(options: SyntheticOptions): Snapshot {
  const records = emptyRecords();
  const host = ids.hostSandbox;
  const put = (record: { id: string; type: keyof typeof records }) => {
    (records[record.type] as Record<string, unknown>)[record.id] = record;
  };
  const address = (sandbox: string, linkId: string, text: string, prefix: number) =>
    put({
      type: 'address',
      id: `address:${linkId.slice(5)}/${text}/${prefix}`,
      sandbox,
      link: linkId,
      family: 4,
      address: text,
      prefix,
      peer: null,
      broadcast: null,
      scope: 'global',
      flags: [],
    } as RecordOf<'address'>);
  put({
    type: 'sandbox',
    id: host,
    netns: 4026531840,
    kind: 'host',
    name: 'devbox',
    path: null,
    pid: 1,
    containers: [],
  } as RecordOf<'sandbox'>);
  const uplink = link(host, 2, 'eth0', { kind: 'device' });
  put(uplink);
  address(host, uplink.id, '198.18.0.28', 24);
  put({
    type: 'route',
    id: 'route:host/main/0.0.0.0/0',
    sandbox: host,
    family: 4,
    table: 'main',
    kind: 'unicast',
    destination: '0.0.0.0/0',
    gateway: '198.18.0.1',
    link: uplink.id,
    nextHops: [],
    metric: null,
    protocol: 'dhcp',
    scope: null,
    source: null,
    mtu: null,
    flags: [],
  } as RecordOf<'route'>);
  const networks = Array.from({ length: options.networks }, (_, index) => network(index));
  for (const [index, net] of networks.entries()) {
    put(net);
    put(
      link(host, 10 + index, net.bridgeName ?? '', {
        kind: 'bridge',
        bridge: {
          bridgeId: null,
          stp: false,
          vlanFiltering: false,
          ageingSeconds: 300,
          nfCallIptables: false,
          nfCallIp6tables: false,
        },
      }),
    );
    address(host, ids.link(host, 10 + index), `172.${17 + index}.0.1`, 16);
  }
  const used = networks.map(() => 1);
  let ifindex = 1000;
  for (let index = 0; index < options.containers; index += 1) {
    const box = container(index);
    put(box);
    const sandbox = box.sandbox ?? '';
    const inode = 4026532000 + index;
    put({
      type: 'sandbox',
      id: sandbox,
      netns: inode,
      kind: 'container',
      name: box.name,
      path: null,
      pid: box.pid,
      containers: [box.id],
    } as RecordOf<'sandbox'>);
    const home = index % options.networks;
    const joined =
      index % options.secondEvery === options.secondEvery - 1 ? [home, (home + 1) % options.networks] : [home];
    for (const [order, number] of joined.entries()) {
      const net = networks[number];
      if (!net) continue;
      used[number] = (used[number] ?? 1) + 1;
      const last = used[number] ?? 2;
      const ip = `172.${17 + number}.${last >> 8}.${last & 255}`;
      const inside = ids.link(sandbox, ifindex);
      const outside = ids.link(host, ifindex + 1);
      const peer = (other: number, id: string) => ({ ifindex: other, netnsid: 0, link: id });
      put(link(sandbox, ifindex, `eth${order}`, { kind: 'veth', peer: peer(ifindex + 1, outside) }));
      put(
        link(host, ifindex + 1, `veth${(ifindex * 7919).toString(16).padStart(7, '0').slice(-7)}`, {
          kind: 'veth',
          peer: peer(ifindex, inside),
          master: net.bridge,
        }),
      );
      ifindex += 2;
      address(sandbox, inside, ip, 16);
      put({
        type: 'endpoint',
        id: ids.endpoint(box.engineId.slice(-24), net.engineId.slice(-24)),
        engineId: null,
        container: box.id,
        network: net.id,
        sandbox,
        inside,
        outside,
        ipv4: ip,
        ipv4Prefix: 16,
        ipv6: null,
        ipv6Prefix: null,
        gateway4: `172.${17 + number}.0.1`,
        gateway6: null,
        mac: null,
        aliases: [],
        dnsNames: [],
        links: [],
        gatewayPriority: null,
      } as RecordOf<'endpoint'>);
    }
    if (index % 3 === 0) {
      put({
        type: 'socket',
        id: `socket:${inode}/tcp/0.0.0.0/80`,
        sandbox,
        protocol: 'tcp',
        family: 4,
        address: '0.0.0.0',
        port: 80,
        v6only: null,
        boundTo: null,
        inode: index,
        uid: 0,
        processes: [{ pid: 4000 + index, name: 'nginx' }],
      } as RecordOf<'socket'>);
    }
    if (index % options.publishEvery === 0) {
      put({
        type: 'publishedPort',
        id: `publishedPort:${box.engineId}/tcp/0.0.0.0/${8080 + index}/80`,
        container: box.id,
        endpoint: ids.endpoint(box.engineId.slice(-24), networks[home]?.engineId.slice(-24) ?? ''),
        protocol: 'tcp',
        hostAddress: '0.0.0.0',
        hostPort: 8080 + index,
        containerPort: 80,
        active: true,
        rules: [],
        proxy: null,
        socket: null,
        target: null,
      } as RecordOf<'publishedPort'>);
    }
  }
  return {
    readAt: at,
    host: { hostname: 'devbox', kernel: null, os: null, architecture: null },
    engine: {
      endpoint: null,
      version: '28.5.1',
      apiVersion: '1.51',
      firewall: 'iptables-nft',
      swarm: 'inactive',
      swarmManager: false,
      rootless: false,
      liveRestore: false,
      userlandProxy: true,
    },
    sources: [],
    records,
    counters: { at, links: {}, rules: {} },
  };
}
