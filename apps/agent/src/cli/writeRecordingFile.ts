import { rename, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type Recording, VethscopeError } from '@vethscope/model';

/**
 * Writes a recording, gzipped where the name ends in .gz. It comes into being whole or not at all, readable by its owner only: it says much
 * about a host. Throws `unwritableFile`.
 */
export async function writeRecordingFile(path: string, recording: Recording): Promise<void> {
  const text = `${JSON.stringify(recording)}\n`;
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await writeFile(unfinished, path.endsWith('.gz') ? gzipSync(text) : text, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new VethscopeError('unwritableFile', `The file cannot be written: ${(error as Error).message}.`, {
      where: path,
      cause: error,
    });
  }
}
