import { compareSnapshots } from '@vethscope/graph';
import { type Snapshot, VethscopeError } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { makePicture, type ThemeName, textOf } from '@vethscope/picture';
import { Command, Option } from 'commander';
import { comparisonMarkdown, comparisonText } from '../compare/comparisonText.ts';
import { writePicture } from '../export/writePicture.ts';
import { dockerSocketOption } from './options.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { readSnapshot } from './readSnapshot.ts';

interface DiffOptions {
  dockerSocket?: string;
  json?: boolean;
  markdown?: boolean;
  svg?: string;
  theme: ThemeName;
}

const after = `
Things are the same where they go by the same name: a container that was made anew is told by what is different, not as another one.
Exit status: 0 no difference, 1 there are some.`;

/** `vethscope diff A [B]`: what is different between two recordings, or between one and this host now, in words. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('say what is different between two recordings, or between one and this host now')
    .argument('<before>', 'a recording')
    .argument('[after]', 'another one (default: this host, now)')
    .addOption(new Option('--json', 'every change with its fields').conflicts('markdown'))
    .addOption(new Option('--markdown', 'for a ticket').conflicts('json'))
    .option('--svg <file>', 'write a picture too: the map of the later one with marks, and the list')
    .addOption(new Option('--theme <theme>', 'colours of the picture').choices(['light', 'dark']).default('light'))
    .addOption(dockerSocketOption())
    .addHelpText('after', after)
    .action(async (before: string, later: string | undefined, options: DiffOptions) => {
      const from = snapshotOf(await readRecordingFile(before));
      const to = await readSnapshot({ ...options, ...(later === undefined ? {} : { recording: later }) });
      const comparison = compareSnapshots(from, to);
      if (options.svg !== undefined) await writePicture(options.svg, pictureOf(from, to, options.theme));
      const write = options.markdown ? comparisonMarkdown : comparisonText;
      process.stdout.write(options.json ? `${JSON.stringify(comparison)}\n` : write(comparison));
      process.exitCode = comparison.changes.length === 0 ? 0 : 1;
    });
}

function pictureOf(before: Snapshot, after: Snapshot, theme: ThemeName): string {
  const plain = { lens: 'docker', transparent: false, legend: false, caption: null, title: null, mask: null } as const;
  const picture = makePicture(after, { ...plain, of: { kind: 'difference', before }, theme });
  if (picture === null) throw new VethscopeError('internal', 'A host without anything that is drawn.');
  return textOf(picture, 'svg');
}
