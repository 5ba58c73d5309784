import type { Snapshot } from '@vethscope/model';
import { agentSnapshot } from '../agentSnapshot.ts';
import type { TestHost } from '../testHost.ts';
import { comparePaths, firstSourcePort, type Observation, type PathComparison } from './comparePaths.ts';
import { parseConntrack } from './conntrackTable.ts';
import { listenToLegacy, prepareLegacy } from './legacyTrace.ts';
import { listenToNft } from './nftTrace.ts';
import type { KernelListener } from './packetTrace.ts';
import type { PathQuestion } from './pathQuestion.ts';
import { sendQuestions } from './sendQuestions.ts';
import type { ZooPlaces } from './zooPlaces.ts';

/** Gives source ports, each once for the life of a host: conntrack remembers a connection for minutes. */
export class SourcePorts {
  #next = firstSourcePort;

  take(): number {
    this.#next += 1;
    return this.#next;
  }
}

export interface PathTest {
  places: ZooPlaces;
  ports: SourcePorts;
  questions: readonly PathQuestion[];
  timeoutMs?: number;
}

/** Reads a Snapshot, sends the packets, and compares what the kernel did with what the Snapshot says it would do. */
export async function testPaths(host: TestHost, test: PathTest): Promise<PathComparison> {
  if (host.iptables === 'legacy') await prepareLegacy(host);
  const snapshot = await completeSnapshot(host);
  const first = await observe(host, test);
  const compared = comparePaths(snapshot, first);
  if (compared.disagreements.length === 0) return compared;
  return await askAgain(host, { test, snapshot, compared });
}

const mostReadings = 3;

/** On a busy machine a program may be too late to be read. What was not read decides nothing here, so it is read again. */
async function completeSnapshot(host: TestHost): Promise<Snapshot> {
  for (let reading = 1; ; reading += 1) {
    const snapshot = await agentSnapshot(host);
    const failed = snapshot.sources.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return snapshot;
    if (reading < mostReadings) continue;
    const words = failed.map(({ source, sandbox, reason }) => `${source} of ${sandbox ?? 'the engine'}: ${reason}`);
    throw new Error(`The agent could not read all of the host: ${words.join('; ')}`);
  }
}

async function observe(host: TestHost, { places, ports, questions, timeoutMs }: PathTest): Promise<Observation> {
  const listener = await listenToKernel(host);
  const sent = questions.map((question) => ({ question, sourcePort: ports.take() }));
  const asked = await sendQuestions(host, {
    places,
    questions: sent,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }).then(
    async (answers) => ({ answers, connections: await host.exec(['cat', '/proc/net/nf_conntrack']) }),
    (error: unknown) => ({ error }),
  );
  const traces = await listener.stop();
  if ('error' in asked) throw asked.error;
  return { answers: asked.answers, traces, connections: parseConntrack(asked.connections) };
}

const listenToKernel = (host: TestHost): Promise<KernelListener> =>
  host.iptables === 'legacy' ? listenToLegacy(host) : listenToNft(host);

/**
 * What differs is sent again, with the machine at rest and more patience: an answer that came late on a busy machine looks like a drop. Only what
 * differs every time does differ.
 */
async function askAgain(
  host: TestHost,
  { test, snapshot, compared }: { test: PathTest; snapshot: Snapshot; compared: PathComparison },
): Promise<PathComparison> {
  let { disagreements } = compared;
  for (let round = 0; round < mostRounds && disagreements.length > 0; round += 1) {
    const questions = disagreements.map(({ answer }) => answer.question);
    const seen = await observe(host, { ...test, questions, timeoutMs: patientMs });
    disagreements = comparePaths(snapshot, seen).disagreements;
  }
  return { ...compared, disagreements };
}

const mostRounds = 3;
/** Longer than a SYN that is sent again takes; the trace of the second is passed over. */
const patientMs = 2400;
