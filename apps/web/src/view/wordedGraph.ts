import type { Graph, GraphNode, GraphRow } from '@vethscope/graph';
import { t } from '../text/text.ts';

const { word } = t.packages;

/** Facts are addresses and names; of their lines only those begin with a word that tell who listens. */
const rowWords = (row: GraphRow): GraphRow =>
  row.tone === 'note' ||
  row.tone === 'bad' ||
  row.text.startsWith('listens ') ||
  row.text.endsWith('Endpoints') ||
  row.text === '1 Endpoint'
    ? { ...row, text: word(row.text) }
    : row;

/** The graph in the page's language, before it is laid out, so that boxes have room for its words. Titles that are names stay. */
export function wordedGraph(graph: Graph): Graph {
  return { ...graph, nodes: graph.nodes.map((node) => wordedNode(node, graph)) };
}

function wordedNode(node: GraphNode, { lens }: Graph): GraphNode {
  switch (node.kind) {
    case 'host':
      return { ...node, detail: word(node.detail) };
    case 'outside':
      return { ...node, title: node.zone === 'remote' ? node.title : word(node.title), detail: word(node.detail) };
    case 'hostLink':
      return {
        ...node,
        title: node.id === 'more-links' ? word(node.title) : node.title,
        rows: node.rows.map(rowWords),
      };
    case 'port':
      return { ...node, note: node.note === null ? null : word(node.note), full: word(node.full) };
    case 'chip':
      return { ...node, full: word(node.full) };
    case 'network':
      return {
        ...node,
        detail: word(node.detail),
        second: node.second === null ? null : word(node.second),
        badges: node.badges.map(word),
      };
    case 'container':
      // In the Docker lens the subtitle is the image, which may be called anything.
      return {
        ...node,
        subtitle: lens === 'docker' ? node.subtitle : word(node.subtitle),
        rows: node.rows.map(rowWords),
      };
    case 'tray':
      return { ...node, title: word(node.title), note: word(node.note) };
    case 'panel':
      return { ...node, title: node.panel === 'routes' ? word(node.title) : node.title, rows: node.rows.map(rowWords) };
    case 'plug':
      return node;
  }
}
