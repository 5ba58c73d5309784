import type { Box, EdgeRoute, LayoutPlan, Point } from '../layout.ts';
import type { Arrangement } from './arrangement.ts';
import { panelColumn, panelHeight } from './metrics.ts';
import { blockSpan, type Geometry } from './placeBlocks.ts';

/** The panels of the Linux lens under each other, between the host's links and its bridges. */
export function placePanels(arrangement: Arrangement, origin: Point): Record<string, Box> {
  const boxes: Record<string, Box> = {};
  let { y } = origin;
  for (const panel of arrangement.panels) {
    const height = panelHeight(panel);
    boxes[panel.id] = { x: origin.x + panelColumn.left, y, width: panelColumn.width, height };
    y += height + panelColumn.gap;
  }
  return boxes;
}

/**
 * The lines between panels: straight down between neighbours; else past them, at the left into the host and at the right out of it; and from the last
 * hook along a trunk of its own to each bridge.
 */
export function routeFlows(
  arrangement: Arrangement,
  plan: LayoutPlan,
  geometry: Geometry,
  trunk: number,
): Record<string, EdgeRoute> {
  const routes: Record<string, EdgeRoute> = {};
  const order = arrangement.panels.map((panel) => panel.id);
  for (const edge of arrangement.graph.edges) {
    if (edge.kind !== 'flow') continue;
    const from = geometry.boxes[edge.from];
    const to = geometry.boxes[edge.to];
    if (!from || !to) continue;
    const [at, next] = [order.indexOf(edge.from), order.indexOf(edge.to)];
    routes[edge.id] = {
      points:
        at < 0
          ? fromLink(from, to, trunk)
          : next < 0
            ? toBridge({ arrangement, plan, geometry }, edge.to, from, to)
            : betweenPanels(from, to, next - at),
      label: null,
    };
  }
  return routes;
}

function middle(box: Box): number {
  return Math.round(box.y + box.height / 2);
}

function fromLink(from: Box, to: Box, trunk: number): Point[] {
  const y = to.y + 18;
  return [
    { x: from.x + from.width, y: middle(from) },
    { x: trunk, y: middle(from) },
    { x: trunk, y },
    { x: to.x, y },
  ];
}

function betweenPanels(from: Box, to: Box, steps: number): Point[] {
  const x = from.x + from.width / 2;
  if (steps === 1)
    return [
      { x, y: from.y + from.height },
      { x, y: to.y },
    ];
  if (steps > 1) {
    const side = from.x - 10;
    const start = from.y + from.height - 12;
    return [
      { x: from.x, y: start },
      { x: side, y: start },
      { x: side, y: to.y + 18 },
      { x: to.x, y: to.y + 18 },
    ];
  }
  const side = from.x + from.width + 10;
  const end = to.y + to.height - 12;
  return [
    { x: from.x + from.width, y: middle(from) },
    { x: side, y: middle(from) },
    { x: side, y: end },
    { x: to.x + to.width, y: end },
  ];
}

interface Placed {
  arrangement: Arrangement;
  plan: LayoutPlan;
  geometry: Geometry;
}

function toBridge({ arrangement, plan, geometry }: Placed, network: string, from: Box, to: Box): Point[] {
  const start = { x: from.x + from.width, y: from.y + 18 };
  const track = start.x + 26;
  const end = { x: to.x, y: middle(to) };
  const block = plan.blocks.find((each) => each.id === network || each.slots.includes(network));
  if (!block || block.unit - block.gutter === 0) return [start, { x: track, y: start.y }, { x: track, y: end.y }, end];
  const { top } = blockSpan(arrangement, geometry, block);
  const lane = top - 24;
  const inner = to.x - 16;
  return [start, { x: track, y: start.y }, { x: track, y: lane }, { x: inner, y: lane }, { x: inner, y: end.y }, end];
}
