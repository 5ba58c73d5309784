import type { Box, Graph, GraphNode, Layout, Point } from '@vethscope/graph';

/** Where the keyboard is: at a node, or at one of its rows. */
export interface Cursor {
  node: string;
  row: number | null;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Stop {
  node: GraphNode;
  box: Box;
}

/** What can be walked to: everything that stands for a record. The host's frame is reached by Tab only, as it is around everything. */
function stopsOf(graph: Graph, layout: Layout): Stop[] {
  return graph.nodes.flatMap((node) => {
    const box = layout.boxes[node.id];
    return box && (node.records.length > 0 || node.kind === 'outside' || node.kind === 'panel') ? [{ node, box }] : [];
  });
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Ids of the stops as one reads a page: by line, then from left to right. A line is 24 pixels high, as things on one line differ a little. */
export function readingOrder(graph: Graph, layout: Layout): string[] {
  const line = (box: Box) => Math.floor(box.y / 24);
  return stopsOf(graph, layout)
    .sort((a, b) => line(a.box) - line(b.box) || a.box.x - b.box.x || (a.node.id < b.node.id ? -1 : 1))
    .map((stop) => stop.node.id);
}

/** The row after `row` that can be selected, in a node; null when there is none that way. */
function nextRow(node: GraphNode, row: number | null, by: 1 | -1): number | null {
  if (!('rows' in node)) return null;
  for (let index = row === null ? 0 : row + by; index >= 0 && index < node.rows.length; index += by) {
    if ((node.rows[index]?.records.length ?? 0) > 0) return index;
  }
  return null;
}

/**
 * How far `to` is in a direction, or null when it does not lie there: from the edge of `from` to the middle of `to`, as a plug's middle is on its
 * card's edge. Going aside costs double: "down" should go down. A long bar is right below everything that it runs under.
 */
function cost(from: Box, to: Box, direction: Direction): number | null {
  const a = centre(from);
  const b = centre(to);
  const ahead = {
    up: from.y - b.y,
    down: b.y - from.y - from.height,
    left: from.x - b.x,
    right: b.x - from.x - from.width,
  }[direction];
  if (ahead < -2) return null;
  const vertical = direction === 'up' || direction === 'down';
  const [low, high, at] = vertical ? [to.x, to.x + to.width, a.x] : [to.y, to.y + to.height, a.y];
  const aside = at < low ? low - at : at > high ? at - high : 0;
  return aside > 2 * (ahead + 40) ? null : ahead + 2 * aside;
}

function neighbours(graph: Graph, nodeId: string): ReadonlySet<string> {
  const own = new Set([nodeId, ...graph.nodes.filter((node) => node.parent === nodeId).map((node) => node.id)]);
  const found = new Set(own);
  for (const edge of graph.edges) {
    if (own.has(edge.from)) found.add(edge.to);
    if (own.has(edge.to)) found.add(edge.from);
  }
  const parent = graph.nodes.find((node) => node.id === nodeId)?.parent;
  if (parent) found.add(parent);
  found.delete(nodeId);
  return found;
}

/**
 * One step with an arrow key. Rules: [W1] up and down go through the rows of a box before they leave it; [W2] up and down prefer what a
 * line leads to; [W3] left and right prefer what stands on the same line; [W4] where nothing lies that way the cursor stays.
 */
export function walk(graph: Graph, layout: Layout, cursor: Cursor, direction: Direction): Cursor {
  const stops = stopsOf(graph, layout);
  const here = stops.find((stop) => stop.node.id === cursor.node);
  if (!here) return cursor;
  if (direction === 'down' || direction === 'up') {
    if (direction === 'down' || cursor.row !== null) {
      const row = nextRow(here.node, cursor.row, direction === 'down' ? 1 : -1);
      if (row !== null) return { node: cursor.node, row };
    }
    if (direction === 'up' && cursor.row !== null) return { node: cursor.node, row: null };
  }
  const near = direction === 'up' || direction === 'down' ? neighbours(graph, cursor.node) : new Set<string>();
  let best: { id: string; cost: number } | null = null;
  for (const stop of stops) {
    if (stop.node.id === cursor.node || stop.node.kind === 'host' || stop.node.kind === 'tray') continue;
    const plain = cost(here.box, stop.box, direction);
    if (plain === null) continue;
    const weighed = near.has(stop.node.id) ? plain / 4 : plain;
    if (best === null || weighed < best.cost) best = { id: stop.node.id, cost: weighed };
  }
  return best === null ? cursor : { node: best.id, row: null };
}

/** Tab: the next (or previous) stop in reading order, null past the end, where focus leaves the canvas. */
export function tabStep(graph: Graph, layout: Layout, cursor: Cursor, by: 1 | -1): Cursor | null {
  const order = readingOrder(graph, layout);
  const next = order[order.indexOf(cursor.node) + by];
  return next === undefined ? null : { node: next, row: null };
}
