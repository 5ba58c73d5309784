import type { CommandBody, CommandOutputBody, Recording } from '@vethscope/model';
import type { Published, SnapshotStore } from './snapshotStore.ts';

/**
 * What the server serves, whatever is behind it: a live host, a recording, or the sample until the host can be read. A watcher is
 * somebody who looks: the sources start with the first and rest with the last.
 */
export interface Feed {
  readonly store: SnapshotStore;
  /** The current Snapshot, read now where nobody watches and the last one is old. Throws `notReady` where nothing could be read. */
  fresh(): Promise<Published>;
  /** Starts the sources, or keeps them going. The returned function ends this watcher's interest; calling it twice does no harm. */
  watch(): () => void;
  watchers(): number;
  /** The raw readings behind the current Snapshot, secrets masked. */
  recording(): Promise<Recording>;
  commands(recordId: string): CommandBody[];
  runCommand(recordId: string, commandId: string): Promise<CommandOutputBody>;
  close(): Promise<void>;
}
