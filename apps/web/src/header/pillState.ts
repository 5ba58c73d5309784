import type { Origin } from '@vethscope/model';
import type { Connection } from '../api/connection.ts';
import type { DotTone } from '../ui/StatusDot.tsx';

export type PillWord = 'live' | 'connecting' | 'reconnecting' | 'stale' | 'refused' | 'recorded' | 'sample' | 'resting';

export interface PillState {
  word: PillWord;
  tone: DotTone;
  /** Something is being tried at this moment. */
  trying: boolean;
}

/** After this long without a sign of life, what is shown is called stale and no longer a hiccup of the line. */
const staleMs = 10_000;

/** The one word about how true the picture is now. The line comes first: what no agent confirms is not called live. */
export function pillState(connection: Connection, origin: Origin | null, now: number): PillState {
  switch (connection.phase) {
    case 'connecting':
      return { word: 'connecting', tone: 'quiet', trying: true };
    case 'resting':
      return { word: 'resting', tone: 'quiet', trying: false };
    case 'refused':
      return { word: 'refused', tone: 'bad', trying: false };
    case 'lost':
      // A recording is as true as before: nothing in it grows old.
      if (origin?.kind === 'live' && now - connection.lostAt > staleMs)
        return { word: 'stale', tone: 'bad', trying: true };
      return { word: 'reconnecting', tone: 'warn', trying: true };
    case 'open':
      switch (origin?.kind) {
        case 'live':
          return { word: 'live', tone: 'good', trying: false };
        case 'recording':
          return { word: 'recorded', tone: 'quiet', trying: false };
        case 'sample':
          return { word: 'sample', tone: 'warn', trying: false };
        case undefined:
          return { word: 'connecting', tone: 'quiet', trying: true };
      }
  }
}
