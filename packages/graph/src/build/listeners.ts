import { type Container, ids, type Socket } from '@vethscope/model';
import type { GraphRow } from '../graph.ts';
import { isAny, isLoopback } from './addressWords.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** The engine's own resolver listens in every sandbox on this address; it is no service of the container. */
const embeddedResolver = '127.0.0.11';

export function serviceSockets(index: SnapshotIndex, sandbox: string): Socket[] {
  return index
    .socketsOf(sandbox)
    .filter((socket) => socket.protocol !== 'raw' && socket.address !== embeddedResolver)
    .sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || a.family - b.family);
}

/** ":80", ":53/udp", "127.0.0.1:80". */
function socketWord(socket: Socket): string {
  const suffix = socket.protocol === 'tcp' ? '' : `/${socket.protocol}`;
  return `${isAny(socket.address) ? '' : socket.address.includes(':') ? `[${socket.address}]` : socket.address}:${socket.port}${suffix}`;
}

/** ":80 httpd", ":80 :81 sidecar", "127.0.0.1:80 only", "listens on nothing"; null where nobody could look. */
export function listenerRow(index: SnapshotIndex, container: Container): GraphRow | null {
  if (container.sandbox === null || !index.socketsKnown(container.sandbox)) return null;
  const sockets = serviceSockets(index, container.sandbox);
  const records = sockets.map((socket) => socket.id);
  if (sockets.length === 0)
    return { text: 'listens on nothing', mark: null, records: [container.sandbox], tone: 'note' };
  const words = [...new Set(sockets.map(socketWord))];
  if (sockets.every((socket) => isLoopback(socket.address))) {
    return { text: `${words.join(' ')} only`, mark: null, records, tone: 'note' };
  }
  const programs = [...new Set(sockets.flatMap((socket) => (socket.processes ?? []).map((process) => process.name)))];
  return { text: [...words, ...programs].join(' '), mark: null, records, tone: 'fact' };
}

/** The same for a container in the host's namespace, where only the sockets that its own main process holds are known to be its. */
export function hostListenerRow(index: SnapshotIndex, container: Container): GraphRow | null {
  const own = serviceSockets(index, ids.hostSandbox).filter((socket) =>
    socket.processes?.some(({ pid }) => pid === container.pid),
  );
  if (own.length === 0) return null;
  const words = [...new Set(own.map(socketWord))];
  return { text: `host ${words.join(' ')}`, mark: null, records: own.map((socket) => socket.id), tone: 'fact' };
}

/** Published, but nothing in the container would answer: the commonest fault, so the card's dot says it. */
export function hasDeafPort(index: SnapshotIndex, container: Container): boolean {
  if (container.sandbox === null || !index.socketsKnown(container.sandbox)) return false;
  return index.portsOf(container.id).some((port) => port.active && port.hostPort !== null && port.target === null);
}
