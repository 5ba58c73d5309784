import { Command } from 'commander';
import { hostOption, portOption, tokenOption } from './options.ts';
import { type StartOptions, start } from './startCommand.ts';

type ViewOptions = Pick<StartOptions, 'port' | 'host' | 'token'>;

/** `vethscope view FILE`: the page on somebody's recording. The host itself is not read. */
export function viewCommand(): Command {
  return new Command('view')
    .description('show a recording in the browser')
    .argument('<recording>', 'a file that "vethscope record" or the page wrote')
    .addOption(portOption())
    .addOption(hostOption())
    .addOption(tokenOption())
    .action((recording: string, options: ViewOptions) => start({ ...options, recording, historySize: 1 }));
}
