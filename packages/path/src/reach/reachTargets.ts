import type { Container, Family, Protocol, PublishedPort, QuestionTarget, Snapshot, Socket } from '@vethscope/model';
import { isLinkLocal, isLoopbackAddress } from '../ipNumber.ts';
import { worldOf } from '../world.ts';
import { homeNetwork } from './homeNetwork.ts';

export interface ReachGroup {
  kind: 'host' | 'container';
  /** "host", or the Container id. */
  id: string;
  label: string;
  /** The name of a container's home network. */
  network: string | null;
}

/** What may be reached: one column of the matrix. */
export interface ReachTarget {
  /** Stable from one Snapshot to the next. */
  id: string;
  kind: 'listener' | 'published';
  group: ReachGroup;
  /** As it is asked for on the command line: "web:80", "host:8080", "192.168.1.5:8082". */
  label: string;
  protocol: Protocol;
  port: number;
  to: QuestionTarget;
  /** Set where it is reached by addresses of one family only. */
  family: Family | null;
  /** The Sandbox in which it listens. */
  sandbox: string;
  /** It listens on this loopback address and on no other: who is not in its Sandbox is refused. */
  loopback: string | null;
  /** Ids of records: the container, the published ports, the sockets. */
  touches: string[];
}

/** The embedded DNS server that dockerd puts into every sandbox of a network with names. */
const embeddedDns = '127.0.0.11';
const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';
const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/**
 * Everything that listens or is published, grouped by container: the host's own listeners, then for each container its sockets and its
 * published ports. Sockets of docker-proxy are its published ports', and the embedded DNS server is nobody's service: both are left out. A container
 * on several networks is one target: its name is what a sender asks for, and the address is found as that sender would find it.
 */
export function reachTargets(snapshot: Snapshot): ReachTarget[] {
  const sockets = socketsBySandbox(snapshot);
  const published = publishedByContainer(snapshot);
  const targets = hostListeners(snapshot, sockets.get('sandbox:host') ?? []);
  for (const { container, group } of groupsOf(snapshot)) {
    if (ownsSandbox(snapshot, container))
      targets.push(...containerListeners(container, group, sockets.get(container.sandbox ?? '') ?? []));
    targets.push(...publishedTargets(group, published.get(container.id) ?? []));
  }
  return targets;
}

