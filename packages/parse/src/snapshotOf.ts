import type { Recording, Snapshot } from '@vethscope/model';
import { assemble } from './assemble/assemble.ts';
import { ownerContextOf } from './ownerContextOf.ts';
import { parseEngine } from './parseEngine.ts';
import { parseNamespace } from './parseNamespace.ts';

/** The whole way from a Recording to its Snapshot. Never throws for a Recording that parseRecording let through. */
export function snapshotOf(recording: Recording): Snapshot {
  const engine = parseEngine(recording.docker.bodies);
  const known = ownerContextOf(engine);
  return assemble({
    readAt: recording.takenAt,
    host: recording.host,
    endpoint: recording.docker.endpoint,
    namespaces: recording.namespaces.map((namespace) => parseNamespace(namespace, known)),
    engine,
    processes: recording.processes,
    containerFiles: recording.containerFiles,
    sources: recording.sources,
  });
}
