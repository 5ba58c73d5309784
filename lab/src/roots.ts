import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debianMirror } from './debianMirror.ts';
import { type EngineGeneration, engineSuites, type Suite } from './engines.ts';
import { cacheDirectory } from './paths.ts';
import { CommandError, runCommand, tryCommand } from './runCommand.ts';

/** A directory tree with an engine of one generation and the tools that came with it. */
export interface EngineRoot {
  suite: Suite;
  path: string;
  /** Of the package docker.io in it, as 20.10.24. */
  version: string;
  /** How long it took to build, or null where it was there already. */
  builtInMs: number | null;
}

/** An engine that cannot be had on this machine now, and why. Never to be taken for one that passed. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError';
  readonly engine: EngineGeneration;

  constructor(engine: EngineGeneration, reason: string, cause?: unknown) {
    super(`Docker Engine ${engine} is not available: ${reason}`, { cause });
    this.engine = engine;
  }
}

const packages = ['docker.io', 'iptables', 'nftables', 'iproute2', 'procps', 'busybox-static', 'ipset'];

/** In bookworm the docker command comes with the engine; later it is a package of its own. */
function packagesOf(suite: Suite): string[] {
  return suite === 'bookworm' ? packages : [...packages, 'docker-cli'];
}

/** Goes up when the packages change: a root of the old recipe is then not taken for one of the new. */
const recipe = 2;

/** The root of a generation: the cached one, or a new one by debootstrap. Several processes may ask at once: one builds, the others wait. */
export async function ensureRoot(engine: EngineGeneration): Promise<EngineRoot> {
  const suite = engineSuites[engine];
  const roots = join(cacheDirectory(), 'roots');
  const path = join(roots, `${suite}-${recipe}`);
  if (await exists(path)) return { suite, path, version: await engineVersion(path), builtInMs: null };
  await mkdir(roots, { recursive: true });
  const release = await lock(join(roots, `${suite}.lock`));
  try {
    if (await exists(path)) return { suite, path, version: await engineVersion(path), builtInMs: null };
    const started = Date.now();
    await build(suite, roots, path);
    return { suite, path, version: await engineVersion(path), builtInMs: Date.now() - started };
  } catch (error) {
    const reason = error instanceof CommandError ? error.message : String(error);
    throw new EngineUnavailableError(
      engine,
      `its root (Debian ${suite}) could not be built in ${path}. ${reason}\n` +
        'It needs debootstrap and a Debian mirror; VETHSCOPE_LAB_CACHE may name a directory where it was built before.',
      error,
    );
  } finally {
    await release();
  }
}

async function build(suite: Suite, roots: string, path: string): Promise<void> {
  // Beside its final place, so that the rename is atomic: a root that is there is whole.
  const building = join(roots, `${suite}.building`);
  await rm(building, { recursive: true, force: true });
  const mirror = await debianMirror();
  const argv = (check: readonly string[]) => [
    'debootstrap',
    '--variant=minbase',
    ...check,
    `--include=${packagesOf(suite).join(',')}`,
    suite,
    building,
    mirror.url,
    ...mirror.script(suite),
  ];
  const keyring = mirror.keyring === null ? [] : [`--keyring=${mirror.keyring}`];
  const env = { ...process.env, ...mirror.env };
  const first = await tryCommand(argv(keyring), { env });
  if (first.status !== 0) {
    if (!/signature|keyring|NO_PUBKEY/i.test(first.stdout + first.stderr))
      throw new CommandError(argv(keyring), first, 'failed');
    console.warn(
      `The signature of Debian ${suite} cannot be checked with this machine's keyring (${mirror.keyring ?? 'none found'}): ` +
        'building without the check. A newer debian-archive-keyring would have it.',
    );
    await rm(building, { recursive: true, force: true });
    await runCommand(argv(['--no-check-gpg']), { env });
  }
  // The packages that were unpacked: a hundred megabytes that nothing needs.
  const archives = join(building, 'var/cache/apt/archives');
  for (const name of await readdir(archives)) if (name.endsWith('.deb')) await rm(join(archives, name));
  await writeFile(join(building, 'etc/vethscope-lab'), `${suite}\n`);
  await rename(building, path);
}

/** The installed version of docker.io, from dpkg's own list. */
async function engineVersion(root: string): Promise<string> {
  const status = await readFile(join(root, 'var/lib/dpkg/status'), 'utf8');
  const version = /^Package: docker\.io\n(?:.+\n)*?Version: (?:\d+:)?([\d.]+)/m.exec(status)?.[1];
  if (version === undefined) {
    throw new Error(`${root} has no package docker.io: remove this directory, and it will be built anew.`);
  }
  return version;
}

/** A lock that the kernel gives back when its holder dies: flock(1) around a `cat` that lasts as long as our end of its input. */
async function lock(path: string): Promise<() => Promise<void>> {
  const holder = spawn('flock', ['--exclusive', path, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = once(holder, 'error').then(([error]) => {
    throw new Error(`The lock ${path} could not be taken: ${String(error)}. flock is part of util-linux.`);
  });
  await Promise.race([once(holder.stdout, 'data'), failed]);
  failed.catch(() => undefined);
  return async () => {
    const gone = once(holder, 'close');
    holder.stdin.end();
    await gone;
  };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
