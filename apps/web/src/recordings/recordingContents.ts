import type { Recording } from '@vethscope/model';

/** How many of each kind a Recording holds, for who decides whether to hand it on. `notRead`: readings that failed or are not complete. */
export interface RecordingContents {
  hostname: string;
  takenAt: string;
  masked: boolean;
  counts: Record<CountedKind, number>;
}

export const countedKinds = [
  'containers',
  'networks',
  'engineAnswers',
  'namespaces',
  'links',
  'addresses',
  'routes',
  'rules',
  'sockets',
  'processes',
  'resolverFiles',
  'notRead',
] as const;
type CountedKind = (typeof countedKinds)[number];

/** Counts what stands in the file, not what could be made of it: a malformed route is in it as well. */
export function recordingContents(recording: Recording): RecordingContents {
  const { docker, namespaces, containerFiles, processes, sources } = recording;
  const paths = Object.keys(docker.bodies);
  const sum = (of: (readings: Recording['namespaces'][number]['readings']) => number) =>
    namespaces.reduce((total, { readings }) => total + of(readings), 0);
  return {
    hostname: recording.host.hostname,
    takenAt: recording.takenAt,
    masked: recording.masked,
    counts: {
      containers: paths.filter((path) => /^\/containers\/[^/]+\/json$/.test(path)).length,
      networks: paths.filter((path) => /^\/networks\/[^/]+$/.test(path)).length,
      engineAnswers: paths.length,
      namespaces: namespaces.length,
      links: sum(({ links }) => links?.length ?? 0),
      addresses: sum(({ addresses }) => addresses?.length ?? 0),
      routes: sum(({ routes }) => routes?.length ?? 0),
      rules: sum((readings) =>
        [readings.iptables, readings.ip6tables, readings.iptablesLegacy, readings.ip6tablesLegacy]
          .map((text) => occurrences(text, /^(\[\d+:\d+\] )?-A /gm))
          .reduce((total, count) => total + count, occurrences(readings.nft, /\{\s*"rule"\s*:/g)),
      ),
      sockets: sum(({ sockets }) => sockets?.length ?? 0),
      processes: processes.length,
      resolverFiles: Object.values(containerFiles).reduce(
        (total, { resolvConf, hosts }) => total + (resolvConf === null ? 0 : 1) + (hosts === null ? 0 : 1),
        0,
      ),
      notRead: sources.filter(({ status }) => status === 'failed' || status === 'partial').length,
    },
  };
}

const occurrences = (text: string | undefined, pattern: RegExp): number => text?.match(pattern)?.length ?? 0;

/** "vethscope-devbox-2026-11-21T12-30-00.json.gz". A hostname is anything that somebody else wrote. */
export function recordingFileName({ hostname, takenAt }: Pick<RecordingContents, 'hostname' | 'takenAt'>): string {
  const words = `${hostname.slice(0, 64)}-${takenAt.slice(0, 19)}`.replace(/[^A-Za-z0-9_-]+/g, '-');
  return `vethscope-${words}.json.gz`;
}
