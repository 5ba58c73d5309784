import { readdirSync, statfsSync, statSync } from 'node:fs';

/*
 * Finding network namespaces. A namespace is known by the inode of its file in nsfs, the number that `readlink
 * /proc/PID/ns/net` shows. Source: namespaces(7), network_namespaces(7); moby libnetwork/osl keeps its namespaces as bind
 * mounts below `netns` in the engine's exec-root.
 */

/** The agent's own namespace, that is the host's, unless the agent was told otherwise. */
export const ownNamespacePath = '/proc/self/ns/net';
export const namespacePathOfPid = (pid: number) => `/proc/${pid}/ns/net`;

const nsfsMagic = 0x6e736673;
const defaultEngineDirectory = '/var/run/docker/netns';

/** A namespace that can be entered: `path` opens it. */
export type NamespaceFile = { path: string; netns: number };

/**
 * The inode of the namespace that a file stands for. Null where there is none: the process has ended, is not ours to see, or
 * the file is an empty one on whose place another mount namespace has the real one.
 */
export function namespaceAt(path: string): NamespaceFile | null {
  try {
    if (statfsSync(path).type !== nsfsMagic) return null;
    return { path, netns: statSync(path).ino };
  } catch {
    return null;
  }
}

export function namespaceOfPid(pid: number): NamespaceFile | null {
  return namespaceAt(namespacePathOfPid(pid));
}

/**
 * The namespaces that an engine keeps as files, containers' and its own (overlay networks, ingress, load balancers), each
 * with its file's name. An engine in a mount namespace of its own is looked into through its process: give `enginePid`.
 * `directory` is as the engine sees it. The list is empty where the engine has none or the agent may not look.
 */
export function engineNamespaces(engine: {
  enginePid?: number;
  directory?: string;
}): (NamespaceFile & { name: string })[] {
  const directory = engine.directory ?? defaultEngineDirectory;
  const roots = engine.enginePid === undefined ? [''] : ['', `/proc/${engine.enginePid}/root`];
  const found = new Map<number, NamespaceFile & { name: string }>();
  for (const root of roots) {
    for (const name of listDirectory(root + directory)) {
      const namespace = namespaceAt(`${root}${directory}/${name}`);
      if (namespace !== null && !found.has(namespace.netns)) found.set(namespace.netns, { ...namespace, name });
    }
  }
  return [...found.values()];
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
