import { hostname } from 'node:os';
import type { Recording } from '@vethscope/model';
import { maskDockerBody, snapshotOf } from '@vethscope/parse';
import { maskRecording } from '@vethscope/picture';
import { Command, Option } from 'commander';
import { collectRecording } from '../collect/collectRecording.ts';
import { openHost } from './openHost.ts';
import { dockerSocketOption, maskOf, maskOption, recordingOption, type SharedOptions } from './options.ts';
import { readRecordingFile } from './readRecordingFile.ts';
import { writeRecordingFile } from './writeRecordingFile.ts';

interface RecordOptions extends SharedOptions {
  output?: string;
  unmasked?: boolean;
  mask?: string | true;
}

/** `vethscope record`: writes the raw readings of this moment to a file. */
export function recordCommand(): Command {
  return new Command('record')
    .description('write what is read of this host to a file, secrets masked')
    .option('-o, --output <file>', 'the file; gzipped where its name ends in .gz (default: HOST-TIME.json.gz)')
    .addOption(new Option('--unmasked', 'keep environment variables and labels as they are').conflicts('mask'))
    .addOption(maskOption())
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .action(record);
}

async function record(options: RecordOptions): Promise<void> {
  const unmasked = options.unmasked === true;
  const recording =
    options.recording === undefined ? await readHost(options, unmasked) : await readRecordingFile(options.recording);
  // A host's is masked while it is read; a file may have been written without.
  const secretless = unmasked ? recording : masked(recording);
  const mask = maskOf(options.mask);
  const written = mask === null ? secretless : maskRecording(secretless, snapshotOf(secretless), mask);
  const path =
    options.output ??
    `vethscope-${mask?.names ? 'host' : hostname()}-${recording.takenAt.slice(0, 19).replace(/:/g, '')}.json.gz`;
  await writeRecordingFile(path, written);
  const failed = written.sources.filter(({ status }) => status === 'failed' || status === 'partial');
  process.stdout.write(
    `${path}: ${written.namespaces.length} namespaces, ${failed.length === 0 ? 'everything read' : `${failed.length} readings not complete`}\n`,
  );
  for (const { source, sandbox, reason, fix } of failed) {
    process.stderr.write(
      `  ${source}${sandbox === null ? '' : ` of ${sandbox}`}: ${reason ?? 'not read'}${fix === null ? '' : ` (${fix})`}\n`,
    );
  }
}

async function readHost(options: RecordOptions, unmasked: boolean): Promise<Recording> {
  const host = openHost({ dockerSocket: options.dockerSocket ?? null, unmasked });
  try {
    return await collectRecording(host.reader);
  } finally {
    await host.kernel.close();
  }
}

function masked(recording: Recording): Recording {
  const bodies = Object.fromEntries(
    Object.entries(recording.docker.bodies).map(([path, body]) => [path, maskDockerBody(body)]),
  );
  return { ...recording, masked: true, docker: { ...recording.docker, bodies } };
}
