import type { Graph } from '../graph.ts';
import type { Box, EdgeRoute, Layout, LayoutOptions, LayoutPlan } from '../layout.ts';
import { applyPins } from './applyPins.ts';
import { type Arrangement, arrange } from './arrangement.ts';
import { boundsOf } from './boundsOf.ts';
import { continuePlan } from './continuePlan.ts';
import { frame } from './metrics.ts';
import { placePanels, routeFlows } from './panels.ts';
import { placeBlocks } from './placeBlocks.ts';
import { placeOutside, routeOutside, tidy } from './placeOutside.ts';
import { planLayout, planScore } from './planLayout.ts';
import { routeLegs } from './routeLegs.ts';
import { routeParents } from './routeParents.ts';
import { routePorts } from './routePorts.ts';

/**
 * Where everything is. Pure: the same graph, options and previous layout make the same picture. Without `previous` the layout is canonical; with
 * it, what was there keeps its slot, what is new takes a free one, and no container that stays moves when another comes or goes. Where a
 * network came or went and the kept picture has become much poorer than a new one, it is made anew.
 */
export function layoutGraph(graph: Graph, options: LayoutOptions): Layout {
  const arrangement = arrange(graph, options.cardWidth);
  const plan = choosePlan(arrangement, options);
  const top = frame.top + frame.title + 46;
  const middle = top + 90;
  const edge = placeOutside(arrangement, middle);
  const geometry = placeBlocks(arrangement, plan, { x: edge.trunk - 14, y: top });
  Object.assign(geometry.boxes, edge.boxes, placePanels(arrangement, { x: edge.trunk - 14, y: top }));
  const legs = routeLegs(arrangement, plan, geometry);
  const bottom = Math.max(
    geometry.bottom - 24,
    ...Object.values(geometry.boxes).map((box) => box.y + box.height + frame.padding),
    ...Object.values(legs.routes).flatMap((route) => route.points.map((point) => point.y + frame.padding)),
  );
  const host: Box = {
    x: edge.frame,
    y: frame.top,
    width: legs.right + frame.padding - edge.frame,
    height: bottom - frame.top,
  };
  if (arrangement.node.has('host')) geometry.boxes.host = host;
  const routes: Record<string, EdgeRoute> = {
    ...routeOutside(arrangement, geometry.boxes),
    ...routePorts(arrangement, plan, geometry, edge.trunk),
    ...routeParents(arrangement, plan, geometry, edge.trunk),
    ...routeFlows(arrangement, plan, geometry, edge.trunk),
    ...legs.routes,
  };
  for (const route of Object.values(routes)) route.points = tidy(route.points);
  const layout: Layout = { boxes: geometry.boxes, routes, bounds: boundsOf(geometry.boxes), plan };
  return Object.keys(options.pins).length > 0 ? applyPins(arrangement, layout, options.pins) : layout;
}

/** By how much a new plan must be better (see planScore) to be worth the moving. */
const worthMoving = 0.25;

function choosePlan(arrangement: Arrangement, { previous, aspect }: LayoutOptions): LayoutPlan {
  if (!previous || previous.plan.lens !== arrangement.graph.lens) return planLayout(arrangement, aspect);
  const kept = continuePlan(arrangement, previous.plan, aspect);
  const known = new Set(
    previous.plan.blocks.flatMap((block) =>
      block.kind === 'stack' ? block.slots : [block.kind === 'network' ? block.id : null],
    ),
  );
  known.delete(null);
  const { networks } = arrangement;
  if (networks.length === known.size && networks.every(({ id }) => known.has(id))) return kept;
  const fresh = planLayout(arrangement, aspect);
  return planScore(arrangement, kept, aspect) > planScore(arrangement, fresh, aspect) + worthMoving ? fresh : kept;
}
