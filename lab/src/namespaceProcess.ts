import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { lastLines } from './runCommand.ts';

/** The first process of a set of fresh namespaces. They last exactly as long as it does. */
export interface NamespaceProcess {
  /** Its number on the machine. `/proc/PID/ns/net` names its network namespace for `nsenter --net=` and for setns. */
  pid: number;
  /** Sends one line to its standard input. */
  send(line: string): void;
  /** Resolves with what it said on standard error, once it has ended. */
  ended: Promise<string>;
  /** Kills it, and with it (it is the init of a pid namespace) every process in it. Resolves when all are gone. */
  kill(): Promise<void>;
}

export interface NamespaceProcessOptions {
  /** For `unshare`, beside pid and mount, which every one gets: 'net', 'uts', 'ipc'. */
  namespaces: readonly ('net' | 'uts' | 'ipc')[];
  argv: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/**
 * Starts a program in new namespaces; its first line of output must be its pid on the machine (`read -r pid rest < /proc/self/stat`).
 * Nothing is left behind however this process ends: the kernel kills `unshare` when its parent dies (PR_SET_PDEATHSIG), that
 * kills the init of the pid namespace, and an init takes all its processes, mounts and namespaces along.
 */
export async function startNamespaceProcess(options: NamespaceProcessOptions): Promise<NamespaceProcess> {
  const flags = options.namespaces.map((name) => `--${name}`);
  const argv = [
    '--pdeathsig',
    'KILL',
    'unshare',
    '--mount',
    '--pid',
    ...flags,
    '--fork',
    '--kill-child',
    ...options.argv,
  ];
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn('setpriv', argv, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env ?? process.env,
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-16_384);
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(stderr));
  });
  ended.catch(() => undefined);
  const pid = await firstLine(child.stdout, ended, options.argv);
  return {
    pid,
    send: (line) => void child.stdin.write(`${line}\n`),
    ended,
    kill: async () => {
      // Not `unshare` but the init itself: `unshare` then ends only after the last process in the namespace has.
      if (child.exitCode === null && child.signalCode === null) killIfThere(pid);
      await ended;
    },
  };
}

async function firstLine(stdout: Readable, ended: Promise<string>, argv: readonly string[]): Promise<number> {
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      let text = '';
      stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const end = text.indexOf('\n');
        if (end >= 0) resolve(text.slice(0, end));
      });
    }),
    ended.then((stderr) => {
      throw new Error(
        `"${argv.join(' ')}" ended before its namespaces were ready: ${lastLines(stderr, 8) || 'it said nothing'}. ` +
          'The lab needs root, util-linux (unshare, setpriv, nsenter) and a kernel with network namespaces.',
      );
    }),
  ]);
  const pid = Number(line);
  if (!Number.isInteger(pid) || pid <= 0)
    throw new Error(`"${argv.join(' ')}" should say its pid first, but said "${line}".`);
  return pid;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

/** The words before a command to run it inside the namespaces of a process. `net` alone keeps the machine's files and pids. */
export function enter(pid: number, which: 'net' | 'all'): string[] {
  const target = ['nsenter', '--target', String(pid)];
  return which === 'net'
    ? [...target, '--net', '--']
    : [...target, '--mount', '--net', '--pid', '--uts', '--ipc', '--'];
}
