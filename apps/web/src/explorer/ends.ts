import type { Container, Protocol, PublishedPort, Snapshot, Socket } from '@vethscope/model';

/* Who can stand at an end of a path on this host, and the words that mean them. */

/** An address of the documentation range (RFC 5737), which stands for any machine of the internet. */
const someInternetAddress = '203.0.113.9';

export const isUp = ({ state, sandbox }: Container): boolean =>
  sandbox !== null && (state === 'running' || state === 'paused');

/** A machine on the LAN: the gateway of the default route, which is there for certain. null where there is none. */
export function lanNeighbour({ records }: Snapshot): { address: string; link: string } | null {
  const ways = Object.values(records.route).filter(
    ({ sandbox, family, destination, gateway, table }) =>
      sandbox === 'sandbox:host' && family === 4 && destination === '0.0.0.0/0' && gateway !== null && table === 'main',
  );
  const [best] = ways.sort((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
  if (!best?.gateway) return null;
  return { address: best.gateway, link: records.link[best.link ?? '']?.name ?? '' };
}

export const withPort = (place: string, port: number | null): string => {
  if (port === null) return place;
  return place.includes(':') && !place.startsWith('container:') ? `[${place}]:${port}` : `${place}:${port}`;
};

type Transport = Exclude<Protocol, 'icmp'>;

export interface OpenPort {
  protocol: Transport;
  port: number;
  /** By what it is known: a socket that answers, or only what its image or its publishing says. */
  by: 'socket' | 'published' | 'exposed';
  /** Process names, where they were read. */
  names: string[];
}

const resolverAddress = '127.0.0.11';
const rank = { socket: 0, published: 1, exposed: 2 };

/** The ports of a container that somebody may ask for: what listens in it, then what is published or exposed though nothing listens. */
export function portsOf({ records }: Snapshot, container: Container): OpenPort[] {
  const found = new Map<string, OpenPort>();
  const add = (port: OpenPort) => {
    const key = `${port.protocol}/${port.port}`;
    const known = found.get(key);
    if (!known || rank[port.by] < rank[known.by]) found.set(key, port);
    else for (const name of port.names) if (!known.names.includes(name)) known.names.push(name);
  };
  const isOwn = ({ sandbox, protocol, address }: Socket) =>
    sandbox === container.sandbox && protocol !== 'raw' && address !== resolverAddress;
  // What shares the host's namespace has the host's sockets, which are not known to be its own.
  if (container.mode !== 'host') {
    for (const socket of Object.values(records.socket)) {
      if (!isOwn(socket) || socket.protocol === 'raw') continue;
      const names = [...new Set(socket.processes?.map(({ name }) => name) ?? [])];
      add({ protocol: socket.protocol, port: socket.port, by: 'socket', names });
    }
  }
  for (const port of Object.values(records.publishedPort)) {
    if (port.container === container.id)
      add({ protocol: port.protocol, port: port.containerPort, by: 'published', names: [] });
  }
  for (const { protocol, port } of container.exposedPorts) add({ protocol, port, by: 'exposed', names: [] });
  const order: Record<Transport, number> = { tcp: 0, udp: 1, sctp: 2 };
  return [...found.values()].sort(
    (a, b) => rank[a.by] - rank[b.by] || order[a.protocol] - order[b.protocol] || a.port - b.port,
  );
}

/** "host:8080", or the one address that it is published on. null while the engine has not chosen a port. */
export function publishedWord({ hostAddress, hostPort }: PublishedPort): string | null {
  if (hostPort === null) return null;
  const any = hostAddress === '0.0.0.0' || hostAddress === '::' || hostAddress === '';
  return withPort(any ? 'host' : hostAddress, hostPort);
}

/** The word by which a container sends. */
export const senderWord = (name: string): string =>
  name === 'host' || name === 'internet' || /^[\d.]+$/.test(name) ? `container:${name}` : name;

/** The word by which a container is asked for, at its first port. */
export function receiverWord(snapshot: Snapshot, container: Container): { to: string; proto: Protocol } {
  const [first] = portsOf(snapshot, container);
  const word = `container:${container.name}`;
  return first === undefined ? { to: word, proto: 'icmp' } : { to: withPort(word, first.port), proto: first.protocol };
}

/** A way out to ask about, where no address is given. */
export const somewhereOutside = withPort(someInternetAddress, 443);
