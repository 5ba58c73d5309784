import type { Box, Graph, GraphNode, GraphNodeKind, Layout } from '@vethscope/graph';
import type { Node } from '@xyflow/react';
import { nodeLabel } from './nodeLabel.ts';

/** All that a node's component may look at. `rowLit` and `rowCursor` are the index of the row that is selected, or under the keyboard. */
type NodeData<K extends GraphNodeKind> = {
  node: Extract<GraphNode, { kind: K }>;
  pinned: boolean;
  rowLit: number | null;
  rowCursor: number | null;
};

/** React Flow's shape of one of our nodes. */
export type FlowNodeOf<K extends GraphNodeKind> = Node<NodeData<K>, K>;
export type FlowNode = { [K in GraphNodeKind]: FlowNodeOf<K> }[GraphNodeKind];

/** Frames below lines, lines below boxes, what sits on a box's edge above the box. */
const stacking: Record<GraphNodeKind, number> = {
  host: -3,
  tray: -2,
  network: 2,
  container: 3,
  panel: 3,
  outside: 3,
  hostLink: 4,
  port: 4,
  chip: 4,
  plug: 5,
};

const frames: ReadonlySet<GraphNodeKind> = new Set(['host', 'tray']);
const movable: ReadonlySet<GraphNodeKind> = new Set(['container', 'network', 'panel', 'outside', 'hostLink', 'port']);

/** What the person's view adds to a node. Sets hold node and edge ids. */
export interface Marks {
  selected: ReadonlySet<string>;
  lit: ReadonlySet<string>;
  litEdges: ReadonlySet<string>;
  traceEdges: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
  freshEdges: ReadonlySet<string>;
  /** What is fresh stays so. */
  lasting: boolean;
  /** What is another one than in the moment that is compared with. */
  changed: ReadonlySet<string>;
  hits: ReadonlySet<string> | null;
  cursor: { node: string; row: number | null } | null;
  /** The row that the selected record stands in, by node id. */
  rows: ReadonlyMap<string, number>;
  pinned: ReadonlySet<string>;
}

function nodeClass(id: string, kind: GraphNodeKind, marks: Marks): string {
  let name = `vt-node vt-${kind}`;
  if (marks.selected.has(id)) name += ' is-selected';
  else if (marks.lit.has(id)) name += ' is-lit';
  if (marks.fresh.has(id)) name += marks.lasting ? ' is-came' : ' is-fresh';
  else if (marks.changed.has(id)) name += ' is-changed';
  if (marks.hits && !marks.hits.has(id) && !frames.has(kind)) name += ' is-dim';
  if (marks.cursor?.node === id && marks.cursor.row === null) name += ' is-cursor';
  return name;
}

/** An id that the DOM and aria-activedescendant can carry. */
export const domId = (nodeId: string) => `node-${nodeId.replaceAll(/\s/g, '_')}`;

function makeNode(data: FlowNode['data'], box: Box, className: string): FlowNode {
  const { node, pinned } = data;
  const base = {
    id: node.id,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    // Lines are ours, so there are none; but a node that says nothing of handles is put into the page, in view or not, to look for them.
    handles: [],
    className,
    zIndex: stacking[node.kind],
    ariaLabel: nodeLabel(node),
    // A box whose words are hidden from far away still has its name, which only what has a role may have.
    ariaRole: 'group' as const,
    selectable: false,
    focusable: false,
    connectable: false,
    ...(movable.has(node.kind) ? (pinned ? { draggable: true } : {}) : { draggable: false }),
    style: { pointerEvents: frames.has(node.kind) ? ('none' as const) : ('all' as const) },
    domAttributes: { id: domId(node.id) },
  };
  // The union's members differ in `node` only, which TypeScript cannot follow through a spread.
  return { ...base, type: node.kind, data } as FlowNode;
}

const sameBox = (a: Box, b: FlowNode) =>
  a.x === b.position.x && a.y === b.position.y && a.width === b.width && a.height === b.height;

/** React Flow compares nodes by identity: what did not change must be the object of last time, or all of it is drawn again. */
export class FlowNodes {
  private nodes = new Map<string, FlowNode>();

  of(graph: Graph, layout: Layout, marks: Marks): FlowNode[] {
    const next = new Map<string, FlowNode>();
    for (const node of graph.nodes) {
      const box = layout.boxes[node.id];
      if (!box) continue;
      const pinned = marks.pinned.has(node.id);
      const className = nodeClass(node.id, node.kind, marks);
      const rowLit = marks.rows.get(node.id) ?? null;
      const rowCursor = marks.cursor?.node === node.id ? marks.cursor.row : null;
      const known = this.nodes.get(node.id);
      const same =
        known !== undefined &&
        known.data.node === node &&
        known.data.pinned === pinned &&
        known.data.rowLit === rowLit &&
        known.data.rowCursor === rowCursor &&
        known.className === className &&
        sameBox(box, known);
      next.set(
        node.id,
        same ? known : makeNode({ node, pinned, rowLit, rowCursor } as FlowNode['data'], box, className),
      );
    }
    this.nodes = next;
    return [...next.values()];
  }
}
