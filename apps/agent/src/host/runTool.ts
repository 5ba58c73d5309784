import { spawn } from 'node:child_process';

/*
 * Running a program that only reads (iptables-save, nft, ipset). The arguments are fixed, no shell is in between. It is
 * started from the main thread, which never is in another namespace; `nsenter` takes the program into one.
 * One concern each: the deadline, the limit of the output, the end of the whole process group.
 */

export type ToolRun = {
  /** The program and its arguments. */
  argv: [string, ...string[]];
  /** The file of the namespace to run in; the agent's own where there is none. */
  namespacePath?: string;
  deadlineMs?: number;
  /** Of the standard output. */
  maxBytes?: number;
};

export type ToolResult =
  | { kind: 'ok'; stdout: string; tookMs: number }
  | { kind: 'notInstalled'; tookMs: number }
  | { kind: 'timeout'; tookMs: number }
  | { kind: 'crashed'; signal: NodeJS.Signals; tookMs: number }
  | { kind: 'exited'; code: number; stderr: string; tookMs: number }
  | { kind: 'tooLarge'; tookMs: number };

const defaultDeadlineMs = 5_000;
const defaultMaxBytes = 64 * 1024 * 1024;
const maxErrorBytes = 4096;
/** Debian keeps these programs where a user's PATH does not reach. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** nsenter's answer, and a shell's, where there is no such program. util-linux include/exitcodes.h EX_EXEC_ENOENT */
const exitNotFound = 127;

/** Never rejects. `exited` is any exit other than 0; `crashed` is an end by a signal that was not ours. */
export function runTool(run: ToolRun): Promise<ToolResult> {
  const started = performance.now();
  const tookMs = () => Math.round((performance.now() - started) * 10) / 10;
  const [program, ...args] =
    run.namespacePath === undefined
      ? run.argv
      : (['nsenter', `--net=${run.namespacePath}`, '--', ...run.argv] as const);
  // A process group of its own (detached), so that what the program starts ends with it. Messages in English, to be parsed.
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${process.env.PATH ?? ''}:${systemPath}`, LC_ALL: 'C' },
  });
  return new Promise((resolve) => {
    let ended = false;
    const end = (result: ToolResult) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      resolve(result);
    };
    const kill = (result: ToolResult) => {
      end(result);
      killGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => kill({ kind: 'timeout', tookMs: tookMs() }), run.deadlineMs ?? defaultDeadlineMs);

    const output: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > (run.maxBytes ?? defaultMaxBytes)) kill({ kind: 'tooLarge', tookMs: tookMs() });
      else output.push(chunk);
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < maxErrorBytes) stderr += chunk.toString('utf8').slice(0, maxErrorBytes - stderr.length);
    });
    child.on('error', (cause) => {
      if ('code' in cause && cause.code === 'ENOENT') end({ kind: 'notInstalled', tookMs: tookMs() });
      else end({ kind: 'exited', code: -1, stderr: cause.message, tookMs: tookMs() });
    });
    child.on('close', (code, signal) => {
      if (signal !== null) end({ kind: 'crashed', signal, tookMs: tookMs() });
      else if (code === 0) end({ kind: 'ok', stdout: Buffer.concat(output).toString('utf8'), tookMs: tookMs() });
      else if (code === exitNotFound && run.namespacePath !== undefined)
        end({ kind: 'notInstalled', tookMs: tookMs() });
      else end({ kind: 'exited', code: code ?? -1, stderr, tookMs: tookMs() });
    });
  });
}

function killGroup(pid: number | undefined) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
