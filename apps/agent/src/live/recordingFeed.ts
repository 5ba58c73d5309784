import { type Recording, type Snapshot, VethscopeError } from '@vethscope/model';
import { commandBodies } from './commandBodies.ts';
import type { Feed } from './feed.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** A Feed that stands still: a recording that somebody named, or the sample. `store` holds its Snapshot already. */
export function recordingFeed(store: SnapshotStore, recording: Recording): Feed {
  let watching = 0;
  const current = () => {
    const published = store.current();
    if (!published) throw new VethscopeError('notReady', 'Nothing has been read yet.');
    return published;
  };
  const snapshot = (): Snapshot => current().snapshot;
  return {
    store,
    fresh: async () => current(),
    watch() {
      watching += 1;
      let ended = false;
      return () => {
        if (!ended) watching -= 1;
        ended = true;
      };
    },
    watchers: () => watching,
    recording: async () => recording,
    commands: (record) =>
      commandBodies(snapshot(), record, 'vethscope shows a recording: run it on the host that was recorded.'),
    runCommand: async () => {
      throw new VethscopeError('notReadable', 'vethscope shows a recording: there is no host to run this on.', {
        fix: 'Copy the command and run it on the host that was recorded.',
      });
    },
    close: async () => {},
  };
}
