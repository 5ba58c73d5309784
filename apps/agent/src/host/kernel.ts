import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ProcessReading, SourceFault } from '@vethscope/model';
import type { KernelAnswer, KernelTask, KernelTasks, KernelWorkerData } from './kernelMessage.ts';
import { loadLibc } from './libc.ts';
import type { Dirty } from './netlinkMonitor.ts';
import type { ProbeClosed, ProbeFault, ProbeOpened, ProbeOpening, ProbeProgress } from './probeSession.ts';
import type { ProbeState } from './probeSocket.ts';
import type { SocketOwnerQuestion, SocketOwners } from './processes.ts';
import type { RuleTables } from './ruleTables.ts';
import type { NamespaceFileRequest, NamespaceRequest, NamespaceResult, VisitBatch } from './visitNamespaces.ts';
import { WorkerGate } from './workerGate.ts';

/*
 * The kernel, as the rest of the agent sees it: questions go to a worker thread and come back as values.
 *
 *   const kernel = createKernel();
 *   const host = { path: ownNamespacePath, wanted: [...kernelSources] };
 *   const results = await kernel.readNamespaces({ requests: [host, ...containers], known: [] });
 *   if ('unavailable' in results) ...                       // no koffi, not Linux, the worker hung: `fault`, `reason`
 *   for (const { netns, readings, netnsIds, failures } of results) ...
 *   const stop = kernel.watch((dirty) => ...);              // what to read again
 *   await kernel.close();                                   // also before process.exit()
 *
 * Entering a namespace happens in the worker only, so this thread is always in the agent's own, and programs are to be
 * started from here (runTool.ts), never from the worker. One worker for all; a second kernel would be a second worker.
 *
 * The build has two entry points whose outputs lie in the same folder: the agent's own (dist/vethscope.js) and
 * src/host/kernelWorker.ts as dist/kernelWorker.js. Both leave `koffi` outside: it has a native part beside it.
 */

/** The kernel could not be asked at all. What was asked is to be reported as failed, with this. */
export type KernelUnavailable = { unavailable: true; fault: SourceFault; reason: string };

export type Kernel = {
  /**
   * Reads namespaces, in the order of the requests, one result for each. `known` are further namespaces that links may lead
   * to; those of the requests count as known. Put the host's first: most containers are then resolved by one question.
   */
  readNamespaces(batch: VisitBatch): Promise<NamespaceResult[] | KernelUnavailable>;
  /** Which tables of nf_tables each namespace has, so that tools are started only where they have something to print. */
  listRuleTables(namespaces: NamespaceFileRequest[]): Promise<(RuleTables | null)[] | KernelUnavailable>;
  /** The docker-proxy processes. */
  readProxyProcesses(): Promise<ProcessReading[] | KernelUnavailable>;
  /** Who holds sockets open, by the sockets' inodes. */
  findSocketOwners(question: SocketOwnerQuestion): Promise<SocketOwners | KernelUnavailable>;
  /**
   * Announces changes until the result is called. Listening starts with the first listener and ends with the last.
   * A worker that had to be replaced announces `overrun`.
   */
  watch(onDirty: (dirty: Dirty[]) => void): () => void;
  /** What the watch cannot hear, in sentences; empty while nobody watches. */
  deafTo(): string[];
  /** Ends the worker. Questions that are still open are answered as unavailable. */
  close(): Promise<void>;
};

/** The kernel as the agent that sends live probes sees it. */
export type ProbingKernel = Kernel & {
  /** One at a time: see probeSession.ts. Whoever opens it closes it, whatever happens in between. */
  readonly probe: KernelProbe;
  /** Removes probes' tables that a killed agent left in these namespaces; how many there were. */
  sweepProbes(namespaces: NamespaceFileRequest[]): Promise<number | KernelUnavailable>;
};

export type KernelProbe = {
  open(opening: ProbeOpening): Promise<ProbeOpened | ProbeFault | KernelUnavailable>;
  send(): Promise<ProbeState | ProbeFault | KernelUnavailable>;
  poll(): Promise<ProbeProgress | ProbeFault | KernelUnavailable>;
  close(): Promise<ProbeClosed | KernelUnavailable>;
};

export type KernelOptions = {
  /** The file of the host's namespace, where the agent runs in another. */
  hostPath?: string;
  /** After this time a question is given up and the worker replaced. */
  deadlineMs?: number;
};

const defaultDeadlineMs = 5_000;
const endPatienceMs = 1_000;
/** So many namespaces are read by one question: the deadline is for one, and others can come between. */
const chunkLength = 64;

export function createKernel(options: KernelOptions = {}): ProbingKernel {
  return new WorkerKernel(options);
}

type Pending = { resolve(answer: unknown): void; timer: NodeJS.Timeout };

class WorkerKernel implements ProbingKernel {
  readonly #hostPath: string | null;
  readonly #deadlineMs: number;
  readonly #listeners = new Set<(dirty: Dirty[]) => void>();
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;
  #closed = false;
  #deafTo: string[] = [];
  readonly probe: KernelProbe = {
    open: (opening) => this.#ask('probeOpen', opening),
    send: () => this.#ask('probeSend', null),
    poll: () => this.#ask('probePoll', null),
    close: () => this.#ask('probeClose', null),
  };

  constructor(options: KernelOptions) {
    this.#hostPath = options.hostPath ?? null;
    this.#deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
  }

  async readNamespaces({ requests, known }: VisitBatch) {
    const results: NamespaceResult[] = [];
    const all = [...namedNamespaces(requests), ...known];
    for (let start = 0; start < requests.length; start += chunkLength) {
      const chunk = requests.slice(start, start + chunkLength);
      const answer = await this.#ask('readNamespaces', { requests: chunk, known: all });
      if ('unavailable' in answer) return answer;
      results.push(...answer);
    }
    return results;
  }

