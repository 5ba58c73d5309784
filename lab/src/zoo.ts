import type Docker from 'dockerode';
import { atLeast, type EngineGeneration } from './engines.ts';
import { imageName } from './image.ts';
import type { TestHost } from './testHost.ts';

/** Where the zoo stands: what its networks and containers depend on. */
export interface ZooSite {
  engine: EngineGeneration;
  /** The host's address on the LAN, 198.18.0.N. */
  ipv4: string;
}

export interface ZooContainer {
  name: string;
  options: Docker.ContainerCreateOptions;
  /** Networks that it joins once it runs. */
  joins?: readonly string[];
  finally?: 'stop' | 'pause';
  /**
   * Containers that must run before. Addresses are given in the order of starting, so each network's containers form a
   * chain: the addresses are then the same on every run, although the networks are filled in parallel.
   */
  after?: readonly string[];
}

const bridge = (option: string) => `com.docker.network.bridge.${option}`;

/** Every kind of network that the engine can make here. ipvlan is not among them: few kernels of test machines have it. */
export function zooNetworks(site: ZooSite): Docker.NetworkCreateOptions[] {
  const subnet = (prefix: string) => ({ Subnet: `${prefix}.0.0/16`, Gateway: `${prefix}.0.1` });
  const make = (
    Name: string,
    ipam: NonNullable<Docker.IPAM['Config']>,
    rest: Partial<Docker.NetworkCreateOptions> = {},
  ) => ({
    Name,
    Driver: 'bridge',
    IPAM: { Driver: 'default', Config: ipam },
    ...rest,
  });
  const networks = [
    make('front', [{ Subnet: '172.30.1.0/24', IPRange: '172.30.1.0/25', Gateway: '172.30.1.1' }]),
    make('back', [subnet('172.18')], { Internal: true }),
    make('quiet', [subnet('172.19')], { Options: { [bridge('enable_icc')]: 'false', [bridge('name')]: 'noicc0' } }),
    make('nomasq', [subnet('172.20')], {
      Options: { [bridge('enable_ip_masquerade')]: 'false', 'com.docker.network.driver.mtu': '1400' },
    }),
    make('six', [subnet('172.21'), { Subnet: 'fd00:6::/64' }], { EnableIPv6: true }),
    make('lan', [{ Subnet: '198.18.0.0/24', Gateway: '198.18.0.254' }], {
      Driver: 'macvlan',
      Options: { parent: 'eth0' },
    }),
  ];
  if (atLeast(site.engine, '27')) {
    networks.push(make('routed', [subnet('172.22')], { Options: { [bridge('gateway_mode_ipv4')]: 'routed' } }));
  }
  if (atLeast(site.engine, '28')) {
    networks.push(make('open', [subnet('172.23')], { Options: { [bridge('gateway_mode_ipv4')]: 'nat-unprotected' } }));
  }
  return networks;
}

const serve = (port: number | string) => ['httpd', '-f', '-p', String(port), '-h', '/www'];
const idle = ['sleep', '999999'];

interface Wish {
  command?: string[];
  /** "80/tcp": "8080" or "127.0.0.1:9090". */
  publish?: Record<string, string>;
  config?: Docker.ContainerCreateOptions;
  hostConfig?: Docker.HostConfig;
  endpoint?: Docker.EndpointSettings;
}

/** The options to create one container on one network. */
function container(network: string, wish: Wish = {}): Docker.ContainerCreateOptions {
  const published = Object.entries(wish.publish ?? {});
  const userDefined =
    wish.endpoint === undefined ? {} : { NetworkingConfig: { EndpointsConfig: { [network]: wish.endpoint } } };
  return {
    Image: imageName,
    Cmd: wish.command ?? serve(80),
    ...userDefined,
    ...(published.length > 0 ? { ExposedPorts: Object.fromEntries(published.map(([port]) => [port, {}])) } : {}),
    ...wish.config,
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(published.map(([port, at]) => [port, [binding(at)]])),
      ...wish.hostConfig,
    },
  };
}

function binding(at: string): { HostIp: string; HostPort: string } {
  const colon = at.lastIndexOf(':');
  return { HostIp: at.slice(0, Math.max(colon, 0)), HostPort: at.slice(colon + 1) };
}

