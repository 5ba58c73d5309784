import type { ContainerDot, Graph } from '@vethscope/graph';
import { t } from '../text/text.ts';
import type { DotTone } from '../ui/StatusDot.tsx';

/** A dot and the word that says the same. */
export interface DotWord {
  tone: DotTone;
  word: string;
}

export type ContainerDots = ReadonlyMap<string, DotWord>;

const tones: Record<ContainerDot, DotTone> = { good: 'good', warn: 'warn', bad: 'bad', off: 'quiet' };

/** A running container has a warning for one reason only: it is published, and nothing in it would answer. */
const wordOf = (dot: ContainerDot, state: string): string =>
  dot === 'warn' && state === 'running' ? t.tree.deaf : t.packages.word(state);

/** The state of each container as the map shows it, by the container's id. */
export function containerDots(graph: Graph): ContainerDots {
  const dots = new Map<string, DotWord>();
  for (const node of graph.nodes) {
    if (node.kind !== 'container') continue;
    const container = node.records.find((id) => id.startsWith('container:'));
    if (container) dots.set(container, { tone: tones[node.dot], word: wordOf(node.dot, node.state) });
    for (const sharer of node.sharers) {
      const id = sharer.records[0];
      if (id) dots.set(id, { tone: tones[sharer.dot], word: wordOf(sharer.dot, node.state) });
    }
  }
  return dots;
}
