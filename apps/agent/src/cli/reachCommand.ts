import { Command, Option } from 'commander';
import { reachJson } from '../reach/reachJson.ts';
import { reachMarkdown } from '../reach/reachMarkdown.ts';
import { cellsOf } from '../reach/reachTable.ts';
import { reachText } from '../reach/reachText.ts';
import { type ReachWords, readReach } from '../reach/readReach.ts';
import { paintFor } from '../trace/paint.ts';
import { dockerSocketOption, recordingOption, type SharedOptions } from './options.ts';
import { readSnapshot } from './readSnapshot.ts';

interface ReachOptions extends SharedOptions, ReachWords {
  json?: boolean;
  markdown?: boolean;
}

const after = `
Examples:
  vethscope reach
  vethscope reach --from internet lan
  vethscope reach --from web api --to db host:8080
  vethscope reach --to my-nginx --json
Exit status: 0 the matrix was made, whatever it says; 64 a word of it is not understood.`;

/** `vethscope reach`: who reaches what listens. Nothing is sent. */
export function reachCommand(): Command {
  return new Command('reach')
    .description('predict who reaches what: the internet, the LAN, the host and containers × what listens')
    .option('--from <sender...>', 'internet, lan, host, an address, or names of containers (default: everyone)')
    .option('--to <target...>', 'names of containers, NAME:PORT, host, or host:PORT (default: everything that listens)')
    .option('--proto <protocol>', 'tcp, udp or sctp only')
    .addOption(new Option('--json', 'every cell, with its question and its cause').conflicts('markdown'))
    .addOption(new Option('--markdown', 'a table for a document').conflicts('json'))
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .addHelpText('after', after)
    .action(async (options: ReachOptions) => {
      const snapshot = await readSnapshot(options);
      const asked = readReach(snapshot, options);
      const made = { asked, cells: cellsOf(snapshot, asked) };
      const text = options.json
        ? `${JSON.stringify(reachJson(snapshot, made))}\n`
        : options.markdown
          ? reachMarkdown(snapshot, made)
          : reachText(snapshot, made, paintFor(process.stdout, process.env));
      process.stdout.write(text);
    });
}
