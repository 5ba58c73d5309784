import type { Box, Graph, GraphNode, Layout } from '@vethscope/graph';
import { boundsOf } from './boundsOf.ts';

const padding = 20;
/** Room for the name of a frame above what is left in it. */
const head = 44;
/** As much of a bar tells which network it is. */
const leastBar = 160;

/**
 * The part of a picture that a person looks at: the boxes of which the greater part lies in `view`, each whole, and the lines between them. A bar
 * may be longer than any view: of such a one there is what is seen of it. Frames and trays end where these end.
 */
export function inView(graph: Graph, layout: Layout, view: Box): { graph: Graph; boxes: Record<string, Box> } {
  const isFrame = (node: GraphNode) => node.kind === 'host' || node.kind === 'tray';
  const kept = new Set<string>();
  const bars = new Map<string, Box>();
  for (const node of graph.nodes) {
    const box = layout.boxes[node.id];
    if (!box || isFrame(node)) continue;
    const bar = node.kind === 'network' ? barInView(box, view) : null;
    if (bar !== null) bars.set(node.id, bar);
    if (bar !== null || share(box, view) >= 0.5) kept.add(node.id);
  }
  const stays = (node: GraphNode) => {
    if (node.kind === 'plug') return kept.has(node.id) && kept.has(node.parent ?? '');
    if (node.kind === 'chip')
      return kept.has(node.id) && graph.edges.some((edge) => edge.id === node.on && kept.has(edge.from));
    return kept.has(node.id);
  };
  const nodes = graph.nodes.filter((node) => !isFrame(node) && stays(node));
  const ids = new Set(nodes.map(({ id }) => id));
  const boxes: Record<string, Box> = {};
  for (const { id } of nodes) {
    const box = bars.get(id) ?? layout.boxes[id];
    if (box) boxes[id] = box;
  }
  const frames = graph.nodes.filter((node) => {
    const box = layout.boxes[node.id];
    if (!isFrame(node) || !box) return false;
    const inside = nodes.filter((each) => (node.kind === 'tray' ? each.parent === node.id : each.kind !== 'outside'));
    const used = boundsOf(inside.flatMap(({ id }) => boxes[id] ?? []));
    if (inside.length === 0) return false;
    // Links stand on the frame's edge: where one is shown, the edge stays there.
    const edge = inside.some(({ kind }) => kind === 'hostLink') && node.kind === 'host';
    const left = edge ? box.x : used.x - padding;
    const around = {
      x: left,
      y: used.y - head,
      width: used.x + used.width + padding - left,
      height: used.height + head + padding,
    };
    const part = overlap(box, around);
    if (part) boxes[node.id] = part;
    return part !== null;
  });
  return {
    graph: {
      ...graph,
      nodes: [...frames, ...nodes],
      edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    },
    boxes,
  };
}

/** The part of a bar that is seen, where that is the lesser one; null where the bar is shown whole or not at all. */
function barInView(box: Box, view: Box): Box | null {
  const part = overlap(box, view);
  if (part === null || part.width * 2 >= box.width || part.width < leastBar) return null;
  return part.height * 2 < box.height ? null : { ...box, x: part.x, width: part.width };
}

function overlap(a: Box, b: Box): Box | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function share(box: Box, view: Box): number {
  const part = overlap(box, view);
  return part === null ? 0 : (part.width * part.height) / (box.width * box.height);
}
