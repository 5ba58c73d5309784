import type { Graph, GraphEdge, GraphNode } from '@vethscope/graph';

/** A graph for formats with a layout of their own: what lies on a line or on a box has become words of the line. */
export interface FlatGraph {
  /** `key` is short, made of letters and digits, and the same for the same graph. */
  boxes: { key: string; node: Box; lines: string[] }[];
  frames: { key: string; node: Frame; boxes: string[]; frames: string[] }[];
  lines: { from: string; to: string; words: string | null; edge: GraphEdge; directed: boolean }[];
}

type Of<K extends GraphNode['kind']> = Extract<GraphNode, { kind: K }>;
type Frame = Of<'host'> | Of<'tray'>;
type Box = Exclude<GraphNode, Frame | Of<'plug'> | Of<'chip'>>;

export function flatGraph(graph: Graph): FlatGraph {
  const node = new Map(graph.nodes.map((each) => [each.id, each]));
  const keys = new Map<string, string>();
  const boxes: FlatGraph['boxes'] = [];
  const frames: FlatGraph['frames'] = [];
  for (const each of graph.nodes) {
    if (each.kind === 'plug' || each.kind === 'chip') continue;
    const key = `${each.kind}${keys.size + 1}`;
    keys.set(each.id, key);
    if (each.kind === 'host' || each.kind === 'tray') frames.push({ key, node: each, boxes: [], frames: [] });
    else boxes.push({ key, node: each, lines: linesOf(each) });
  }
  const frameOf = (parent: string | null) => frames.find((frame) => frame.node.id === parent);
  for (const { key, node: each } of boxes) frameOf(each.parent)?.boxes.push(key);
  for (const { key, node: each } of frames) frameOf(each.parent)?.frames.push(key);
  const end = (id: string) => {
    const at = node.get(id);
    return keys.get(at?.kind === 'plug' ? (at.parent ?? '') : id);
  };
  const chips = new Map(graph.nodes.flatMap((each) => (each.kind === 'chip' ? [[each.on, each.title] as const] : [])));
  const plugWords = (id: string) => {
    const at = node.get(id);
    return at?.kind === 'plug' ? [[at.title, at.mark].filter((part) => part !== null).join(' ')] : [];
  };
  const lines = graph.edges.flatMap((edge) => {
    const [from, to] = [end(edge.from), end(edge.to)];
    if (from === undefined || to === undefined) return [];
    const ends = [...plugWords(edge.from), ...plugWords(edge.to)].join(' ↔ ');
    const words = [ends, edge.label, chips.get(edge.id)].filter(
      (part) => part !== undefined && part !== null && part !== '',
    );
    const directed = edge.kind === 'publish' || edge.kind === 'proxy' || edge.kind === 'flow';
    return [{ from, to, words: words.length > 0 ? words.join(' · ') : null, edge, directed }];
  });
  return { boxes, frames, lines };
}

/** The first line is the name. */
function linesOf(node: Box): string[] {
  switch (node.kind) {
    case 'outside':
      return filled([node.title, node.detail]);
    case 'hostLink':
      return [[node.title, node.mark].filter((part) => part !== null).join(' '), ...node.rows.map((row) => row.text)];
    case 'port':
      return filled([node.title, node.note]);
    case 'network':
      return filled([node.title, node.detail, node.second, node.badges.join(' · ')]);
    case 'container':
      return filled([
        node.title,
        node.state === 'running' ? null : node.state,
        node.subtitle,
        ...node.rows.map((row) => row.text),
        ...node.sharers.map((sharer) => `+ ${sharer.title}`),
      ]);
    case 'panel':
      return [
        node.title,
        ...node.rows.map((row) => [row.text, row.mark].filter((part) => part !== null).join(' ')),
        ...(node.more > 0 ? [`${node.more} more`] : []),
      ];
  }
}

function filled(parts: readonly (string | null)[]): string[] {
  return parts.filter((part): part is string => part !== null && part !== '');
}
