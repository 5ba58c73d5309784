import type { EdgeRoute, LayoutPlan, Point } from '../layout.ts';
import { type Arrangement, gutterColumns } from './arrangement.ts';
import { blockSpan, type Geometry } from './placeBlocks.ts';

/** The lines of the published ports: from the host's links along the trunk to each port, and from the port to its bar. */
export function routePorts(
  arrangement: Arrangement,
  plan: LayoutPlan,
  geometry: Geometry,
  trunk: number,
): Record<string, EdgeRoute> {
  const routes: Record<string, EdgeRoute> = {};
  const { boxes } = geometry;
  for (const edge of arrangement.graph.edges) {
    const from = boxes[edge.from];
    const to = boxes[edge.to];
    if (!from || !to) continue;
    if (edge.kind === 'publish' || edge.kind === 'proxy') {
      const y = from.y + from.height / 2;
      const middle = to.y + to.height / 2;
      const start = { x: from.x + from.width, y };
      if (y === middle) routes[edge.id] = { points: [start, { x: to.x, y }], label: null };
      else {
        const riser = to.x - 12;
        routes[edge.id] = {
          points: [start, { x: riser, y }, { x: riser, y: middle }, { x: to.x, y: middle }],
          label: null,
        };
      }
    } else if (edge.kind === 'uplink' && arrangement.node.get(edge.to)?.kind === 'port') {
      routes[edge.id] = { points: reach(arrangement, plan, geometry, { from, to, port: edge.to, trunk }), label: null };
    }
  }
  return routes;
}

interface Reach {
  from: { x: number; y: number; width: number; height: number };
  to: { x: number; y: number; width: number; height: number };
  port: string;
  trunk: number;
}

/** Along the trunk; to a port inside a shelf over the lane above that shelf's bars, and down at its gutter's own trunk. */
function reach(
  arrangement: Arrangement,
  plan: LayoutPlan,
  geometry: Geometry,
  { from, to, port, trunk }: Reach,
): Point[] {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const y = to.y + to.height / 2;
  const end = { x: to.x, y };
  const block = plan.blocks.find((each) => arrangement.portsOf.get(each.id)?.some((node) => node.id === port));
  if (!block || block.unit - block.gutter === 0) return [start, { x: trunk, y: start.y }, { x: trunk, y }, end];
  const { left, top } = blockSpan(arrangement, geometry, block);
  const inner = left - block.gutter * arrangement.metrics.unit + gutterColumns(arrangement, block.id).trunk;
  const lane = top - 24;
  return [start, { x: trunk, y: start.y }, { x: trunk, y: lane }, { x: inner, y: lane }, { x: inner, y }, end];
}
