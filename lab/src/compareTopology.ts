import type { Snapshot } from '@vethscope/model';
import { agentSnapshot } from './agentSnapshot.ts';
import { type Difference, differences, type Facts } from './facts.ts';
import { readIndependently } from './independentReading.ts';
import { namespaceLabels, readingFacts } from './readingFacts.ts';
import { snapshotFacts } from './snapshotFacts.ts';
import type { TestHost } from './testHost.ts';

export interface TopologyComparison {
  snapshot: Snapshot;
  /** What the tools said after the Snapshot was taken. */
  facts: Facts;
  differences: Difference[];
  /** Holds another Snapshot against the same readings. */
  judge(snapshot: Snapshot): Difference[];
}

/** Holds vethscope's Snapshot of a test host against what the host's own tools and its engine say. */
export async function compareTopology(
  host: Pick<TestHost, 'docker' | 'exec' | 'tryExec' | 'name'>,
  takeSnapshot: () => Promise<Snapshot> = () => agentSnapshot(host),
): Promise<TopologyComparison> {
  const before = await readIndependently(host);
  const snapshot = await takeSnapshot();
  const after = await readIndependently(host);
  const tools = { before: readingFacts(before), after: readingFacts(after) };
  const judge = (judged: Snapshot) => differences(snapshotFacts(judged, namespaceLabels(after)), tools);
  return { snapshot, facts: tools.after, differences: judge(snapshot), judge };
}
