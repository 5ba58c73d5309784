import type { Recording } from '@vethscope/model';
import { type Dirt, everythingDirty, isClean } from '../watch/dirt.ts';
import { type Clock, systemClock } from '../watch/schedule.ts';
import type { HostReader } from './hostReader.ts';

/** What was in doubt is looked at again so often, at most, with a pause before each time. */
const looksAgain = 5;
const pauseMs = 30;

/** A whole Recording of this moment: what the live picture reads a little later is waited for here. */
export async function collectRecording(reader: HostReader): Promise<Recording> {
  await readToEnd((dirt) => reader.read(dirt), systemClock);
  return reader.recording();
}

/** Reads everything by `read`, which gives what it leaves for later. On a host that never rests, what is in doubt at the end stays as it is. */
export async function readToEnd(read: (dirt: Dirt) => Promise<Dirt>, clock: Clock): Promise<void> {
  let dirt = await read(everythingDirty());
  for (let round = 0; round <= looksAgain && !isClean(dirt); round++) {
    if (round > 0) await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
    dirt = await read(dirt);
  }
}
