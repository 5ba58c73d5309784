import type { Recording, Snapshot } from '@vethscope/model';
import type { MaskOptions } from '../maskSnapshot.ts';
import { maskEngineBodies } from './engineBodies.ts';
import { maskFiles, maskNamespace } from './readings.ts';
import { RecordingWords } from './recordingWords.ts';
import { RulesetNames } from './rulesetNames.ts';
import { unguessable } from './unguessable.ts';

/**
 * A Recording in which names, addresses or both are others, to be handed to somebody who shall see how the host is built and not whose it is. What
 * is drawn of it has the same shape, and every path comes to the same end as before. Of what the sources gave only the fields are left that vethscope
 * reads: what it does not know it cannot mask. `snapshot` is that of the recording; `random` gives a byte that nobody can guess: the addresses of
 * one recording are others each time that it is masked.
 */
export function maskRecording(
  recording: Recording,
  snapshot: Snapshot,
  { names: masksNames, addresses, random = unguessable() }: MaskOptions & { random?: () => number },
): Recording {
  if (!masksNames && !addresses) return recording;
  const words = new RecordingWords({ recording, snapshot }, { names: masksNames, addresses, random });
  const names = new RulesetNames(snapshot, words);
  return {
    format: recording.format,
    version: recording.version,
    takenAt: recording.takenAt,
    writtenBy: recording.writtenBy,
    masked: true,
    replaced: [...(masksNames ? ['names' as const] : []), ...(addresses ? ['addresses' as const] : [])],
    host: { hostname: words.name(recording.host.hostname), kernel: recording.host.kernel },
    docker: {
      endpoint: recording.docker.endpoint === null ? null : endpoint(recording.docker.endpoint, words),
      bodies: maskEngineBodies(recording.docker.bodies, words),
    },
    namespaces: recording.namespaces.map((namespace) => maskNamespace(namespace, words, names)),
    containerFiles: Object.fromEntries(
      Object.entries(recording.containerFiles).map(([id, files]) => [words.id(id), maskFiles(files, words)]),
    ),
    processes: recording.processes.map(({ pid, argv }) => ({
      pid,
      argv: argv.map((word, at) => argument(word, at, words)),
    })),
    sources: recording.sources.map((source) => ({
      ...source,
      reason: source.reason === null ? null : words.report(source.reason),
      fix: source.fix === null ? null : words.report(source.fix),
    })),
  };
}

/** A socket of rootless Docker stands in somebody’s folder. */
function endpoint(where: string, words: RecordingWords): string {
  if (!words.masksNames || /^unix:\/\/(\/var)?\/run\/docker\.sock$/.test(where)) return words.plain(where);
  return /^unix:/.test(where) ? 'unix:///…/docker.sock' : `${where.split(':')[0]}://engine`;
}

/** The arguments of docker-proxy are addresses, ports and switches. */
function argument(word: string, at: number, words: RecordingWords): string {
  if (at > 0 || !words.masksNames) return words.plain(word);
  return word.slice(word.lastIndexOf('/') + 1);
}
