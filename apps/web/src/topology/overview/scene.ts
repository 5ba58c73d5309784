import type { Box, Graph, GraphNode, GraphNodeKind, Layout, Point } from '@vethscope/graph';

export interface SceneBox {
  id: string;
  node: GraphNode;
  box: Box;
}

export interface SceneLine {
  id: string;
  hue: number | null;
  dashed: boolean;
  points: readonly Point[];
}

/** A graph with its places, sorted by how it is painted: made once per layout, read at every frame. */
export interface Scene {
  boxes: Record<GraphNodeKind, SceneBox[]>;
  lines: SceneLine[];
  bounds: Box;
}

export function sceneOf(graph: Graph, layout: Layout): Scene {
  const boxes: Scene['boxes'] = {
    host: [],
    tray: [],
    network: [],
    container: [],
    panel: [],
    outside: [],
    hostLink: [],
    port: [],
    chip: [],
    plug: [],
  };
  for (const node of graph.nodes) {
    const box = layout.boxes[node.id];
    if (box) boxes[node.kind].push({ id: node.id, node, box });
  }
  const lines = graph.edges.flatMap((edge) => {
    const route = layout.routes[edge.id];
    return route ? [{ id: edge.id, hue: edge.hue, dashed: edge.dashed, points: route.points }] : [];
  });
  return { boxes, lines, bounds: layout.bounds };
}
