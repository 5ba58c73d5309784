import type Docker from 'dockerode';
import { imageName } from './image.ts';
import { type Random, seededRandom } from './seededRandom.ts';
import type { TestHost } from './testHost.ts';

/** One thing that somebody does to an engine. */
export type StormStep =
  | { kind: 'run'; container: string; network: string; hostPort: number | null }
  | { kind: 'start' | 'stop' | 'kill' | 'remove' | 'pause' | 'unpause'; container: string }
  | { kind: 'connect' | 'disconnect'; container: string; network: string }
  | { kind: 'createNetwork'; network: string; subnet: string }
  | { kind: 'removeNetwork'; network: string };

export interface StormOptions {
  /** The same seed gives the same steps. */
  seed: number;
  steps: number;
  /** Told after each step, with its number from 1. */
  onStep?: (step: StormStep, number: number) => void | Promise<void>;
}

const mostContainers = 12;
const mostNetworks = 5;

interface Known {
  state: 'running' | 'exited' | 'paused';
  /** The network that it was started on. It must outlive the container, even a container that has left it: the engine insists. */
  home: string;
  networks: Set<string>;
}

/**
 * Steps of which each is possible when its turn comes, as the plan keeps book of what stands: nothing is removed that is not
 * there, and no address or port is asked for twice.
 */
export function planStorm({ seed, steps }: Pick<StormOptions, 'seed' | 'steps'>): StormStep[] {
  const random = seededRandom(seed);
  const site = { containers: new Map<string, Known>(), networks: new Set<string>(), born: 0, random };
  return Array.from({ length: steps }, () => {
    const possible = possibleSteps(site);
    const kinds = [...new Set(possible.map(({ kind }) => kind))];
    // First the kind, then which: else the many ways to connect would crowd out the few to start.
    const kind = random.pick(kinds);
    const step = random.pick(possible.filter((each) => each.kind === kind));
    note(site, step);
    return step;
  });
}

interface Site {
  containers: Map<string, Known>;
  networks: Set<string>;
  born: number;
  random: Random;
}

function possibleSteps({ containers, networks, born }: Site): StormStep[] {
  const steps: StormStep[] = [];
  for (let number = 1; number <= mostNetworks; number += 1) {
    const network = `storm-net-${number}`;
    if (!networks.has(network)) steps.push({ kind: 'createNetwork', network, subnet: `10.${200 + number}.0.0/16` });
  }
  for (const network of networks) {
    const used = [...containers.values()].some((each) => each.home === network || each.networks.has(network));
    if (!used) steps.push({ kind: 'removeNetwork', network });
    if (containers.size < mostContainers) {
      const container = `storm-${born + 1}`;
      steps.push({ kind: 'run', container, network, hostPort: born % 3 === 0 ? 21_000 + born : null });
    }
  }
  for (const [container, known] of containers) {
    if (known.state === 'running') {
      for (const kind of ['stop', 'kill', 'pause'] as const) steps.push({ kind, container });
      for (const network of networks) {
        steps.push({ kind: known.networks.has(network) ? 'disconnect' : 'connect', container, network });
      }
    }
    if (known.state === 'paused') steps.push({ kind: 'unpause', container });
    if (known.state === 'exited') for (const kind of ['start', 'remove'] as const) steps.push({ kind, container });
  }
  return steps;
}

function note(site: Site, step: StormStep): void {
  switch (step.kind) {
    case 'createNetwork':
      site.networks.add(step.network);
      return;
    case 'removeNetwork':
      site.networks.delete(step.network);
      return;
    case 'run':
      site.born += 1;
      site.containers.set(step.container, { state: 'running', home: step.network, networks: new Set([step.network]) });
      return;
    case 'remove':
      site.containers.delete(step.container);
      return;
    case 'connect':
      site.containers.get(step.container)?.networks.add(step.network);
      return;
    case 'disconnect':
      site.containers.get(step.container)?.networks.delete(step.network);
      return;
    default: {
      const known = site.containers.get(step.container);
      const after = { start: 'running', unpause: 'running', stop: 'exited', kill: 'exited', pause: 'paused' } as const;
      if (known !== undefined) known.state = after[step.kind];
    }
  }
}

/** Does the steps, one after another. Throws with the step's number and the engine's words where one fails. */
export async function runStorm(host: Pick<TestHost, 'docker'>, options: StormOptions): Promise<StormStep[]> {
  const steps = planStorm(options);
  for (const [index, step] of steps.entries()) {
    try {
      await takeStep(host.docker, step);
    } catch (error) {
      const what = `Step ${index + 1} of the storm with seed ${options.seed}, ${JSON.stringify(step)}, failed`;
      throw new Error(`${what}: ${String(error)}`, { cause: error });
    }
    await options.onStep?.(step, index + 1);
  }
  return steps;
}

async function takeStep(docker: Docker, step: StormStep): Promise<void> {
  switch (step.kind) {
    case 'createNetwork':
      await docker.createNetwork({
        Name: step.network,
        IPAM: { Driver: 'default', Config: [{ Subnet: step.subnet }] },
      });
      return;
    case 'removeNetwork':
      await docker.getNetwork(step.network).remove();
      return;
    case 'connect':
      await docker.getNetwork(step.network).connect({ Container: step.container });
      return;
    case 'disconnect':
      await docker.getNetwork(step.network).disconnect({ Container: step.container });
      return;
    case 'run':
      await run(docker, step);
      return;
    case 'stop':
      await docker.getContainer(step.container).stop({ t: 0 });
      return;
    case 'kill': {
      const container = docker.getContainer(step.container);
      await container.kill();
      // The answer comes when the signal is sent; the next step may need it dead.
      await container.wait();
      return;
    }
    default:
      await docker.getContainer(step.container)[step.kind]();
  }
}

async function run(docker: Docker, step: Extract<StormStep, { kind: 'run' }>): Promise<void> {
  const { hostPort } = step;
  const container = await docker.createContainer({
    name: step.container,
    Image: imageName,
    Cmd: ['httpd', '-f', '-p', '80', '-h', '/www'],
    ...(hostPort === null ? {} : { ExposedPorts: { '80/tcp': {} } }),
    HostConfig: {
      NetworkMode: step.network,
      PortBindings: hostPort === null ? {} : { '80/tcp': [{ HostIp: '', HostPort: String(hostPort) }] },
    },
  });
  await container.start();
}

/** Takes away whatever a storm has left: its containers, then its networks. */
export async function clearStorm(host: Pick<TestHost, 'docker'>): Promise<void> {
  const containers = await host.docker.listContainers({ all: true });
  const ours = containers.filter(({ Names }) => Names.some((name) => name.startsWith('/storm-')));
  await Promise.all(ours.map(({ Id }) => host.docker.getContainer(Id).remove({ force: true })));
  const networks = await host.docker.listNetworks();
  const left = networks.filter(({ Name }) => Name.startsWith('storm-net-'));
  await Promise.all(left.map(({ Id }) => host.docker.getNetwork(Id).remove()));
}
