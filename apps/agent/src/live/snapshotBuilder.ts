import type { NamespaceRecording, Recording, Snapshot } from '@vethscope/model';
import { assemble, type NamespaceRecords, ownerContextOf, parseEngine, parseNamespace } from '@vethscope/parse';

/**
 * Recording → Snapshot, like parse's `snapshotOf`, but for one recording after the other of the same host: a namespace that was not read again
 * is not parsed again, and a record that did not change is the same object as before, which makes the diff cheap.
 */
export function createSnapshotBuilder(): (recording: Recording) => Snapshot {
  let parsed = new Map<NamespaceRecording, NamespaceRecords>();
  let contextKey = '';
  let previous: Snapshot | null = null;

  return (recording) => {
    const engine = parseEngine(recording.docker.bodies);
    const known = ownerContextOf(engine);
    const key = JSON.stringify([[...(known.bridges ?? [])], [...(known.subnets ?? [])]]);
    if (key !== contextKey) parsed.clear();
    contextKey = key;
    const next = new Map<NamespaceRecording, NamespaceRecords>();
    for (const namespace of recording.namespaces) {
      next.set(namespace, parsed.get(namespace) ?? parseNamespace(namespace, known));
    }
    parsed = next;
    previous = assemble({
      readAt: recording.takenAt,
      host: recording.host,
      endpoint: recording.docker.endpoint,
      namespaces: [...next.values()],
      engine,
      processes: recording.processes,
      containerFiles: recording.containerFiles,
      sources: recording.sources,
      previous,
    });
    return previous;
  };
}
