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
}

/** Reads a Snapshot, sends the packets, and compares what the kernel did with what the Snapshot says it would do. */
export async function testPaths(host: TestHost, test: PathTest): Promise<PathComparison> {
  if (host.iptables === 'legacy') await prepareLegacy(host);
  const snapshot = await agentSnapshot(host);
  const first = await observe(host, test);
  const compared = comparePaths(snapshot, first);
  if (compared.disagreements.length === 0) return compared;
  return await askAgain(host, { test, snapshot, first, compared });
}

async function observe(host: TestHost, { places, ports, questions }: PathTest): Promise<Observation> {
  const listener = await listenToKernel(host);
  const sent = questions.map((question) => ({ question, sourcePort: ports.take() }));
  const asked = await sendQuestions(host, { places, questions: sent }).then(
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
 * What differs is sent once more, with the machine at rest: an answer that came late on a busy machine looks like a drop. Only what differs
 * again does differ.
 */
async function askAgain(
  host: TestHost,
  given: { test: PathTest; snapshot: Snapshot; first: Observation; compared: PathComparison },
): Promise<PathComparison> {
  const questions = given.compared.disagreements.map(({ answer }) => answer.question);
  const again = comparePaths(given.snapshot, await observe(host, { ...given.test, questions }));
  return { ...given.compared, disagreements: again.disagreements };
}
