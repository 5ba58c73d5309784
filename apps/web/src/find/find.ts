import {
  type FindError,
  type Graph,
  type GraphNode,
  type GraphNodeKind,
  matchGraph,
  parseFind,
} from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';

/** The find and hide expressions, and what came of them. */
export interface Find {
  text: string;
  hideText: string;
  findError: FindError | null;
  hideError: FindError | null;
  /** Node ids; null: nothing is asked, or the expression cannot be read. */
  hits: ReadonlySet<string> | null;
  /** What to go through, one after the other: the record that each hit opens. */
  hitRecords: readonly string[];
  hidden: number;
}

/** The nodes that an expression names; null where it names none or cannot be read: half an expression hides nothing. */
export function nodesOf(text: string, snapshot: Snapshot, graph: Graph): ReadonlySet<string> | null {
  const parsed = parseFind(text, t.packages.find);
  return parsed.ok && parsed.expression.terms.length > 0 ? matchGraph(parsed.expression, snapshot, graph) : null;
}

function errorOf(text: string): FindError | null {
  const parsed = parseFind(text, t.packages.find);
  return parsed.ok ? null : parsed.error;
}

/** Containers first: they are what is mostly looked for. */
const kinds: readonly GraphNodeKind[] = ['container', 'network', 'port', 'hostLink'];
const byKind = (a: GraphNode, b: GraphNode) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind);

export interface Expressions {
  find: string;
  hide: string;
}

/** What the expressions come to in a graph from which `hidden` nodes were taken away. Without a Snapshot only their errors are known. */
export function findIn(
  { find, hide }: Expressions,
  seen: { snapshot: Snapshot; graph: Graph; hidden: number } | null,
): Find {
  const hits = seen && nodesOf(find, seen.snapshot, seen.graph);
  const hitNodes = seen && hits ? seen.graph.nodes.filter(({ id }) => hits.has(id)).sort(byKind) : [];
  return {
    text: find,
    hideText: hide,
    findError: errorOf(find),
    hideError: errorOf(hide),
    hits,
    hitRecords: hitNodes.flatMap(({ records }) => records[0] ?? []),
    hidden: seen?.hidden ?? 0,
  };
}
