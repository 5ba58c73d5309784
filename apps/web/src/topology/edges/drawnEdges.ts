import type { Box, EdgeRoute, Graph, GraphEdge, Layout, Point } from '@vethscope/graph';
import type { Marks } from '../flowNodes.ts';
import { roundedPath } from './roundedPath.ts';

/** An edge as it is drawn. The same object as before where nothing of it changed, so that memoised lines stay. */
export interface DrawnEdge {
  id: string;
  edge: GraphEdge;
  route: EdgeRoute;
  path: string;
  bounds: Box;
  className: string;
  /** Drawn after the others: a lit line is not crossed by one that is not. */
  raised: boolean;
}

function edgeClass(edge: GraphEdge, marks: Marks): string {
  let name = `vt-edge vt-edge-${edge.kind}`;
  if (marks.traceEdges.has(edge.id)) name += ' is-traced';
  else if (marks.litEdges.has(edge.id)) name += ' is-lit';
  if (marks.freshEdges.has(edge.id)) name += marks.lasting ? ' is-came' : ' is-fresh';
  if (marks.hits && !(marks.hits.has(edge.from) && marks.hits.has(edge.to))) name += ' is-dim';
  return name;
}

/** Room for a label beside the line, so that it is not dropped before the line is. */
const labelRoom = 90;

function boundsOf(points: readonly Point[]): Box {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x + labelRoom, height: Math.max(...ys) - y };
}

export class DrawnEdges {
  private known = new Map<string, DrawnEdge>();

  of(graph: Graph, layout: Layout, marks: Marks): DrawnEdge[] {
    const next = new Map<string, DrawnEdge>();
    for (const edge of graph.edges) {
      const route = layout.routes[edge.id];
      if (!route || route.points.length < 2) continue;
      const className = edgeClass(edge, marks);
      const before = this.known.get(edge.id);
      if (before && before.edge === edge && before.route === route && before.className === className) {
        next.set(edge.id, before);
        continue;
      }
      const sameWay = before?.route === route;
      next.set(edge.id, {
        id: edge.id,
        edge,
        route,
        path: sameWay ? before.path : roundedPath(route.points),
        bounds: sameWay ? before.bounds : boundsOf(route.points),
        className,
        raised: marks.litEdges.has(edge.id) || marks.traceEdges.has(edge.id),
      });
    }
    this.known = next;
    return [...next.values()];
  }
}
