import './preferMemory.ts';
import { errorTable, VethscopeError } from '@vethscope/model';
import { CommanderError } from 'commander';
import { createProgram, withDefaultCommand } from './cli/createProgram.ts';
import { asVethscopeError } from './server/answerErrors.ts';

/*
 * The vethscope command. Ends with the exit status that the table of errors has for what went wrong.
 */

try {
  await createProgram().parseAsync(withDefaultCommand(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  process.exitCode = tell(error);
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; --help and --version come this way, too, with 0.
    return error.exitCode === 0 ? 0 : errorTable.usage.exit;
  }
  const known = asVethscopeError(error);
  const where = known.where === null ? '' : ` (${known.where})`;
  process.stderr.write(`vethscope: ${known.message}${where}\n`);
  if (known.fix !== null) process.stderr.write(`  ${known.fix}\n`);
  if (known.code === 'internal' && !(error instanceof VethscopeError)) console.error(error);
  return errorTable[known.code].exit;
}
