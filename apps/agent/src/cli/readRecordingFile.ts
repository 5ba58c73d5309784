import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Recording, VethscopeError } from '@vethscope/model';
import { parseRecordingText } from '@vethscope/parse';

/** A recording of a host of 1,000 containers is some 100 MB of JSON; more than this is no recording, or an attack by gzip. */
const largestBytes = 1024 * 1024 * 1024;

/** Reads a recording, gzipped or not (its first bytes tell). Throws `unreadableFile`, `malformedRecording`, `unsupportedVersion`. */
export async function readRecordingFile(path: string): Promise<Recording> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new VethscopeError('unreadableFile', `The file cannot be read: ${(error as Error).message}.`, {
      where: path,
      cause: error,
    });
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: largestBytes });
    } catch (error) {
      throw new VethscopeError('malformedRecording', 'The file is gzipped, but broken or cut off.', {
        where: path,
        cause: error,
      });
    }
  }
  try {
    return parseRecordingText(bytes.toString('utf8'));
  } catch (error) {
    if (!(error instanceof VethscopeError)) throw error;
    // Which file, and where in it, as compilers say it.
    const where = error.where === null ? path : `${path}:${error.where}`;
    throw new VethscopeError(error.code, error.message, { where, fix: error.fix, cause: error });
  }
}
