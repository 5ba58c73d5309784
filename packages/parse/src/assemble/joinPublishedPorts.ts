import {
  type Container,
  type DockerProxy,
  type Endpoint,
  ids,
  type PublishedPort,
  type Rule,
  type Socket,
} from '@vethscope/model';
import { canonicalAddress, isWildcard } from '../addressText.ts';
import { hostNamespace } from './deduceEngine.ts';
import { type DnatRule, readDnatRule } from './dnatRule.ts';
import type { Draft } from './draft.ts';
import { SocketTable } from './findSocket.ts';

interface Sources {
  ports: readonly PublishedPort[];
  proxies: readonly DockerProxy[];
}

export interface JoinedPorts {
  ports: PublishedPort[];
  proxies: DockerProxy[];
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = groups.get(key);
    if (list) list.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The sockets of a docker-proxy: those that name its pid, or, where nobody looked, those at the very address of its arguments. */
function proxySockets(proxy: DockerProxy, sockets: SocketTable): string[] {
  const at = sockets.at(proxy.protocol, proxy.hostPort);
  const held = at.filter((socket) => socket.processes?.some(({ pid }) => pid === proxy.pid));
  if (held.length > 0) return held.map(({ id }) => id);
  // Since 28.0 dockerd binds the socket and hands it down: the engine's pid may stand there as well.
  return at.filter((socket) => socket.address === proxy.hostAddress).map(({ id }) => id);
}

const anyPort = '*';

/** Whether a rule serves the port that was published at this host address. */
function serves(
  rule: DnatRule,
  port: PublishedPort,
  { hostAddress, hostPort }: { hostAddress: string; hostPort: number },
): boolean {
  if (rule.protocol !== null && rule.protocol !== port.protocol) return false;
  if (rule.ports !== null && (hostPort < rule.ports.from || hostPort > rule.ports.to)) return false;
  if ((rule.toPort ?? hostPort) !== port.containerPort) return false;
  if (rule.family !== (hostAddress.includes(':') ? 6 : 4)) return false;
  // Docker writes no destination for the wildcard, and the address itself for any other.
  return isWildcard(hostAddress) ? rule.destination === null : rule.destination === hostAddress;
}

class PortJoin {
  private readonly endpointsOf: Map<string, Endpoint[]>;
  private readonly rulesTo: Map<string, DnatRule[]>;
  private readonly proxiesAt: Map<string, DockerProxy[]>;
  private readonly hostSockets: SocketTable;
  private readonly socketsOf = new Map<string, SocketTable>();
  private readonly socketLists: ReadonlyMap<string, readonly Socket[]>;
  private readonly draft: Draft;

  constructor(draft: Draft, proxies: readonly DockerProxy[]) {
    this.draft = draft;
    this.socketLists = new Map(draft.namespaces.map(({ sandbox, sockets }) => [sandbox.id, sockets]));
    const rules: readonly Rule[] = hostNamespace(draft.namespaces)?.rules ?? [];
    this.rulesTo = groupBy(
      rules.flatMap((rule) => readDnatRule(rule) ?? []),
      ({ toAddress, toPort }) => `${toAddress} ${toPort ?? anyPort}`,
    );
    this.endpointsOf = groupBy(draft.endpoints.values(), ({ container }) => container);
    this.proxiesAt = groupBy(proxies, ({ protocol, hostPort }) => `${protocol}/${hostPort}`);
    this.hostSockets = this.socketsIn(ids.hostSandbox);
  }

  private socketsIn(sandbox: string): SocketTable {
    const known = this.socketsOf.get(sandbox);
    if (known) return known;
    const table = new SocketTable(this.socketLists.get(sandbox) ?? []);
    this.socketsOf.set(sandbox, table);
    return table;
  }

  proxy(proxy: DockerProxy): DockerProxy {
    const sockets = proxySockets(proxy, this.hostSockets);
    return sockets.length === 0 ? proxy : { ...proxy, sockets };
  }

