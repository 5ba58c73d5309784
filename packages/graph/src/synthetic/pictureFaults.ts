import type { Graph, GraphNode } from '../graph.ts';
import type { Box, Layout, Point } from '../layout.ts';

/** What a reader of the picture would stumble over, in words; empty for a good layout. */
export function pictureFaults(graph: Graph, layout: Layout): string[] {
  return [...missing(graph, layout), ...overlaps(graph, layout), ...badRoutes(graph, layout)];
}

const name = (node: GraphNode) => `${node.kind} ${node.title} (${node.id.slice(0, 30)})`;

function missing(graph: Graph, layout: Layout): string[] {
  const boxes = graph.nodes
    .filter((node) => !layout.boxes[node.id] && node.kind !== 'chip')
    .map((node) => `no box: ${name(node)}`);
  const routes = graph.edges
    .filter((edge) => !layout.routes[edge.id] && edge.to !== '')
    .map((edge) => `no route: ${edge.id}`);
  return [...boxes, ...routes];
}

/** A node may lie on what it belongs to (a plug on its card, a card in its tray, all on the host), and nothing else on anything. */
function overlaps(graph: Graph, layout: Layout): string[] {
  const faults: string[] = [];
  const placed = graph.nodes
    .filter((node) => node.kind !== 'host')
    .flatMap((node) => {
      const box = layout.boxes[node.id];
      return box ? [{ node, box }] : [];
    })
    .sort((a, b) => a.box.x - b.box.x);
  placed.forEach((a, index) => {
    for (let next = index + 1; next < placed.length; next += 1) {
      const b = placed[next];
      if (!b || b.box.x >= a.box.x + a.box.width) break;
      if (a.node.parent === b.node.id || b.node.parent === a.node.id) continue;
      if (a.box.y < b.box.y + b.box.height && b.box.y < a.box.y + a.box.height)
        faults.push(`overlap: ${name(a.node)} and ${name(b.node)}`);
    }
  });
  return faults;
}

function badRoutes(graph: Graph, layout: Layout): string[] {
  const faults: string[] = [];
  const solid = graph.nodes.filter((node) => node.kind === 'container' || node.kind === 'panel');
  const node = new Map(graph.nodes.map((each) => [each.id, each]));
  for (const edge of graph.edges) {
    const points = layout.routes[edge.id]?.points ?? [];
    const own = new Set([edge.from, edge.to, node.get(edge.from)?.parent, node.get(edge.to)?.parent]);
    const [first, last] = [points[0], points.at(-1)];
    const [from, to] = [layout.boxes[edge.from], layout.boxes[edge.to]];
    if (first && from && !onBorder(first, from)) faults.push(`does not begin at its node: ${edge.id}`);
    if (last && to && edge.kind !== 'cable' && !onBorder(last, to)) faults.push(`does not end at its node: ${edge.id}`);
    for (let index = 1; index < points.length; index += 1) {
      const [a, b] = [points[index - 1], points[index]];
      if (!a || !b) continue;
      if (a.x !== b.x && a.y !== b.y) faults.push(`slanted: ${edge.id}`);
      for (const other of solid) {
        const box = layout.boxes[other.id];
        if (box && !own.has(other.id) && crosses(a, b, box)) faults.push(`${edge.id} runs through ${name(other)}`);
      }
    }
  }
  return faults;
}

function onBorder(point: Point, box: Box): boolean {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const within = point.x >= box.x - 1 && point.x <= right + 1 && point.y >= box.y - 1 && point.y <= bottom + 1;
  const inside = point.x > box.x + 1 && point.x < right - 1 && point.y > box.y + 1 && point.y < bottom - 1;
  return within && !inside;
}

function crosses(a: Point, b: Point, box: Box): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
}