function groupsOf(snapshot: Snapshot): { container: Container; group: ReachGroup }[] {
  const place = ({ group }: { group: ReachGroup }): string => `${group.network ?? '￿'} ${group.label}`;
  return Object.values(snapshot.records.container)
    .map((container) => {
      const { id, name: label } = container;
      const group: ReachGroup = { kind: 'container', id, label, network: homeNetwork(snapshot, container) };
      return { container, group };
    })
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** What listens in a sandbox that several containers share stands under one of them: the one that made it, or the first that is left. */
function ownsSandbox({ records }: Snapshot, container: Container): boolean {
  const sandbox = container.sandbox === null ? undefined : records.sandbox[container.sandbox];
  if (sandbox === undefined || sandbox.kind !== 'container') return false;
  const sharing = sandbox.containers.flatMap((id) => records.container[id] ?? []);
  return (sharing.find(({ mode }) => mode !== 'container') ?? sharing[0])?.id === container.id;
}

function socketsBySandbox({ records }: Snapshot): Map<string, Socket[]> {
  const found = new Map<string, Socket[]>();
  for (const socket of Object.values(records.socket)) {
    if (socket.protocol === 'raw' || socket.address === embeddedDns) continue;
    const list = found.get(socket.sandbox);
    if (list === undefined) found.set(socket.sandbox, [socket]);
    else list.push(socket);
  }
  return found;
}

interface Listening {
  protocol: Protocol;
  port: number;
  sockets: Socket[];
}

/** The sockets of a sandbox by protocol and port, in that order: those of both families are one service. */
function byPort(sockets: readonly Socket[]): Listening[] {
  const found = new Map<string, Listening>();
  for (const socket of sockets) {
    const { protocol, port } = socket;
    if (protocol === 'raw') continue;
    const listening = found.get(`${protocol}/${port}`) ?? { protocol, port, sockets: [] };
    found.set(`${protocol}/${port}`, listening);
    listening.sockets.push(socket);
  }
  return [...found.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

const familyOf = (sockets: readonly Socket[]): Family | null =>
  sockets.every(({ family, v6only }) => family === 6 && v6only === true) ? 6 : null;

function loopbackOf(sockets: readonly Socket[]): string | null {
  return sockets.every(({ address }) => isLoopbackAddress(address)) ? (sockets[0]?.address ?? null) : null;
}

const slug = (group: ReachGroup, { protocol, port }: Listening): string => `${group.id}/${protocol}/${port}`;

function containerListeners(
  { id, name, sandbox }: Container,
  group: ReachGroup,
  sockets: readonly Socket[],
): ReachTarget[] {
  return byPort(sockets).map((listening) => {
    const { protocol, port } = listening;
    return {
      id: slug(group, listening),
      kind: 'listener',
      group,
      label: `${name}:${port}`,
      protocol,
      port,
      to: { kind: 'container', name, port },
      family: familyOf(listening.sockets),
      sandbox: sandbox ?? '',
      loopback: loopbackOf(listening.sockets),
      touches: [id, ...listening.sockets.map((socket) => socket.id)],
    };
  });
}

function hostListeners(snapshot: Snapshot, sockets: readonly Socket[]): ReachTarget[] {
  const { records } = snapshot;
  const { proxyOfSocket } = worldOf(snapshot);
  const ofPorts = new Set(Object.values(records.publishedPort).map(({ socket }) => socket));
  // An IPv6 link-local address means nothing without its link, and a question has no word for that.
  const own = sockets.filter(({ id, address }) => !proxyOfSocket.has(id) && !ofPorts.has(id) && !isLinkLocal(address));
  const group: ReachGroup = { kind: 'host', id: 'host', label: 'host', network: null };
  return byPort(own).flatMap((listening) => {
    const { protocol, port } = listening;
    const of = (address: string | null, some: readonly Socket[]): ReachTarget => ({
      id: `${slug(group, listening)}${address === null ? '' : `/${address}`}`,
      kind: 'listener',
      group,
      label: withPort(address ?? 'host', port),
      protocol,
      port,
      to: address === null ? { kind: 'host', port } : { kind: 'address', address, port },
      family: address === null ? familyOf(some) : null,
      sandbox: 'sandbox:host',
      loopback: loopbackOf(some),
      touches: some.map((socket) => socket.id),
    });
    if (listening.sockets.some(({ address }) => isWildcard(address))) return [of(null, listening.sockets)];
    const local = listening.sockets.filter(({ address }) => isLoopbackAddress(address));
    const others = listening.sockets.filter(({ address }) => !isLoopbackAddress(address));
    return [...(local.length === 0 ? [] : [of(null, local)]), ...others.map((socket) => of(socket.address, [socket]))];
  });
}

function publishedByContainer({ records }: Snapshot): Map<string, PublishedPort[]> {
  const found = new Map<string, PublishedPort[]>();
  for (const port of Object.values(records.publishedPort)) {
    // A routed network has a mapping without a port of the host: there is nothing to ask the host for.
    if (!port.active || port.hostPort === null) continue;
    const list = found.get(port.container);
    if (list === undefined) found.set(port.container, [port]);
    else list.push(port);
  }
  return found;
}

/** One target per port of the host: 0.0.0.0 and "::" are one, and so are the loopback addresses; any other address is one of its own. */
function publishedTargets(group: ReachGroup, ports: readonly PublishedPort[]): ReachTarget[] {
  const found = new Map<string, PublishedPort[]>();
  for (const port of ports) {
    const { protocol, hostPort, hostAddress } = port;
    const place = isWildcard(hostAddress) ? 'any' : isLoopbackAddress(hostAddress) ? 'loopback' : hostAddress;
    const key = `${protocol}/${hostPort ?? 0}/${place}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [port]);
    else list.push(port);
  }
  return [...found]
    .map(([key, [first, ...others]]) => (first === undefined ? null : publishedTarget(group, key, [first, ...others])))
    .filter((one) => one !== null)
    .sort((a, b) => a.port - b.port || (a.id < b.id ? -1 : 1));
}

function publishedTarget(group: ReachGroup, key: string, ports: [PublishedPort, ...PublishedPort[]]): ReachTarget {
  const [{ protocol, hostAddress, hostPort, container }] = ports;
  const port = hostPort ?? 0;
  const isHost = isWildcard(hostAddress) || isLoopbackAddress(hostAddress);
  const address = hostAddress.replace(/^\[(.*)\]$/, '$1');
  return {
    id: `published/${key}`,
    kind: 'published',
    group,
    label: isHost ? `host:${port}` : withPort(address, port),
    protocol,
    port,
    to: isHost ? { kind: 'host', port } : { kind: 'address', address, port },
    family: isHost && ports.every((one) => one.hostAddress.includes(':')) ? 6 : null,
    sandbox: 'sandbox:host',
    loopback: isLoopbackAddress(hostAddress) ? hostAddress : null,
    touches: [container, ...ports.flatMap(({ id, socket }) => (socket === null ? [id] : [id, socket]))],
  };
}