  private endpointWith(endpoints: readonly Endpoint[], address: string): Endpoint | null {
    return (
      endpoints.find(({ ipv4, ipv6 }) => ipv4 === address || (ipv6 !== null && canonicalAddress(ipv6) === address)) ??
      null
    );
  }

  /** With no rule and no proxy to tell: the only endpoint on a bridge, or the one by which the container leaves. */
  private likelyEndpoint(container: Container, endpoints: readonly Endpoint[]): Endpoint | null {
    if (container.mode === 'host' || container.mode === 'container') return null;
    const bridged = endpoints.filter(({ network }) => this.draft.networks.get(network)?.driver === 'bridge');
    if (bridged.length === 1) return bridged[0] ?? null;
    const leaving = bridged.filter(
      ({ network, gateway4, gateway6 }) =>
        this.draft.networks.get(network)?.internal === false && (gateway4 !== null || gateway6 !== null),
    );
    return leaving.length === 1 ? (leaving[0] ?? null) : null;
  }

  /** DNAT rules that lead to this port of the container, or to an address of it with the port as it was. */
  private rulesFor({ containerPort }: PublishedPort, endpoints: readonly Endpoint[]): DnatRule[] {
    const found: DnatRule[] = [];
    for (const { ipv4, ipv6 } of endpoints) {
      for (const address of [ipv4, ipv6]) {
        if (address === null) continue;
        const text = canonicalAddress(address) ?? address;
        found.push(
          ...(this.rulesTo.get(`${text} ${containerPort}`) ?? []),
          ...(this.rulesTo.get(`${text} ${anyPort}`) ?? []),
        );
      }
    }
    return found;
  }

  port(port: PublishedPort): PublishedPort {
    const container = this.draft.containers.get(port.container);
    if (!container) return port;
    const endpoints = this.endpointsOf.get(container.id) ?? [];
    const { hostPort } = port;
    if (!port.active || hostPort === null) {
      const endpoint = this.likelyEndpoint(container, endpoints);
      return {
        ...port,
        endpoint: endpoint?.id ?? null,
        target: this.targetOf(port, container, endpoint?.ipv4 ?? null),
      };
    }
    const hostAddress = canonicalAddress(port.hostAddress) ?? port.hostAddress;
    const rules = this.rulesFor(port, endpoints).filter((rule) => serves(rule, port, { hostAddress, hostPort }));
    const proxy =
      this.proxiesAt
        .get(`${port.protocol}/${hostPort}`)
        ?.find((one) => one.hostAddress === hostAddress && one.containerPort === port.containerPort) ?? null;
    const toAddress = proxy?.containerAddress ?? rules[0]?.toAddress ?? null;
    const endpoint =
      (toAddress === null ? null : this.endpointWith(endpoints, toAddress)) ??
      this.likelyEndpoint(container, endpoints);
    const socket = this.hostSockets.receiving({ protocol: port.protocol, address: hostAddress, port: hostPort });
    return {
      ...port,
      endpoint: endpoint?.id ?? null,
      rules: rules.map(({ id }) => id),
      proxy: proxy?.id ?? null,
      socket: socket?.id ?? null,
      target: this.targetOf(port, container, toAddress ?? endpoint?.ipv4 ?? endpoint?.ipv6 ?? null),
    };
  }

  /** The socket in the container that would receive what comes to this address of it. */
  private targetOf(port: PublishedPort, container: Container, address: string | null): string | null {
    if (!port.active || container.sandbox === null || address === null) return null;
    const sockets = this.socketsIn(container.sandbox);
    return sockets.receiving({ protocol: port.protocol, address, port: port.containerPort })?.id ?? null;
  }
}

/** What answers for each published port: DNAT rules, docker-proxy, the socket on the host and the one in the container. */
export function joinPublishedPorts(draft: Draft, { ports, proxies }: Sources): JoinedPorts {
  const join = new PortJoin(draft, proxies);
  return { ports: ports.map((port) => join.port(port)), proxies: proxies.map((proxy) => join.proxy(proxy)) };
}