  listRuleTables(namespaces: NamespaceFileRequest[]) {
    return this.#ask('listRuleTables', namespaces);
  }

  readProxyProcesses() {
    return this.#ask('readProxyProcesses', null);
  }

  findSocketOwners(question: SocketOwnerQuestion) {
    return this.#ask('findSocketOwners', question);
  }

  sweepProbes(namespaces: NamespaceFileRequest[]) {
    return this.#ask('sweepProbes', namespaces);
  }

  watch(onDirty: (dirty: Dirty[]) => void) {
    this.#listeners.add(onDirty);
    if (this.#listeners.size === 1) void this.#setWatching(true);
    return () => {
      if (this.#listeners.delete(onDirty) && this.#listeners.size === 0) void this.#setWatching(false);
    };
  }

  deafTo() {
    return this.#deafTo;
  }

  async close() {
    this.#closed = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, endPatienceMs);
      worker.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#drop(worker, unavailable('gone', 'the agent is closing'));
    await ended;
  }

  async #setWatching(on: boolean) {
    if (!on && this.#worker === null) return;
    const answer = await this.#ask('watch', { on });
    this.#deafTo = 'unavailable' in answer ? [answer.reason] : answer;
  }

  #ask<T extends KernelTask>(task: T, question: KernelTasks[T]['question']) {
    return new Promise<KernelTasks[T]['answer'] | KernelUnavailable>((resolve) => {
      if (this.#closed) return resolve(unavailable('gone', 'the agent is closing'));
      const libc = loadLibc();
      if ('unavailable' in libc) return resolve(unavailable('unsupported', libc.reason));
      const worker = this.#worker ?? this.#start();
      const id = this.#nextId++;
      const timer = setTimeout(() => this.#giveUp(worker), this.#deadlineMs);
      // The worker answers each task with that task's type; the messages carry no more than the id to tell them by.
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, timer });
      worker.ref();
      worker.postMessage({ id, task, question });
    });
  }

  #start(): Worker {
    const gate = new WorkerGate();
    const worker = startWorker({ hostPath: this.#hostPath, gate: gate.memory });
    this.#worker = worker;
    const onProcessExit = () => gate.close(endPatienceMs);
    process.once('exit', onProcessExit);
    worker.once('exit', () => process.off('exit', onProcessExit));
    worker.on('message', (message: KernelAnswer) => this.#onAnswer(worker, message));
    worker.on('error', (cause) => this.#onEnd(worker, cause.message));
    worker.on('exit', (code) => this.#onEnd(worker, `it ended with ${code}`));
    return worker;
  }

  #onAnswer(worker: Worker, message: KernelAnswer) {
    if (this.#worker !== worker) return;
    if ('dirty' in message) return this.#announce(message.dirty);
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    if (this.#pending.size === 0) worker.unref();
    pending.resolve('failed' in message ? unavailable('crashed', message.failed) : message.answer);
  }

  #announce(dirty: Dirty[]) {
    for (const listener of this.#listeners) listener(dirty);
  }

  #giveUp(worker: Worker) {
    this.#drop(worker, unavailable('timeout', `the kernel did not answer within ${this.#deadlineMs} ms`));
    this.#watchAgain();
  }

  #onEnd(worker: Worker, reason: string) {
    if (this.#worker !== worker) return;
    this.#drop(worker, unavailable('crashed', `the thread that asks the kernel ended: ${reason}`));
    this.#watchAgain();
  }

  /** Leaves a worker to its end and answers all that was asked of it. The next question starts another. */
  #drop(worker: Worker, answer: KernelUnavailable) {
    if (this.#worker === worker) this.#worker = null;
    // Not `terminate`: see workerGate.ts. One that hangs ends when it comes back, and keeps nobody waiting until then.
    worker.postMessage({ id: 0, task: 'end', question: null });
    worker.unref();
    for (const { resolve, timer } of this.#pending.values()) {
      clearTimeout(timer);
      resolve(answer);
    }
    this.#pending.clear();
  }

  #watchAgain() {
    if (this.#listeners.size === 0 || this.#closed) return;
    // Not at once: a worker that dies at its start must not be started in a circle.
    setTimeout(() => {
      if (this.#listeners.size === 0 || this.#closed) return;
      void this.#setWatching(true).then(() => this.#announce([{ kind: 'overrun' }]));
    }, 1_000).unref();
  }
}

const unavailable = (fault: SourceFault, reason: string): KernelUnavailable => ({ unavailable: true, fault, reason });

/** Requests whose inode is known beforehand can be resolved to from every chunk. */
function namedNamespaces(requests: NamespaceRequest[]) {
  return requests.flatMap(({ path, netns }) => (netns === undefined ? [] : [{ path, netns }]));
}

/** What it makes is short-lived and soon handed over: a young generation of the usual 48 MB would only stay resident. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

function startWorker(data: KernelWorkerData): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./kernelWorker.js', import.meta.url), { workerData: data, resourceLimits });
  // From source: the thread compiles it as it goes, whether this one runs under tsx or under vitest.
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json');
  const compiler = new URL('./dist/esm/api/index.mjs', pathToFileURL(tsx)).href;
  const entry = JSON.stringify(new URL('./kernelWorker.ts', import.meta.url).href);
  const start = `import(${JSON.stringify(compiler)}).then(({ tsImport }) => tsImport(${entry}, ${entry}))`;
  return new Worker(start, { eval: true, workerData: data, execArgv: [], resourceLimits });
}
