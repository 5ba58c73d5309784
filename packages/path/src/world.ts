import type { Address, Container, DockerProxy, Endpoint, Link, Snapshot, SourceReport } from '@vethscope/model';
import { type Namespace, namespacesOf } from './namespace.ts';

/** A Snapshot as the engine asks it. */
export class World {
  readonly namespaces: Map<string, Namespace>;
  /** macvlan, ipvlan, vlan links by the link that they stand on. */
  readonly children = new Map<string, Link[]>();
  /** The ports of a bridge or bond. */
  readonly ports = new Map<string, Link[]>();
  readonly proxyOfSocket = new Map<string, DockerProxy>();
  /** Sockets by which dockerd, without docker-proxy, keeps others off a published port. It never answers on them. */
  readonly heldSockets = new Set<string>();
  readonly containersByName = new Map<string, Container>();
  readonly endpointsOf = new Map<string, Endpoint[]>();
  /** Readings that failed, by namespace. */
  readonly failedSources = new Map<string, SourceReport[]>();
  /** Every link address of every namespace, by its text. */
  readonly owners = new Map<string, Address[]>();
  readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.namespaces = namespacesOf(snapshot);
    for (const link of Object.values(snapshot.records.link)) {
      const parent = 'parent' in link ? (link.parent?.link ?? null) : null;
      if (parent !== null && link.kind !== 'vxlan') this.under(this.children, parent, link);
      if (link.master !== null) this.under(this.ports, link.master, link);
    }
    for (const proxy of Object.values(snapshot.records.proxy)) {
      for (const socket of proxy.sockets) this.proxyOfSocket.set(socket, proxy);
    }
    for (const { active, proxy, socket } of Object.values(snapshot.records.publishedPort)) {
      if (active && proxy === null && socket !== null && this.isOfDockerd(socket)) this.heldSockets.add(socket);
    }
    for (const report of snapshot.sources) {
      if (report.status === 'failed' && report.sandbox !== null) this.under(this.failedSources, report.sandbox, report);
    }
    for (const endpoint of Object.values(snapshot.records.endpoint)) {
      this.under(this.endpointsOf, endpoint.container, endpoint);
    }
    for (const address of Object.values(snapshot.records.address)) this.under(this.owners, address.address, address);
    for (const container of Object.values(snapshot.records.container)) {
      this.containersByName.set(container.name, container);
    }
  }

  private under<T>(map: Map<string, T[]>, id: string, one: T): void {
    const list = map.get(id);
    if (list === undefined) map.set(id, [one]);
    else list.push(one);
  }

  /** Where nobody looked whose it is, the engine's own word tells: without docker-proxy the sockets of published ports are dockerd's. */
  private isOfDockerd(socket: string): boolean {
    const { processes = [] } = this.snapshot.records.socket[socket] ?? {};
    if (processes === null) return this.snapshot.engine?.userlandProxy === false;
    return processes.some(({ name }) => name === 'dockerd');
  }

  link(id: string | null): Link | null {
    return id === null ? null : (this.snapshot.records.link[id] ?? null);
  }

  namespaceOf(link: Link): Namespace | null {
    return this.namespaces.get(link.sandbox) ?? null;
  }

  get host(): Namespace | null {
    return this.namespaces.get('sandbox:host') ?? null;
  }
}

const worlds = new WeakMap<Snapshot, World>();

/** The same Snapshot is asked many questions: it is indexed once. A Snapshot is not changed after it was made. */
export function worldOf(snapshot: Snapshot): World {
  const known = worlds.get(snapshot);
  if (known !== undefined) return known;
  const world = new World(snapshot);
  worlds.set(snapshot, world);
  return world;
}
