import {
  type Address,
  type Container,
  type Endpoint,
  type FdbEntry,
  ids,
  type Link,
  type Network,
  type PublishedPort,
  type Route,
  type Snapshot,
  type Socket,
} from '@vethscope/model';

/** The records of a snapshot, grouped by what they belong to and in the order in which they are drawn. Made once per graph. */
export interface SnapshotIndex {
  snapshot: Snapshot;
  /** Without Docker's `host` and `none`: the default bridge first, then by creation, then by name. */
  networks: Network[];
  /** By creation, then by name. */
  containers: Container[];
  hue: (networkId: string | null) => number | null;
  container: (id: string) => Container | undefined;
  network: (id: string) => Network | undefined;
  link: (id: string | null) => Link | undefined;
  linksOf: (sandbox: string) => Link[];
  addressesOf: (link: string) => Address[];
  routesOf: (sandbox: string) => Route[];
  socketsOf: (sandbox: string) => Socket[];
  /** False where nobody could look: then "listens on nothing" must not be said. */
  socketsKnown: (sandbox: string) => boolean;
  endpointsOf: (container: string) => Endpoint[];
  endpointsOn: (network: string) => Endpoint[];
  portsOf: (container: string) => PublishedPort[];
  fdbOf: (link: string) => FdbEntry[];
}

export function isDefaultBridge(network: Network): boolean {
  return (
    network.options['com.docker.network.bridge.default_bridge'] === 'true' ||
    (network.driver === 'bridge' && network.name === 'bridge')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const byCreation = (a: { createdAt: string | null; name: string }, b: { createdAt: string | null; name: string }) =>
  compareText(a.createdAt ?? '', b.createdAt ?? '') || compareText(a.name, b.name);

function group<T>(records: Record<string, T>, key: (record: T) => string | null): (key: string) => T[] {
  const groups = new Map<string, T[]>();
  for (const record of Object.values(records)) {
    const of = key(record);
    if (of === null) continue;
    const present = groups.get(of);
    if (present) present.push(record);
    else groups.set(of, [record]);
  }
  return (of) => groups.get(of) ?? [];
}

/** By position, but for networks that keep a hue that they had: no other gets theirs. */
function assignHues(networks: Network[], kept: Readonly<Record<string, number>>): Map<string, number> {
  const used = new Set(networks.flatMap((network) => kept[network.id] ?? []));
  const hues = new Map<string, number>();
  networks.forEach((network, position) => {
    let hue = kept[network.id] ?? position;
    while (kept[network.id] === undefined && used.has(hue)) hue += 1;
    used.add(hue);
    hues.set(network.id, hue);
  });
  return hues;
}

export function indexSnapshot(snapshot: Snapshot, hues: Readonly<Record<string, number>> = {}): SnapshotIndex {
  const { records } = snapshot;
  const networks = Object.values(records.network)
    .filter((network) => network.driver !== 'host' && network.driver !== 'null')
    .sort((a, b) => Number(isDefaultBridge(b)) - Number(isDefaultBridge(a)) || byCreation(a, b));
  const hueOf = assignHues(networks, hues);
  const rank = new Map(networks.map((network, index) => [network.id, index]));
  const containers = Object.values(records.container).sort(byCreation);
  const endpointsOf = group(records.endpoint, (endpoint) => endpoint.container);
  const unread = new Set(
    snapshot.sources
      .filter((report) => report.source === 'sockets' && report.status === 'failed')
      .map((report) => report.sandbox ?? '*'),
  );
  return {
    snapshot,
    networks,
    containers,
    hue: (id) => (id === null ? null : (hueOf.get(id) ?? null)),
    container: (id) => records.container[id],
    network: (id) => records.network[id],
    link: (id) => (id === null ? undefined : records.link[id]),
    linksOf: group(records.link, (link) => link.sandbox),
    addressesOf: group(records.address, (address) => address.link),
    routesOf: group(records.route, (route) => route.sandbox),
    socketsOf: group(records.socket, (socket) => socket.sandbox),
    socketsKnown: (sandbox) => records.sandbox[sandbox] !== undefined && !unread.has(sandbox) && !unread.has('*'),
    endpointsOf: (container) =>
      [...endpointsOf(container)].sort((a, b) => (rank.get(a.network) ?? -1) - (rank.get(b.network) ?? -1)),
    endpointsOn: group(records.endpoint, (endpoint) => endpoint.network),
    portsOf: group(records.publishedPort, (port) => port.container),
    fdbOf: group(records.fdbEntry, (entry) => entry.link),
  };
}

/**
 * The Endpoint at whose network a container is drawn: the one that it was created on, which it keeps whatever it joins later (the engine moves the
 * default route to another network when that one's name comes first). Without that one, where its default route leaves; Docker's own choice
 * decides where the routes could not be read.
 */
export function homeEndpoint(index: SnapshotIndex, container: Container): Endpoint | undefined {
  const all = index.endpointsOf(container.id).filter((endpoint) => index.hue(endpoint.network) !== null);
  // What is on an overlay network has this one as its way out only.
  const asked = all.filter(({ network }) => index.snapshot.records.network[network]?.name !== 'docker_gwbridge');
  const endpoints = asked.length > 0 ? asked : all;
  if (endpoints.length < 2) return endpoints[0];
  const created = container.networkMode === 'default' ? 'bridge' : container.networkMode;
  const first = endpoints.find((endpoint) => {
    const network = index.snapshot.records.network[endpoint.network];
    return network?.name === created || network?.engineId === created;
  });
  if (first) return first;
  if (container.sandbox !== null) {
    const defaults = index
      .routesOf(container.sandbox)
      .filter((route) => route.destination === '0.0.0.0/0' || route.destination === '::/0')
      .sort((a, b) => a.family - b.family || (a.metric ?? 0) - (b.metric ?? 0));
    for (const route of defaults) {
      const home = endpoints.find((endpoint) => endpoint.inside !== null && endpoint.inside === route.link);
      if (home) return home;
    }
  }
  return endpoints.find((endpoint) => endpoint.gateway4 !== null || endpoint.gateway6 !== null) ?? endpoints[0];
}

export const hostId = ids.hostSandbox;
