import type { Recording } from '@vethscope/model';
import { everythingDirty, isClean } from '../watch/dirt.ts';
import type { HostReader } from './hostReader.ts';

/** A whole Recording of this moment: what the live picture reads a little later is waited for here. */
export async function collectRecording(reader: HostReader): Promise<Recording> {
  let dirt = everythingDirty();
  while (!isClean(dirt)) dirt = await reader.read(dirt);
  return reader.recording();
}
