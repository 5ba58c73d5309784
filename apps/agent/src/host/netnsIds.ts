import { type Libc, openReadOnly } from './libc.ts';
import { buildMessage, messageFlag, readAttributes, readMessages } from './netlinkMessage.ts';
import { netlinkProtocol, numberRequest, openNetlink } from './netlinkSocket.ts';

/*
 * A link says of its peer only "ifindex 5 in the namespace that I call 3" (IFLA_LINK_NETNSID). The kernel tells which id a
 * namespace has for another when given a file of that other (RTM_GETNSID), so all candidates are asked about until each
 * needed id has a name. Source: linux/net_namespace.h, net/core/net_namespace.c rtnl_net_getid().
 */

const getNsId = 90; // RTM_GETNSID
const newNsId = 88;
const attribute = { nsId: 1, fd: 3 } as const;
const payloadLength = 4; // struct rtgenmsg, padded
const fdAt = 16 + payloadLength + 4;

export type KnownNamespace = { path: string; netns: number };

type Enter = (
  namespace: { fd: number; netns: number },
  action: () => Map<number, number>,
) => Map<number, number> | number;
type Viewer = { path: string; netns: number | null; netnsIds: Record<string, number> };

const request = buildMessage({
  type: getNsId,
  flags: messageFlag.request,
  sequence: 0,
  payload: Buffer.alloc(payloadLength),
  attributes: [{ type: attribute.fd, value: Buffer.alloc(4) }],
});

/**
 * Fills in `netnsIds` of each viewer, as far as the needed namespaces are among `known`. Most containers know one other
 * namespace, the host's: put that first in `known`, and one question each is enough.
 */
export function resolveNetnsIds(
  context: { libc: Libc; receive: Buffer },
  { needed, known, enter }: { needed: Map<Viewer, number[]>; known: KnownNamespace[]; enter: Enter },
) {
  if (needed.size === 0) return;
  const candidates = new Candidates(context.libc, known);
  for (const [viewer, ids] of needed) {
    const { netns } = viewer;
    if (netns === null) continue;
    const fd = context.libc.open(viewer.path, openReadOnly);
    if (fd < 0) continue;
    const found = enter({ fd, netns }, () => askAll(context, { candidates, ids, viewer: netns }));
    context.libc.close(fd);
    if (typeof found === 'number') continue;
    for (const [id, other] of found) viewer.netnsIds[String(id)] = other;
  }
  candidates.close();
}

/** The known namespaces, each opened when it is first asked about. */
class Candidates {
  readonly #libc: Libc;
  readonly #fds = new Map<number, number>();
  readonly all: KnownNamespace[];

  constructor(libc: Libc, known: KnownNamespace[]) {
    this.#libc = libc;
    this.all = [...new Map(known.map((namespace) => [namespace.netns, namespace])).values()];
  }

  fd({ path, netns }: KnownNamespace): number {
    const open = this.#fds.get(netns);
    if (open !== undefined) return open;
    const fd = this.#libc.open(path, openReadOnly);
    this.#fds.set(netns, fd);
    return fd;
  }

  close() {
    for (const fd of this.#fds.values()) if (fd >= 0) this.#libc.close(fd);
  }
}

function askAll(
  { libc, receive }: { libc: Libc; receive: Buffer },
  { candidates, ids, viewer }: { candidates: Candidates; ids: number[]; viewer: number },
): Map<number, number> {
  const found = new Map<number, number>();
  const open = new Set(ids);
  const socket = openNetlink(libc, netlinkProtocol.route);
  if (socket < 0) return found;
  for (const candidate of candidates.all) {
    if (open.size === 0) break;
    // A namespace has no id for itself, but asking would be answered with the id that it has been given for loops.
    if (candidate.netns === viewer) continue;
    const fd = candidates.fd(candidate);
    if (fd < 0) continue;
    const id = askOne({ libc, receive }, socket, fd);
    if (id === null || !open.delete(id)) continue;
    found.set(id, candidate.netns);
  }
  libc.close(socket);
  return found;
}

/** The id that the socket's namespace has for the one behind `fd`; null where it has none. */
function askOne({ libc, receive }: { libc: Libc; receive: Buffer }, socket: number, fd: number): number | null {
  const number = numberRequest(request);
  request.writeUInt32LE(fd, fdAt);
  if (libc.send(socket, request, request.length) < 0) return null;
  const length = libc.recv(socket, receive);
  if (length < 0) return null;
  const answer = readMessages(receive, length).messages.find((message) => message.sequence === number);
  if (answer?.type !== newNsId) return null;
  const { attributes } = readAttributes(receive, answer.start + payloadLength, answer.end);
  const id = attributes.find(({ type }) => type === attribute.nsId);
  if (id === undefined || id.end - id.start < 4) return null;
  const value = receive.readInt32LE(id.start);
  return value < 0 ? null : value; // NETNSA_NSID_NOT_ASSIGNED is -1
}
