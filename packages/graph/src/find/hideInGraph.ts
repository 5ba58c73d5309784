import type { Graph, GraphNode } from '../graph.ts';

/**
 * The graph without some of its nodes and what hangs on them. A container whose home is hidden moves to the next of its networks that is
 * still shown, and goes where there is none.
 */
export function hideInGraph(graph: Graph, hidden: ReadonlySet<string>): Graph {
  if (hidden.size === 0) return graph;
  const node = new Map(graph.nodes.map((each) => [each.id, each]));
  const networkOf = (end: string) => {
    const at = node.get(end);
    return at?.kind === 'plug' && at.parent !== null ? at.parent : end;
  };
  const gone = new Set(hidden);
  const homes = new Map<string, string>();
  for (const edge of graph.edges) {
    if (edge.kind !== 'drop' && edge.kind !== 'cable') continue;
    const card = node.get(edge.from)?.parent;
    const network = networkOf(edge.to);
    if (card && !hidden.has(network) && !homes.has(card)) homes.set(card, network);
  }
  const nodes = graph.nodes.flatMap((each): GraphNode[] => {
    if (gone.has(each.id)) return [];
    if (each.kind !== 'container' || each.home === null || !hidden.has(each.home)) return [each];
    const home = homes.get(each.id);
    if (home !== undefined) return [{ ...each, home, hue: node.get(home)?.hue ?? null }];
    gone.add(each.id);
    return [];
  });
  const edges = graph.edges.filter((edge) => {
    const ends = [edge.from, edge.to, networkOf(edge.to), node.get(edge.from)?.parent ?? edge.from];
    return !ends.some((end) => gone.has(end));
  });
  const kept = new Set(edges.map((edge) => edge.id));
  const ended = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const trays = new Set(
    nodes.flatMap((each) => (each.kind === 'container' && each.parent !== null ? [each.parent] : [])),
  );
  const stays = (each: GraphNode): boolean => {
    switch (each.kind) {
      case 'plug':
        return ended.has(each.id);
      case 'chip':
        return kept.has(each.on);
      case 'port':
        return edges.some((edge) => edge.from === each.id) || !graph.edges.some((edge) => edge.from === each.id);
      case 'tray':
        return trays.has(each.id);
      case 'host':
      case 'outside':
      case 'hostLink':
      case 'network':
      case 'container':
      case 'panel':
        return true;
    }
  };
  const shown = nodes.filter(stays);
  const ids = new Set(shown.map((each) => each.id));
  return { ...graph, nodes: shown, edges: edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
}
