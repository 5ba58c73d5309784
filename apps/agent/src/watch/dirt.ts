import { type NamespacePart, namespaceParts } from '../collect/namespaceParts.ts';

/** Stands for the host's namespace, and for all of them, where an inode would stand. */
export type NamespaceKey = number | 'host' | 'all';

/** What is to be read again. Sets and maps only grow; two of them merge into one that covers both. */
export interface Dirt {
  /** Leave nothing of what was read. */
  everything: boolean;
  engine: boolean;
  containers: Set<string>;
  networks: Set<string>;
  swarm: boolean;
  /** Look for namespaces that came or went. */
  namespaces: boolean;
  parts: Map<NamespaceKey, Set<NamespacePart>>;
  /** The docker-proxy processes. */
  proxies: boolean;
  /** The processes behind sockets that nobody is known for. */
  owners: boolean;
  /** Resolver files, by container. */
  files: Set<string>;
  /** Sandboxes (by inode) of whose rules the counters are wanted, though no rule changed. */
  ruleCounters: Set<number>;
  /** Rules of iptables-legacy, of whose changes the kernel says nothing. */
  legacyRules: boolean;
}

export function cleanDirt(): Dirt {
  return {
    everything: false,
    engine: false,
    containers: new Set(),
    networks: new Set(),
    swarm: false,
    namespaces: false,
    parts: new Map(),
    proxies: false,
    owners: false,
    files: new Set(),
    ruleCounters: new Set(),
    legacyRules: false,
  };
}

export function dirtOf(part: Partial<Dirt>): Dirt {
  return { ...cleanDirt(), ...part };
}

export const everythingDirty = (): Dirt => dirtOf({ everything: true });

export const partsDirty = (key: NamespaceKey, parts: readonly NamespacePart[] = namespaceParts): Dirt =>
  dirtOf({ parts: new Map([[key, new Set(parts)]]) });

export function mergeDirt(a: Dirt, b: Dirt): Dirt {
  const parts = new Map<NamespaceKey, Set<NamespacePart>>();
  for (const [key, set] of [...a.parts, ...b.parts]) parts.set(key, new Set([...(parts.get(key) ?? []), ...set]));
  return {
    everything: a.everything || b.everything,
    engine: a.engine || b.engine,
    containers: new Set([...a.containers, ...b.containers]),
    networks: new Set([...a.networks, ...b.networks]),
    swarm: a.swarm || b.swarm,
    namespaces: a.namespaces || b.namespaces,
    parts,
    proxies: a.proxies || b.proxies,
    owners: a.owners || b.owners,
    files: new Set([...a.files, ...b.files]),
    ruleCounters: new Set([...a.ruleCounters, ...b.ruleCounters]),
    legacyRules: a.legacyRules || b.legacyRules,
  };
}

export function isClean(dirt: Dirt): boolean {
  return (
    !(
      dirt.everything ||
      dirt.engine ||
      dirt.swarm ||
      dirt.namespaces ||
      dirt.proxies ||
      dirt.owners ||
      dirt.legacyRules
    ) && dirt.containers.size + dirt.networks.size + dirt.files.size + dirt.parts.size + dirt.ruleCounters.size === 0
  );
}
