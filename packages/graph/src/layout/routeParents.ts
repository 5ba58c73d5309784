import type { EdgeRoute, LayoutPlan, Point } from '../layout.ts';
import { type Arrangement, gutterColumns } from './arrangement.ts';
import { panelColumn, tracksBesideTrunk } from './metrics.ts';
import { blockSpan, type Geometry } from './placeBlocks.ts';

/** From a macvlan, ipvlan or overlay bar's left end to its parent link or its peers: each has a track of its own beside the trunk. */
export function routeParents(
  arrangement: Arrangement,
  plan: LayoutPlan,
  geometry: Geometry,
  trunk: number,
): Record<string, EdgeRoute> {
  const routes: Record<string, EdgeRoute> = {};
  const tracks = new Map<string, number>();
  for (const edge of arrangement.graph.edges) {
    if (edge.kind !== 'parent' && edge.kind !== 'tunnel') continue;
    const bar = geometry.boxes[edge.from];
    const to = geometry.boxes[edge.to];
    if (!bar || !to) continue;
    if (!tracks.has(edge.from)) tracks.set(edge.from, (tracks.size % tracksBesideTrunk) + 1);
    const order = tracks.get(edge.from) ?? 1;
    const track = trunk - 5 * order;
    const end = {
      x: to.x + to.width,
      y: to.y + to.height / 2 + (edge.kind === 'parent' ? Math.min(6 * order, to.height / 2 - 4) : 0),
    };
    const middle = bar.y + bar.height / 2;
    const start: Point = { x: bar.x, y: middle };
    const block = plan.blocks.find(
      (each) => each.id === edge.from || (each.kind === 'stack' && each.slots.includes(edge.from)),
    );
    const span = block ? blockSpan(arrangement, geometry, block) : { left: bar.x, top: bar.y };
    const gutter = geometry.x0 + plan.left * arrangement.metrics.unit;
    const channel = gutter - 6 - 5 * order;
    // A bar with nothing at its left goes straight there; any other goes up in the gap before it, and over the lane above its shelf.
    const straight = bar.x === gutter;
    const gap =
      block && bar.x === span.left
        ? span.left - block.gutter * arrangement.metrics.unit + gutterColumns(arrangement, block.id).trunk + 6 * order
        : bar.x - 10;
    const lane = span.top - 24 - 5 * order;
    const way: Point[] = straight
      ? []
      : [
          { x: gap, y: middle },
          { x: gap, y: lane },
        ];
    const height = straight ? middle : lane;
    routes[edge.id] = {
      points: [
        start,
        ...way,
        ...cross(passageNear(arrangement, geometry, height), channel, height, track),
        { x: track, y: end.y },
        end,
      ],
      label: null,
    };
  }
  return routes;
}

/** Linux lens: where a line can pass between two panels, nearest to the height that it is at; null where there are none. */
function passageNear(arrangement: Arrangement, geometry: Geometry, y: number): number | null {
  const gaps = arrangement.panels.flatMap((panel, index) => {
    const box = geometry.boxes[panel.id];
    if (!box) return [];
    const half = panelColumn.gap / 2;
    return index === 0 ? [box.y - half - 6, box.y + box.height + half] : [box.y + box.height + half];
  });
  return gaps.sort((a, b) => Math.abs(a - y) - Math.abs(b - y))[0] ?? null;
}

function cross(passage: number | null, channel: number, y: number, track: number): Point[] {
  if (passage === null) return [{ x: track, y }];
  return [
    { x: channel, y },
    { x: channel, y: passage },
    { x: track, y: passage },
  ];
}
