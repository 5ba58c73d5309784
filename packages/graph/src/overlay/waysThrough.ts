import type { Graph, GraphNode } from '../graph.ts';

/** A line that a packet runs along; `reverse` from the edge's `to` to its `from`. */
export interface Move {
  id: string;
  reverse: boolean;
}

interface Way extends Move {
  to: string;
}

const longest = 7;

/** Whether a packet may pass a node on its way between two others. Boxes that decide something are named by steps of their own. */
function passes(node: GraphNode): boolean {
  switch (node.kind) {
    case 'plug':
    case 'network':
      return true;
    case 'panel':
      return node.panel === 'hook';
    case 'host':
    case 'outside':
    case 'hostLink':
    case 'port':
    case 'chip':
    case 'container':
    case 'tray':
      return false;
  }
}

/**
 * The lines from one node to another, the fewest possible; none where no line is drawn. A plug and the box that it is on are one place. A port where
 * the packet has been once may be passed later: the answer takes the same way.
 */
export function waysThrough(graph: Graph): (from: string, to: string) => Move[] {
  const ways = new Map<string, Way[]>();
  const add = (from: string, way: Way) => {
    const present = ways.get(from);
    if (present) present.push(way);
    else ways.set(from, [way]);
  };
  for (const { id, kind, from, to } of graph.edges) {
    add(from, { id, reverse: false, to });
    // The hooks are passed in one order only: an answer goes through them again, from the first one on.
    if (kind !== 'flow') add(to, { id, reverse: true, to: from });
  }
  const node = new Map(graph.nodes.map((each) => [each.id, each]));
  for (const each of graph.nodes) {
    if (each.kind !== 'plug' || each.parent === null) continue;
    add(each.id, { id: '', reverse: false, to: each.parent });
    add(each.parent, { id: '', reverse: false, to: each.id });
  }
  const visited = new Set<string>();
  return (from, to) => {
    for (const id of [from, to]) if (node.get(id)?.kind === 'port') visited.add(id);
    const cameBy = new Map<string, { from: string; way: Way }>();
    let front = [from];
    for (let length = 0; length < longest && !cameBy.has(to) && front.length > 0; length += 1) {
      const next: string[] = [];
      for (const at of front) {
        for (const way of ways.get(at) ?? []) {
          if (way.to === from || cameBy.has(way.to)) continue;
          const through = node.get(way.to);
          if (way.to !== to && !(through && (passes(through) || visited.has(way.to)))) continue;
          cameBy.set(way.to, { from: at, way });
          next.push(way.to);
        }
      }
      front = next;
    }
    const moves: Move[] = [];
    for (let step = cameBy.get(to); step; step = cameBy.get(step.from)) {
      if (step.way.id !== '') moves.unshift({ id: step.way.id, reverse: step.way.reverse });
      if (step.from === from) break;
    }
    return moves;
  };
}
