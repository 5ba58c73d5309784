import type { Container, Endpoint, Link, Network, Sandbox } from '@vethscope/model';
import type { NamespaceRecords } from '../parseNamespace.ts';

/**
 * The records that joins change, while they are being joined. The maps are this assembly's own; the records in them are
 * replaced, never changed, because they are shared with the parsed namespaces and with earlier Snapshots.
 */
export interface Draft {
  namespaces: readonly NamespaceRecords[];
  /** By Sandbox id. */
  sandboxes: Map<string, Sandbox>;
  /** By Link id. */
  links: Map<string, Link>;
  /** Sandbox id to link name to Link id. */
  linkNames: Map<string, Map<string, string>>;
  /** Sandbox id and netnsid to Sandbox id: asked of the kernel, or concluded from veth pairs. */
  netnsIds: Map<string, Map<number, string>>;
  containers: Map<string, Container>;
  networks: Map<string, Network>;
  endpoints: Map<string, Endpoint>;
}

export function draftOf(namespaces: readonly NamespaceRecords[]): Draft {
  const sandboxOfInode = new Map(namespaces.map(({ sandbox }) => [sandbox.netns, sandbox.id]));
  const links = new Map<string, Link>();
  const linkNames = new Map<string, Map<string, string>>();
  const netnsIds = new Map<string, Map<number, string>>();
  for (const namespace of namespaces) {
    const names = new Map<string, string>();
    for (const link of namespace.links) {
      links.set(link.id, link);
      names.set(link.name, link.id);
    }
    linkNames.set(namespace.sandbox.id, names);
    const known = new Map<number, string>();
    for (const [netnsid, inode] of namespace.netnsIds ?? []) {
      const sandbox = sandboxOfInode.get(inode);
      if (sandbox !== undefined) known.set(netnsid, sandbox);
    }
    netnsIds.set(namespace.sandbox.id, known);
  }
  return {
    namespaces,
    sandboxes: new Map(namespaces.map(({ sandbox }) => [sandbox.id, sandbox])),
    links,
    linkNames,
    netnsIds,
    containers: new Map(),
    networks: new Map(),
    endpoints: new Map(),
  };
}
