import type { Snapshot } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { collectRecording } from '../collect/collectRecording.ts';
import { openHost } from './openHost.ts';
import type { SharedOptions } from './options.ts';
import { readRecordingFile } from './readRecordingFile.ts';

/** The Snapshot that a command is about: of the recording it was given, else of this host now. Throws what reading the file throws. */
export async function readSnapshot(options: SharedOptions): Promise<Snapshot> {
  if (options.recording !== undefined) return snapshotOf(await readRecordingFile(options.recording));
  const host = openHost({ dockerSocket: options.dockerSocket ?? null, unmasked: false });
  try {
    return snapshotOf(await collectRecording(host.reader));
  } finally {
    await host.kernel.close();
  }
}
