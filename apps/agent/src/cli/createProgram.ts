import { Command } from 'commander';
import { version } from '../version.ts';
import { diffCommand } from './diffCommand.ts';
import { exportCommand } from './exportCommand.ts';
import { probeCommand } from './probeCommand.ts';
import { reachCommand } from './reachCommand.ts';
import { recordCommand } from './recordCommand.ts';
import { snapshotCommand } from './snapshotCommand.ts';
import { startCommand } from './startCommand.ts';
import { traceCommand } from './traceCommand.ts';
import { viewCommand } from './viewCommand.ts';

const after = `
Without a command vethscope starts. Its options: vethscope start --help
Containers' namespaces and firewall rules are shown to root: sudo npx vethscope
vethscope only reads: it changes nothing on the host. The one exception is a live probe (vethscope probe --help).`;

export function createProgram(): Command {
  const program = new Command('vethscope')
    .description("See a Docker host's network as the kernel has it: live, in the browser.")
    .version(version, '-V, --version')
    .addHelpText('after', after)
    .showSuggestionAfterError()
    .exitOverride();
  for (const command of [
    startCommand(),
    recordCommand(),
    snapshotCommand(),
    traceCommand(),
    exportCommand(),
    probeCommand(),
    reachCommand(),
    diffCommand(),
    viewCommand(),
  ]) {
    command.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}

/**
 * `start` is meant where the first word is an option, or there is none. It is not commander's default command, for that one would take any
 * unknown word as an argument of its own, and nobody would be told of a typing error.
 */
export function withDefaultCommand(words: readonly string[]): string[] {
  const [first] = words;
  const ofProgram = ['-h', '--help', '-V', '--version'];
  const meansStart = first === undefined || (first.startsWith('-') && !ofProgram.includes(first));
  return meansStart ? ['start', ...words] : [...words];
}
