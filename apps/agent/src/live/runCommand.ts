import type { RecordCommand } from '@vethscope/graph';
import { type CommandOutputBody, VethscopeError } from '@vethscope/model';
import type { ToolResult, ToolRun } from '../host/runTool.ts';

/** Enough for `iptables -L` of a large host; what is longer is cut off, and said to be. */
const largestOutput = 512 * 1024;
const deadlineMs = 5_000;

export interface CommandContext {
  runTool: (run: ToolRun) => Promise<ToolResult>;
  /** The file of a Sandbox's namespace; null for the host's, undefined where it is gone. */
  namespacePath: (sandbox: string) => string | null | undefined;
  /** As DOCKER_HOST would name it; null where there is none. */
  engineEndpoint: string | null;
}

/** Runs a command of the fixed list, in its namespace, without a shell. */
export async function runCommand(command: RecordCommand, context: CommandContext): Promise<CommandOutputBody> {
  const path = command.sandbox === null ? null : context.namespacePath(command.sandbox);
  if (path === undefined) {
    throw new VethscopeError('notFound', 'The namespace of this record is gone.', { where: 'record' });
  }
  const [program, ...args] = command.argv;
  if (program === undefined) throw new VethscopeError('internal', 'A command without words.');
  const words =
    program === 'docker' && context.engineEndpoint !== null ? ['--host', context.engineEndpoint, ...args] : args;
  const result = await context.runTool({
    argv: [program, ...words],
    ...(path === null ? {} : { namespacePath: path }),
    deadlineMs,
    maxBytes: 16 * 1024 * 1024,
  });
  const body = (exit: number | null, stdout: string, stderr: string): CommandOutputBody => ({
    command: command.display,
    exit,
    stdout: stdout.slice(0, largestOutput),
    stderr,
    truncated: stdout.length > largestOutput,
    tookMs: result.tookMs,
  });
  switch (result.kind) {
    case 'ok':
      return body(0, result.stdout, '');
    case 'exited':
      return body(result.code, '', result.stderr);
    case 'crashed':
      return body(null, '', `${program} crashed (${result.signal}).`);
    case 'notInstalled':
      throw new VethscopeError('sourceFailed', `${program} is not installed on this host.`, {
        fix: `Install ${program}, or copy the command.`,
        about: [program],
      });
    case 'timeout':
      throw new VethscopeError(
        'sourceFailed',
        `${program} did not end within ${deadlineMs / 1000} s and was stopped.`,
        {
          about: [program, `${deadlineMs / 1000} s`],
        },
      );
    case 'tooLarge':
      throw new VethscopeError('sourceFailed', `${program} printed more than can be shown.`, {
        fix: 'Run it in a terminal.',
        about: [program],
      });
  }
}
