import { type SpawnOptions, spawn } from 'node:child_process';

export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  input?: string | Buffer;
  timeoutMs?: number;
}

/** A command that could not be run to a good end. The message has the command line and what it said last. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly result: CommandResult;

  constructor(argv: readonly string[], result: CommandResult, why: string) {
    const said = lastLines(result.stderr || result.stdout, 12);
    super(`"${argv.join(' ')}" ${why}${said ? `:\n${said}` : ' and said nothing.'}`);
    this.result = result;
  }
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Runs a command to its end and gives what it printed, whatever its exit status. Throws where it cannot be started. */
export async function tryCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program, ...rest] = argv;
  if (program === undefined) throw new Error('There is no command to run: the list of words is empty.');
  const spawnOptions: SpawnOptions = { stdio: ['pipe', 'pipe', 'pipe'] };
  if (options.env !== undefined) spawnOptions.env = options.env;
  if (options.cwd !== undefined) spawnOptions.cwd = options.cwd;
  const child = spawn(program, rest, spawnOptions);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A command that does not read its input closes the pipe early: that is its own affair.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  let timedOut = false;
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeoutMs);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  const result = {
    status,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  };
  if (timedOut) throw new CommandError(argv, result, `did not end within ${options.timeoutMs} ms`);
  return result;
}

/** Runs a command and gives its standard output. Throws a CommandError when it does not end with 0. */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryCommand(argv, options);
  if (result.status !== 0) throw new CommandError(argv, result, `ended with ${result.status ?? 'a signal'}`);
  return result.stdout;
}
