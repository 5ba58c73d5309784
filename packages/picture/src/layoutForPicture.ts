import { type Graph, type Layout, layoutGraph } from '@vethscope/graph';
import { cardWidth } from './draw/card.ts';

/** Wider cards than this would tear the picture apart; longer words become smaller, and then are cut. */
const widest = 264;
const aspect = 1.6;

/** The layout for a document: as the page's, with cards wide enough for the longest name. Deterministic. */
export function layoutForPicture(graph: Graph): Layout {
  const legs = new Map<string, number>();
  const cardOf = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  for (const { kind, from } of graph.edges) {
    const card = kind === 'drop' || kind === 'cable' ? cardOf.get(from) : null;
    if (card) legs.set(card, (legs.get(card) ?? 0) + 1);
  }
  const wanted = graph.nodes.map((node) =>
    node.kind === 'container' ? cardWidth(node, graph.lens, (legs.get(node.id) ?? 1) - 1) : 0,
  );
  return layoutGraph(graph, {
    pins: {},
    aspect,
    cardWidth: Math.min(
      widest,
      wanted.reduce((most, each) => Math.max(most, each), 0),
    ),
  });
}
