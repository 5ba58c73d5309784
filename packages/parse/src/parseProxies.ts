import { type DockerProxy, ids, ProcessReading, Transport } from '@vethscope/model';
import { canonicalAddress } from './addressText.ts';
import { readElements } from './readElements.ts';
import { type Parsed, WarningList } from './warnings.ts';

/** Go's flag package takes `-name value`, `-name=value` and the same with two dashes. */
function flagsOf(argv: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let at = 1; at < argv.length; at++) {
    const word = /^--?([^=]+)(?:=(.*))?$/s.exec(argv[at] ?? '');
    if (word?.[1] === undefined) continue;
    const next = argv[at + 1];
    if (word[2] !== undefined) flags.set(word[1], word[2]);
    else if (next !== undefined && !next.startsWith('-')) {
      flags.set(word[1], next);
      at++;
    } else flags.set(word[1], '');
  }
  return flags;
}

function portOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : null;
}

/** Readings that were parsed before: whoever keeps the list of processes keeps the records. A list is not changed after it was read. */
const parsedLists = new WeakMap<object, Parsed<DockerProxy>>();

/**
 * The docker-proxy processes by their arguments; other processes are passed over. Sockets are joined by assemble. Source: moby
 * cmd/docker-proxy/main_linux.go parseFlags (`-use-listen-fd` came with 28.0).
 */
export function parseProxies(readings: readonly unknown[]): Parsed<DockerProxy> {
  const known = parsedLists.get(readings);
  if (known) return known;
  const parsed = readProxies(readings);
  parsedLists.set(readings, parsed);
  return parsed;
}

function readProxies(readings: readonly unknown[]): Parsed<DockerProxy> {
  const warnings = new WarningList('processes', null);
  const records = new Map<string, DockerProxy>();
  readElements(readings, ProcessReading, {
    warnings,
    each: ({ pid, argv }) => {
      if (!/(^|\/)(rootlesskit-)?docker-proxy$/.test(argv[0] ?? '')) return undefined;
      const flags = flagsOf(argv);
      const protocol = Transport.safeParse(flags.get('proto') ?? 'tcp');
      const hostAddress = canonicalAddress(flags.get('host-ip') ?? '');
      const containerAddress = canonicalAddress(flags.get('container-ip') ?? '');
      const hostPort = portOf(flags.get('host-port'));
      const containerPort = portOf(flags.get('container-port'));
      if (
        !protocol.success ||
        hostAddress === null ||
        containerAddress === null ||
        hostPort === null ||
        containerPort === null
      ) {
        return 'the arguments of this docker-proxy are not understood';
      }
      const id = ids.proxy(pid);
      records.set(id, {
        type: 'proxy',
        id,
        pid,
        protocol: protocol.data,
        hostAddress,
        hostPort,
        containerAddress,
        containerPort,
        argv,
        sockets: [],
      });
      return undefined;
    },
  });
  return { records: [...records.values()], warnings: warnings.list };
}
