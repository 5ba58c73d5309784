import type Docker from 'dockerode';
import { imageName } from './image.ts';
import type { TestHost } from './testHost.ts';

export interface LoadOptions {
  count: number;
  /** Each has at most 100 containers... */
  networks?: number;
  /** Every Nth container publishes a port. 0: none does. */
  publishEvery?: number;
  /** How many requests the engine gets at a time. */
  parallel?: number;
}

/** Container N of a load: its name, its network and, where it has one, its host port. */
export interface LoadContainer {
  name: string;
  network: string;
  hostPort: number | null;
}

/** Who goes where: evenly over the networks, every Nth published from port 20000 on. */
export function planLoad(options: LoadOptions): LoadContainer[] {
  const networks = options.networks ?? Math.max(1, Math.min(10, Math.ceil(options.count / 30)));
  const every = options.publishEvery ?? 5;
  return Array.from({ length: options.count }, (_, index) => ({
    name: `load-${index + 1}`,
    network: `load-net-${(index % networks) + 1}`,
    hostPort: every > 0 && index % every === 0 ? 20_000 + index : null,
  }));
}

/** Starts many containers that sleep, on several networks. Resolves when all run. */
export async function startLoad(host: Pick<TestHost, 'docker'>, options: LoadOptions): Promise<LoadContainer[]> {
  const plan = planLoad(options);
  const networks = [...new Set(plan.map(({ network }) => network))];
  await Promise.all(
    networks.map((Name, index) =>
      host.docker.createNetwork({
        Name,
        IPAM: { Driver: 'default', Config: [{ Subnet: `10.${100 + index}.0.0/16` }] },
      }),
    ),
  );
  await inParallel(plan, options.parallel ?? 8, (each) => startOne(host.docker, each));
  return plan;
}

async function startOne(docker: Docker, each: LoadContainer): Promise<void> {
  const published = each.hostPort === null ? {} : { '80/tcp': [{ HostIp: '', HostPort: String(each.hostPort) }] };
  const container = await docker.createContainer({
    name: each.name,
    Image: imageName,
    Cmd: ['sleep', '999999'],
    ...(each.hostPort === null ? {} : { ExposedPorts: { '80/tcp': {} } }),
    HostConfig: { NetworkMode: each.network, PortBindings: published },
  });
  await container.start();
}

/** Does the work for every item, at most `width` at a time, in order of the list. The first failure ends it. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (const item of queue) await work(item);
  });
  await Promise.all(workers);
}
