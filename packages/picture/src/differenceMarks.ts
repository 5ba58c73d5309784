import type { Comparison, Graph } from '@vethscope/graph';
import type { ChangeMark } from './draw/changed.ts';

/**
 * What came, went or changed, by the node that is drawn for it. What is drawn for nothing else (a rule, a route) has no node, and is told in words
 * (differenceSceneOf).
 */
export function differenceMarks(graph: Graph, { changes }: Comparison): Map<string, ChangeMark> {
  const marks = new Map<string, ChangeMark>();
  const nodeOf = new Map<string, string>();
  for (const node of graph.nodes) {
    const [record] = node.records;
    // A frame has the records of what is in it.
    const isFrame = node.kind === 'host' || node.kind === 'tray' || node.kind === 'outside';
    if (record !== undefined && !isFrame && !nodeOf.has(record)) nodeOf.set(record, node.id);
  }
  for (const { change, before, after } of changes) {
    const node = nodeOf.get((change === 'went' ? before : after) ?? '');
    if (node === undefined) continue;
    // New is more than different.
    if (marks.get(node) !== 'came') marks.set(node, change);
  }
  return marks;
}
