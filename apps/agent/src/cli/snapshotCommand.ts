import { Command } from 'commander';
import { dockerSocketOption, recordingOption, type SharedOptions } from './options.ts';
import { readSnapshot } from './readSnapshot.ts';
import { snapshotText } from './snapshotText.ts';

interface SnapshotOptions extends SharedOptions {
  json?: boolean;
}

/** `vethscope snapshot`: the host in words, or all its records as JSON. */
export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description('print what is there: networks, containers, addresses, published ports')
    .option('--json', 'all records, as GET /api/snapshot has them')
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .action(async (options: SnapshotOptions) => {
      const snapshot = await readSnapshot(options);
      process.stdout.write(options.json ? `${JSON.stringify(snapshot)}\n` : snapshotText(snapshot));
    });
}
