import { applyDiff, type Origin, type Snapshot, type StreamMessage } from '@vethscope/model';

/** The Snapshot that the page holds, under its name: `version` counts up within `epoch`, which is one run of the agent. */
export interface Held {
  epoch: string;
  version: number;
  origin: Origin;
  snapshot: Snapshot;
  /** What it is, where it is not what the agent tells of now. */
  elsewhere?: Elsewhere;
}

/** A moment of the host that is over (`at` as ISO time), or a file that was opened in the page. */
type Elsewhere = { kind: 'past'; at: string } | { kind: 'file'; name: string };

/** `gap`: a diff that does not follow on what is held. The stream has to be asked anew for a full Snapshot. */
export type Reduced = { kind: 'held'; held: Held } | { kind: 'same' } | { kind: 'gap' };

/**
 * What the page holds after a message.
 * [S1] A snapshot replaces what is held, whatever it is.
 * [S2] A diff applies only to the version before it, within its epoch.
 * [S3] A diff that is known already (sent twice at a reconnect) changes nothing.
 * [S4] A diff that leaves out a version, or is of another epoch, or comes first, is a gap.
 * [S5] Counters are not part of what is held.
 */
export function reduceStream(held: Held | null, message: StreamMessage): Reduced {
  switch (message.type) {
    case 'snapshot': {
      const { epoch, version, origin, snapshot } = message;
      return { kind: 'held', held: { epoch, version, origin, snapshot } };
    }
    case 'diff': {
      if (!held || held.epoch !== message.epoch || message.version > held.version + 1) return { kind: 'gap' };
      if (message.version <= held.version) return { kind: 'same' };
      return {
        kind: 'held',
        held: { ...held, version: message.version, snapshot: applyDiff(held.snapshot, message.diff) },
      };
    }
    case 'origin':
      return held ? { kind: 'held', held: { ...held, origin: message.origin } } : { kind: 'same' };
    case 'counters':
      return { kind: 'same' };
  }
}
