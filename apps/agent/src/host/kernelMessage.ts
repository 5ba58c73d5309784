import type { ProcessReading } from '@vethscope/model';
import type { Dirty } from './netlinkMonitor.ts';
import type { ProbeClosed, ProbeFault, ProbeOpened, ProbeOpening, ProbeProgress } from './probeSession.ts';
import type { ProbeState } from './probeSocket.ts';
import type { SocketOwnerQuestion, SocketOwners } from './processes.ts';
import type { RuleTables } from './ruleTables.ts';
import type { NamespaceFileRequest, NamespaceResult, VisitBatch } from './visitNamespaces.ts';

/** What the worker can be asked, and what it answers to each. */
export type KernelTasks = {
  readNamespaces: { question: VisitBatch; answer: NamespaceResult[] };
  /** In the order of the namespaces; null where one could not be asked. */
  listRuleTables: { question: NamespaceFileRequest[]; answer: (RuleTables | null)[] };
  readProxyProcesses: { question: null; answer: ProcessReading[] };
  findSocketOwners: { question: SocketOwnerQuestion; answer: SocketOwners };
  /** Starts or ends the announcements; the answer has a sentence for each thing that will not be heard. */
  watch: { question: { on: boolean }; answer: string[] };
  probeOpen: { question: ProbeOpening; answer: ProbeOpened | ProbeFault };
  probeSend: { question: null; answer: ProbeState | ProbeFault };
  probePoll: { question: null; answer: ProbeProgress | ProbeFault };
  probeClose: { question: null; answer: ProbeClosed };
  /** How many namespaces still had a probe's table, now removed. */
  sweepProbes: { question: NamespaceFileRequest[]; answer: number };
  /** Ends the thread when it is done with what was asked before. */
  end: { question: null; answer: null };
};
export type KernelTask = keyof KernelTasks;

export type KernelQuestion = {
  [T in KernelTask]: { id: number; task: T; question: KernelTasks[T]['question'] };
}[KernelTask];

export type KernelAnswer =
  | { id: number; answer: KernelTasks[KernelTask]['answer'] }
  | { id: number; failed: string }
  | { dirty: Dirty[] };

/** `hostPath` is the file of the host's namespace, null where that is the agent's own. `gate` is a WorkerGate's memory. */
export type KernelWorkerData = { hostPath: string | null; gate: SharedArrayBuffer };
