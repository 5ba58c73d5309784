import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { KernelAnswer, KernelQuestion, KernelTask, KernelTasks, KernelWorkerData } from './kernelMessage.ts';
import { loadLibc } from './libc.ts';
import { ownNamespacePath } from './namespaces.ts';
import { type Dirty, NetlinkMonitor } from './netlinkMonitor.ts';
import { Prober } from './probeSession.ts';
import { findSocketOwners, readProxyProcesses } from './processes.ts';
import { NamespaceVisitor } from './visitNamespaces.ts';
import { WorkerGate } from './workerGate.ts';

/*
 * The thread that asks the kernel: the only one that ever enters another namespace. It starts no program and awaits nothing
 * while it is in one. It is an entry point of the build: see kernel.ts.
 */

const libc = loadLibc();
if (parentPort === null) throw new Error('kernelWorker runs as a worker thread of kernel.ts');
if ('unavailable' in libc) throw new Error(libc.reason);
const port = parentPort;
const { hostPath, gate: gateMemory } = workerData as KernelWorkerData;
const gate = new WorkerGate(gateMemory);
const hostNetns = statSync(hostPath ?? ownNamespacePath).ino;
const visitor = new NamespaceVisitor(libc, () => gate.isClosed);
const prober = new Prober(libc, visitor);
/** The ids by which the host's namespace knows others, learnt from each reading of its links. */
const hostIds = new Map<number, number>();
let monitor: NetlinkMonitor | null = null;

const answer = (message: KernelAnswer) => port.postMessage(message);

const tasks: { [T in KernelTask]: (question: KernelTasks[T]['question']) => KernelTasks[T]['answer'] } = {
  readNamespaces: (batch) => {
    const results = visitor.visit(batch);
    for (const { netns, netnsIds } of results) {
      if (netns !== hostNetns) continue;
      for (const [id, inode] of Object.entries(netnsIds)) hostIds.set(Number(id), inode);
    }
    return results;
  },
  listRuleTables: (namespaces) => namespaces.map((namespace) => visitor.listRuleTables(namespace)),
  readProxyProcesses: () => readProxyProcesses(libc),
  findSocketOwners: (question) => findSocketOwners(libc, question),
  watch: ({ on }) => {
    monitor?.close();
    monitor = null;
    if (!on) return [];
    monitor = new NetlinkMonitor(libc, {
      ids: hostIds,
      onDirty: (dirty: Dirty[]) => answer({ dirty }),
      enter: (action) => gate.enter(action),
    });
    return monitor.start(hostPath).map(({ reason }) => reason);
  },
  probeOpen: (opening) => prober.open(opening),
  probeSend: () => prober.send(),
  probePoll: () => prober.poll(),
  probeClose: () => prober.close(),
  sweepProbes: (namespaces) => namespaces.filter((namespace) => prober.sweep(namespace)).length,
  end: () => {
    prober.close();
    monitor?.close();
    visitor.close();
    port.close();
    return null;
  },
};

function run<T extends KernelTask>(task: T, question: KernelTasks[T]['question']): KernelTasks[T]['answer'] {
  return tasks[task](question);
}

port.on('message', ({ id, task, question }: KernelQuestion) => {
  gate.enter(() => {
    try {
      answer({ id, answer: run(task, question) });
    } catch (cause) {
      answer({ id, failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
    }
  });
});
