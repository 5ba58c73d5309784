import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import type { EngineGeneration } from './engines.ts';
import { importImage } from './image.ts';
import { type Lan, startLan } from './lan.ts';
import { enter, type NamespaceProcess, startNamespaceProcess } from './namespaceProcess.ts';
import { bootScript, repositoryRoot } from './paths.ts';
import { ensureRoot } from './roots.ts';
import { type CommandOptions, type CommandResult, lastLines, runCommand, tryCommand } from './runCommand.ts';
import { cgroupParent, makeRunFolder, removeRunFolder, thaw } from './runFolder.ts';

export interface TestHostOptions {
  engine: EngineGeneration;
  /** Its hostname. */
  name?: string;
  iptables?: 'nft' | 'legacy';
  /** false: `dockerd --userland-proxy=false`, hairpin NAT instead of docker-proxy. */
  userlandProxy?: boolean;
  daemonArguments?: readonly string[];
  /** The LAN it is plugged into, to let hosts meet. Without it the host has one of its own. */
  lan?: Lan;
  /** N of 198.18.0.N. */
  lanAddress?: number;
  /** More of the machine's paths that it sees, read-only. The checkout and Node are always among them. */
  readOnlyPaths?: readonly string[];
}

/** A host with a real Docker Engine: network, mount, pid, uts and ipc namespaces over an engine's root. */
export interface TestHost extends AsyncDisposable {
  name: string;
  engine: EngineGeneration;
  iptables: 'nft' | 'legacy';
  userlandProxy: boolean;
  /** The engine's socket. The same path on the machine and on the host, where /var/run/docker.sock is there as well. */
  socketPath: string;
  /** Its run directory, which has the same path on the machine and on the host: the place to hand files over. */
  runPath: string;
  /** For `nsenter --net=` on the machine. */
  netnsPath: string;
  /** The machine's number for its init. Inside, processes have numbers of their own, as on any host. */
  pid: number;
  docker: Docker;
  lan: Lan;
  ipv4: string;
  ipv6: string;
  /** Runs a command on the host and gives its standard output. The working folder is the checkout unless `cwd` says otherwise. */
  exec(argv: readonly string[], options?: CommandOptions): Promise<string>;
  tryExec(argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Starts a program on the host and leaves it running. `kill()` ends it with SIGTERM, whatever the signal; it ends with the host at the latest. */
  spawn(argv: readonly string[], options?: SpawnOptions): ChildProcess;
  stop(): Promise<void>;
}

/** How long an engine may take to answer. It needs a second or two; a loaded machine has to be allowed more. */
const engineDeadlineMs = 60_000;

/** Where engines take their networks from; the LAN's router sends it to the host, as people do who want to reach containers. */
const dockerPrefix = '172.16.0.0/12';

/** Starts a test host. Throws with the engine's last words where it does not come up, and leaves nothing behind then. */
export async function startTestHost(options: TestHostOptions): Promise<TestHost> {
  if (process.getuid?.() !== 0) {
    throw new Error('A test host is made of namespaces and mounts, which only root may make: run this as root (sudo).');
  }
  const root = await ensureRoot(options.engine);
  const name = options.name ?? `docker-${options.engine.replace('.', '-')}`;
  const cleanups: (() => Promise<void>)[] = [];
  const stop = onceOnly(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  try {
    const runPath = await makeRunFolder(name);
    cleanups.push(() => removeRunFolder(runPath));
    const lan = options.lan ?? (await startLan());
    if (options.lan === undefined) cleanups.push(() => lan.stop());
    const socketPath = join(runPath, 'docker.sock');
    const init = await boot({ ...options, name, runPath, root: root.path, socketPath });
    cleanups.push(async () => {
      await thaw(runPath);
      await init.kill();
    });
    const plug = await lan.plug(
      init.pid,
      options.lanAddress ?? (options.lan === undefined ? habitualAddress(options) : undefined),
    );
    cleanups.push(() => plug.unplug());
    // Only one host can have the route: on a shared LAN the test says which.
    if (options.lan === undefined) await lan.route(dockerPrefix, plug.ipv4);
    init.send('go');
    const docker = new Docker({ socketPath });
    await engineReady(docker, init, runPath);
    await importImage(docker, join(root.path, 'usr/bin/busybox'));
    return {
      name,
      engine: options.engine,
      iptables: options.iptables ?? 'nft',
      userlandProxy: options.userlandProxy ?? true,
      socketPath,
      runPath,
      netnsPath: `/proc/${init.pid}/ns/net`,
      pid: init.pid,
      docker,
      lan,
      ipv4: plug.ipv4,
      ipv6: plug.ipv6,
      exec: (argv, given) => runCommand(onHost(init.pid, argv, given), withoutPlace(given)),
      tryExec: (argv, given) => tryCommand(onHost(init.pid, argv, given), withoutPlace(given)),
      spawn: (argv, given = {}) => {
        const [program = 'nsenter', ...rest] = onHost(init.pid, argv, given);
        return spawn(program, rest, { ...given, cwd: '/' });
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On a LAN of its own a host has the address by which its generation is known in our recordings and pictures. */
function habitualAddress({ engine, iptables }: TestHostOptions): number {
  return iptables === 'legacy' ? 21 : Number(engine.split('.')[0]);
}

interface BootOptions extends TestHostOptions {
  name: string;
  runPath: string;
  root: string;
  socketPath: string;
}

function boot(options: BootOptions): Promise<NamespaceProcess> {
  const readOnly = [repositoryRoot, process.execPath, ...(options.readOnlyPaths ?? [])];
  return startNamespaceProcess({
    namespaces: ['net', 'uts', 'ipc'],
    argv: ['sh', bootScript, ...engineCommand(options)],
    env: {
      PATH: process.env.PATH,
      LAB_NAME: options.name,
      LAB_ROOT: options.root,
      LAB_RUN: options.runPath,
      LAB_READ_ONLY: readOnly.join('\n'),
      LAB_IPTABLES: options.iptables ?? 'nft',
    },
  });
}

function engineCommand(options: BootOptions): string[] {
  return [
    'dockerd',
    `--host=unix://${options.socketPath}`,
    '--host=unix:///var/run/docker.sock',
    `--cgroup-parent=${cgroupParent(options.runPath)}`,
    `--userland-proxy=${options.userlandProxy ?? true}`,
    ...(options.daemonArguments ?? []),
  ];
}

async function engineReady(docker: Docker, init: NamespaceProcess, runPath: string): Promise<void> {
  const deadline = Date.now() + engineDeadlineMs;
  let ended: string | undefined;
  init.ended.then(
    (said) => {
      ended = said;
    },
    () => undefined,
  );
  for (;;) {
    const answered = await docker.ping().then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (ended !== undefined) throw new Error(`The engine ended while starting:\n${ended}${await engineLog(runPath)}`);
    if (Date.now() > deadline) {
      throw new Error(
        `The engine did not answer within ${engineDeadlineMs / 1000} s. It said last:\n${await engineLog(runPath)}`,
      );
    }
    await sleep(25);
  }
}

async function engineLog(runPath: string): Promise<string> {
  const log = await readFile(join(runPath, 'dockerd.log'), 'utf8').catch(() => '(no log was written)');
  return lastLines(log, 15);
}

/** The whole command line: enter the host, set a clean environment and the working folder, run. */
function onHost(pid: number, argv: readonly string[], options: CommandOptions | SpawnOptions = {}): string[] {
  const environment = {
    PATH: `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${dirname(process.execPath)}`,
    HOME: '/root',
    LANG: 'C.UTF-8',
    ...options.env,
  };
  const words = Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  const place = String(options.cwd ?? repositoryRoot);
  // `nsenter` waits outside for the command; a signal to it would leave the command running, were it not for --pdeathsig.
  return [...enter(pid, 'all'), 'env', '-i', '-C', place, ...words, 'setpriv', '--pdeathsig', 'TERM', ...argv];
}

/** `cwd` and `env` are for the command on the host, not for `nsenter` on the machine. */
function withoutPlace(options: CommandOptions = {}): CommandOptions {
  const { cwd: _cwd, env: _env, ...rest } = options;
  return rest;
}

function onceOnly(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= action();
    return running;
  };
}
