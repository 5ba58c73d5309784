import { writeFile } from 'node:fs/promises';
import { VethscopeError } from '@vethscope/model';

/** Writes a picture, over one that is there. Throws `unwritableFile`. */
export async function writePicture(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new VethscopeError('unwritableFile', `The file cannot be written: ${(error as Error).message}.`, {
      where: path,
      fix: 'Name a file in a folder that you may write to.',
      cause: error,
    });
  }
}
