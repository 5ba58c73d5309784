import type { Endpoint, Link, Snapshot } from '@vethscope/model';
import { hostId } from '../build/snapshotIndex.ts';

/** The names by which the things of one Snapshot are known again in another. */
export interface SideNames {
  snapshot: Snapshot;
  /** "host", the containers that share it ("my-web"), or the name of Docker's own namespace. */
  sandbox: (id: string | null) => string;
  container: (id: string) => string;
  network: (id: string) => string;
  /** Unlike the kernel's name, the same after a restart: "veth of my-web on front-net". */
  link: (id: string | null) => string | null;
  /**
   * A rule's text without what the engine draws by lot: bridges that it named by the network's id go by the network's name, and the ports of a
   * container's resolver are left out.
   */
  sameWords: (text: string) => string;
  /** The Endpoint that a Link realises, from either end. */
  endpointOf: (linkId: string) => Endpoint | undefined;
}

export function sideNames(snapshot: Snapshot): SideNames {
  const { records } = snapshot;
  const byLink = new Map<string, Endpoint>();
  for (const endpoint of Object.values(records.endpoint)) {
    if (endpoint.inside) byLink.set(endpoint.inside, endpoint);
    if (endpoint.outside) byLink.set(endpoint.outside, endpoint);
  }
  const byBridge = new Map<string, string>();
  const container = (id: string) => records.container[id]?.name ?? id;
  const network = (id: string) => records.network[id]?.name ?? id;
  const bridges = new Map<string, string>();
  for (const { name, bridge, bridgeName } of Object.values(records.network)) {
    // A name that the engine made of the network's id.
    if (bridgeName !== null && /^br-[0-9a-f]{12}$/.test(bridgeName)) {
      bridges.set(bridgeName, `bridge of ${name}`);
      if (bridge) byBridge.set(bridge, `bridge of ${name}`);
    }
  }
  const linkName = (link: Link): string => {
    const bridge = byBridge.get(link.id);
    if (bridge) return bridge;
    const endpoint = byLink.get(link.id);
    if (!endpoint || link.id !== endpoint.outside) return link.name;
    return `veth of ${container(endpoint.container)} on ${network(endpoint.network)}`;
  };
  return {
    snapshot,
    sandbox(id) {
      if (id === null || id === hostId) return 'host';
      const sandbox = records.sandbox[id];
      if (!sandbox) return id;
      if (sandbox.kind === 'docker' || sandbox.containers.length === 0) return sandbox.name;
      return sandbox.containers.map(container).sort().join(', ');
    },
    container,
    network,
    link(id) {
      const link = id === null ? undefined : records.link[id];
      return link ? linkName(link) : null;
    },
    sameWords(text) {
      const words = text.replaceAll(/br-[0-9a-f]{12}/g, (name) => bridges.get(name) ?? name);
      if (!words.includes('127.0.0.11')) return words;
      return words.replaceAll(/(127\.0\.0\.11:|--sport |sport )\d+/g, '$1any');
    },
    endpointOf: (linkId) => byLink.get(linkId),
  };
}
