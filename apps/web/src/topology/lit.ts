import type { Graph, GraphEdge, GraphNode } from '@vethscope/graph';
import type { Snapshot } from '@vethscope/model';

/** What a selected record lights. All ids are of nodes and edges; `rows` says in which line of a node the record stands. */
export interface Lit {
  selected: ReadonlySet<string>;
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  rows: ReadonlyMap<string, number>;
}

const nothingLit: Lit = { selected: new Set(), nodes: new Set(), edges: new Set(), rows: new Map() };

/** A published port's line ends at its network's bar: only the record says which container it is for. */
function publishedBy(snapshot: Snapshot, containerId: string): ReadonlySet<string> {
  const ports = Object.values(snapshot.records.publishedPort);
  return new Set(ports.filter((port) => port.container === containerId).map((port) => port.id));
}

/** Index of the row that stands for a record, or null. Sharers of a sandbox follow after the rows. */
function rowOf(node: GraphNode, recordId: string): number | null {
  if (!('rows' in node)) return null;
  const index = node.rows.findIndex((row) => row.records.includes(recordId));
  return index < 0 ? null : index;
}

function standsFor(node: GraphNode, recordId: string): boolean {
  if (node.records.includes(recordId)) return true;
  return node.kind === 'container' && node.sharers.some((sharer) => sharer.records.includes(recordId));
}

/**
 * Lights a record's boxes, the lines that start there (and, for a box with plugs on it, at its plugs) up to the next box; for a container also
 * the ways of its published ports. A record that a line alone stands for lights that line and both its ends.
 */
export function litBy(graph: Graph, snapshot: Snapshot, recordId: string | null): Lit {
  if (recordId === null) return nothingLit;
  const rows = new Map<string, number>();
  for (const node of graph.nodes) {
    const row = rowOf(node, recordId);
    if (row !== null) rows.set(node.id, row);
  }
  const owners = graph.nodes.filter((node) => standsFor(node, recordId));
  // Several boxes may mention a record; the one that leads with it is the thing itself.
  const leading = owners.filter((node) => node.records[0] === recordId);
  const selected = new Set((leading.length > 0 ? leading : owners).map((node) => node.id));

  const starts = new Set<string>();
  const carriers = new Set<string>();
  const ports = publishedBy(snapshot, recordId);
  for (const node of graph.nodes) {
    // A host's frame holds everything: to select it lights nothing but itself.
    if (selected.has(node.id) && node.kind !== 'host') starts.add(node.id);
    if (node.kind === 'plug' && node.parent !== null && selected.has(node.parent)) starts.add(node.id);
    if (node.kind === 'chip' && selected.has(node.id)) carriers.add(node.on);
    if (node.kind === 'port' && node.records.some((id) => ports.has(id))) starts.add(node.id);
  }
  const mentions = (edge: GraphEdge) => edge.records.includes(recordId) || edge.records.some((id) => ports.has(id));
  const lit = graph.edges.filter(
    (edge) =>
      starts.has(edge.from) ||
      starts.has(edge.to) ||
      carriers.has(edge.id) ||
      ((selected.size === 0 || ports.size > 0) && mentions(edge)),
  );
  const edges = new Set(lit.map((edge) => edge.id));
  const nodes = new Set([...lit.flatMap((edge) => [edge.from, edge.to]), ...starts, ...rows.keys()]);
  for (const node of graph.nodes) if (node.kind === 'chip' && edges.has(node.on)) nodes.add(node.id);
  for (const id of selected) nodes.delete(id);
  return { selected, nodes, edges, rows };
}
