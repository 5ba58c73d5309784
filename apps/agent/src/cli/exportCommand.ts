import { basename } from 'node:path';
import { type Lens, lenses } from '@vethscope/graph';
import { VethscopeError } from '@vethscope/model';
import { type PictureFormat, pictureFormats, type ThemeName } from '@vethscope/picture';
import { Command, Option } from 'commander';
import { exportPicture } from '../export/exportPicture.ts';
import { formatOf, type PictureOptions } from '../export/pictureOptions.ts';
import { writePicture } from '../export/writePicture.ts';
import { dockerSocketOption, maskOf, maskOption, recordingOption, type SharedOptions } from './options.ts';
import { readSnapshot } from './readSnapshot.ts';

interface ExportOptions extends SharedOptions {
  format?: PictureFormat;
  output?: string;
  network?: string;
  project?: string;
  only?: string[];
  path?: string[];
  proto: string;
  lens: Lens;
  theme: ThemeName;
  transparent?: boolean;
  legend?: boolean;
  caption?: string;
  title?: string;
  scale: string;
  mask?: string | true;
}

const after = `
Examples:
  vethscope export -o networks.svg
  vethscope export -o shop.png --project shop --scale 2 --theme dark --legend
  vethscope export --format mermaid --network front
  vethscope export -o way.pdf --path internet host:8080
  vethscope export -o docs/networks.md --recording host.json.gz --mask
Without -o the picture goes to standard output. A Markdown page (-o X.md) has its picture beside it, in X.svg.
The same recording and options give the same bytes.`;

/** `vethscope export`: pictures for documents, without a browser. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write a picture for documents: SVG, PNG, PDF, Mermaid, DOT, draw.io, Markdown, JSON')
    .addOption(
      new Option('--format <format>', 'default: as the ending of the file says, else svg').choices(pictureFormats),
    )
    .option('-o, --output <file>', 'the file to write (default: standard output)')
    .addOption(new Option('--network <name>', 'one network with what is on it').conflicts(['project', 'only', 'path']))
    .addOption(new Option('--project <name>', 'one compose project').conflicts(['network', 'only', 'path']))
    .addOption(
      new Option('--only <name...>', 'these containers and networks').conflicts(['network', 'project', 'path']),
    )
    .addOption(
      new Option('--path <end...>', 'the way of a packet: FROM TO, as for vethscope trace').conflicts([
        'network',
        'project',
        'only',
      ]),
    )
    .option('--proto <protocol>', 'of the path: tcp, udp, icmp or sctp', 'tcp')
    .addOption(new Option('--lens <lens>', 'what of the host is shown').choices([...lenses]).default('docker'))
    .addOption(new Option('--theme <theme>', 'colours').choices(['light', 'dark']).default('light'))
    .option('--transparent', 'paint nothing below the picture')
    .option('--legend', 'say what the shapes mean')
    .option('--caption <words>', 'words below the picture')
    .option('--title <words>', 'the name of the picture, for who cannot see it, and of a Markdown page')
    .addOption(new Option('--scale <factor>', 'of SVG and PNG').choices(['1', '2', '4']).default('1'))
    .addOption(maskOption())
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .addHelpText('after', after)
    .action(async (options: ExportOptions) => {
      const wanted = pictureOptionsOf(options);
      const { output } = options;
      if (output === undefined && process.stdout.isTTY && (wanted.format === 'png' || wanted.format === 'pdf'))
        throw new VethscopeError('usage', `A ${wanted.format.toUpperCase()} is no text for a terminal.`, {
          fix: 'Name a file with -o.',
        });
      const snapshot = await readSnapshot(options);
      if (output === undefined) {
        process.stdout.write(await exportPicture(snapshot, wanted));
        return;
      }
      const picture = wanted.format === 'markdown' ? output.replace(/(\.[^./\\]*)?$/, '.svg') : null;
      await writePicture(output, await exportPicture(snapshot, wanted, picture === null ? null : basename(picture)));
      if (picture !== null) await writePicture(picture, await exportPicture(snapshot, { ...wanted, format: 'svg' }));
    });
}

function pictureOptionsOf(options: ExportOptions): PictureOptions {
  const { lens, theme, mask } = options;
  return {
    format: formatOf(options.format, options.output),
    lens,
    theme,
    transparent: options.transparent ?? false,
    legend: options.legend ?? false,
    caption: options.caption ?? null,
    title: options.title ?? null,
    scale: Number(options.scale),
    mask: maskOf(mask),
    of: subjectOf(options),
  };
}

function subjectOf({ network, project, only, path, proto }: ExportOptions): PictureOptions['of'] {
  if (network !== undefined) return { kind: 'network', network };
  if (project !== undefined) return { kind: 'project', project };
  if (only !== undefined) return { kind: 'only', names: only };
  if (path === undefined) return { kind: 'whole' };
  const [from, to, ...more] = path;
  if (from !== undefined && to !== undefined && more.length === 0) return { kind: 'path', from, to, proto };
  throw new VethscopeError('usage', 'A path has two ends.', {
    where: `--path ${path.join(' ')}`,
    fix: 'Write --path internet host:8080',
  });
}
