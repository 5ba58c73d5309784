import { dirname } from 'node:path';
import type { NamespaceRecording, SourceReport } from '@vethscope/model';
import {
  engineNamespaces,
  namespaceAt,
  namespaceOfPid,
  namespacePathOfPid,
  ownNamespacePath,
} from '../host/namespaces.ts';
import type { ContainerFacts } from './runningContainers.ts';
import { report, rootFix } from './sourceFailure.ts';

/** A namespace to read: what a recording says of it, and the file that opens it. */
export interface NamespaceTarget extends Omit<NamespaceRecording, 'readings' | 'netnsIds'> {
  opens: string;
}

export interface NamespaceSearch {
  containers: ContainerFacts[];
  /** The engine says that it runs on another kernel (a virtual machine): its pids mean nothing here. */
  foreignKernel: string | null;
  isRoot: boolean;
}

/**
 * The host's namespace first, then one for each sandbox of running containers, then those that Docker keeps for itself.
 * What cannot be looked into is in the report.
 */
export function findNamespaces({ containers, foreignKernel, isRoot }: NamespaceSearch): {
  targets: NamespaceTarget[];
  report: SourceReport;
} {
  const started = performance.now();
  const found = new Map<number, NamespaceTarget>();
  const host = namespaceAt(ownNamespacePath);
  const hostNetns = host?.netns ?? 0;
  found.set(hostNetns, {
    netns: hostNetns,
    kind: 'host',
    path: null,
    pid: null,
    containers: [],
    opens: ownNamespacePath,
  });

  let refused = 0;
  if (foreignKernel === null) {
    for (const { id, pid, networkMode } of containers) {
      const namespace = namespaceOfPid(pid);
      if (namespace === null) {
        // Such a one is in the host's namespace, whose readings are there. Of the others, root sees all that run.
        if (networkMode !== 'host') refused += 1;
        continue;
      }
      const known = found.get(namespace.netns);
      if (known) known.containers.push(id);
      else
        found.set(namespace.netns, {
          netns: namespace.netns,
          kind: 'container',
          path: null,
          pid,
          containers: [id],
          opens: namespacePathOfPid(pid),
        });
    }
    for (const directory of engineDirectories(containers)) {
      for (const { netns, path, name } of engineNamespaces({ directory })) {
        // Twelve hex digits name a container's sandbox: one that is not among the containers is just coming or going.
        const isDockers = !/^[0-9a-f]{12}$/.test(name);
        if (isDockers && !found.has(netns))
          found.set(netns, { netns, kind: 'docker', path, pid: null, containers: [], opens: path });
      }
    }
  }
  return {
    targets: [...found.values()],
    report: searchReport({ refused, foreignKernel, isRoot, tookMs: performance.now() - started }),
  };
}

/** Where the engine keeps the files of its namespaces: the usual place, and where its containers say. */
function engineDirectories(containers: ContainerFacts[]): Set<string> {
  const named = containers.flatMap(({ sandboxFile }) =>
    sandboxFile?.includes('/netns/') ? [dirname(sandboxFile)] : [],
  );
  // /var/run is a link to /run: naming the same directory twice finds nothing twice.
  return new Set([...named, '/var/run/docker/netns']);
}

function searchReport(search: {
  refused: number;
  foreignKernel: string | null;
  isRoot: boolean;
  tookMs: number;
}): SourceReport {
  const { refused, foreignKernel, isRoot, tookMs } = search;
  if (foreignKernel !== null) {
    return report('namespaces', null, {
      status: 'partial',
      fault: 'unsupported',
      reason: `The engine runs on another kernel (${foreignKernel}), in a virtual machine perhaps: only this host's own namespace is read.`,
      fix: 'Run vethscope inside that machine.',
      tookMs,
    });
  }
  if (refused > 0 && !isRoot) {
    return report('namespaces', null, {
      status: 'partial',
      fault: 'notRoot',
      reason: `${refused} ${refused === 1 ? "container's namespace" : "containers' namespaces"} may be entered by root only.`,
      fix: rootFix,
      tookMs,
    });
  }
  // A container that ended in this moment: the engine's next event says so.
  return report('namespaces', null, { status: 'ok', tookMs });
}