/** Every way for a container to be on a network, published or not. */
export function zooContainers(site: ZooSite): ZooContainer[] {
  const hostNumber = Number(site.ipv4.split('.')[3]);
  const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
  const range = Object.fromEntries([0, 1, 2, 3].map((n) => [`${8000 + n}/tcp`, String(18000 + n)]));
  const chain = (network: string, wishes: Record<string, Wish>): ZooContainer[] =>
    Object.entries(wishes).map(([name, wish], index, all) => {
      const before = all[index - 1]?.[0];
      return { name, options: container(network, wish), ...(before === undefined ? {} : { after: [before] }) };
    });
  const containers: ZooContainer[] = [
    ...chain(atLeast(site.engine, '26') ? 'bridge' : 'default', {
      plain: {},
      lo: { publish: { '80/tcp': '127.0.0.1:9090' } },
      'my-nginx': { publish: { '80/tcp': '8080' } },
      linked: {
        config: { Hostname: 'linkedhost', ExposedPorts: { '4444/tcp': {} } },
        hostConfig: {
          PublishAllPorts: true,
          Links: ['my-nginx:ng'],
          ExtraHosts: ['fastcampus.co.kr:192.168.0.100'],
          Dns: ['198.18.0.254'],
        },
      },
    }),
    ...chain('front', {
      web: {
        publish: { '80/tcp': '8081', '53/udp': '5353' },
        config: { Labels: labels },
        endpoint: { Aliases: ['www'] },
      },
      api: {
        publish: { '80/tcp': `${site.ipv4}:8082` },
        endpoint: { IPAMConfig: { IPv4Address: '172.30.1.100' } },
      },
      deaf: { command: serve('127.0.0.1:80'), publish: { '80/tcp': '8083' } },
      mute: { command: idle, publish: { '80/tcp': '8084' } },
      range: { command: serve(8001), publish: range },
      stopped: { command: idle },
      paused: { publish: { '80/tcp': '8088' } },
    }),
    ...chain('back', { was: { command: serve(8000) }, db: { command: serve(5432) } }),
    ...chain('quiet', { q1: { publish: { '80/tcp': '8085' } }, q2: {} }),
    ...chain('nomasq', { nm: { publish: { '80/tcp': '8086' } } }),
    ...chain('six', { v6: { publish: { '80/tcp': '8087' } } }),
    ...chain('lan', { mac: { endpoint: { IPAMConfig: { IPv4Address: `198.18.0.${100 + hostNumber}` } } } }),
    ...chain('host', { hosty: { command: serve(7000) } }),
    ...chain('none', { none: { command: idle } }),
    ...chain('container:web', { sidecar: { command: serve(81) } }),
    ...(atLeast(site.engine, '27') ? chain('routed', { rt: { publish: { '80/tcp': '8089' } } }) : []),
    ...(atLeast(site.engine, '28') ? chain('open', { op: { publish: { '80/tcp': '8090' } }, op2: {} }) : []),
  ];
  const more: Record<string, Partial<ZooContainer>> = {
    web: { joins: ['back'] },
    was: { after: ['web'] },
    sidecar: { after: ['web'] },
    stopped: { finally: 'stop' },
    paused: { finally: 'pause' },
  };
  return containers.map((each) => ({ ...each, ...more[each.name] }));
}

/** Fills a test host with the zoo. Resolves when every container is in its final state. */
export async function createZoo(host: Pick<TestHost, 'docker' | 'engine' | 'ipv4'>): Promise<void> {
  await Promise.all(zooNetworks(host).map((options) => host.docker.createNetwork(options)));
  const done = new Map<string, Promise<void>>();
  for (const each of zooContainers(host)) {
    const before = (each.after ?? []).map((name) => {
      const promise = done.get(name);
      if (promise === undefined)
        throw new Error(`"${each.name}" waits for "${name}", which must stand before it in the zoo.`);
      return promise;
    });
    done.set(
      each.name,
      Promise.all(before).then(() => startOne(host.docker, each)),
    );
  }
  // All settle before the first failure is told: a caller that stops the host then meets no request still under way.
  const outcomes = await Promise.allSettled(done.values());
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function startOne(docker: Docker, each: ZooContainer): Promise<void> {
  try {
    const created = await docker.createContainer({ name: each.name, ...each.options });
    await created.start();
    for (const network of each.joins ?? []) await docker.getNetwork(network).connect({ Container: created.id });
    if (each.finally === 'stop') await created.stop({ t: 0 });
    if (each.finally === 'pause') await created.pause();
  } catch (error) {
    throw new Error(`The zoo's container "${each.name}" could not be started: ${String(error)}`, { cause: error });
  }
}
