import type { Box, Graph, GraphNode, Layout, TraceMarks } from '@vethscope/graph';
import { boundsOf } from './boundsOf.ts';
import { type ChangeMark, changedBox } from './draw/changed.ts';
import { Crowd } from './draw/crowd.ts';
import { arrowHead, edgeLabel, edgeLabelBox, edgeLine, tracedLine } from './draw/edge.ts';
import { fittingSize, label, plain } from './draw/label.ts';
import { legendShapes } from './draw/legend.ts';
import { type NodeStyle, nodeShapes } from './draw/node.ts';
import { outcomeMark, ring } from './draw/outcome.ts';
import { faded, gone, untouched } from './faded.ts';
import { inView } from './inView.ts';
import { moved } from './moved.ts';
import { nodeTitle } from './nodeTitle.ts';
import type { Scene, Shape } from './scene.ts';
import { mix, type Theme, type ThemeName, themes } from './theme.ts';

export interface SceneOptions {
  theme: ThemeName;
  /** Nothing is painted below the picture, so that it stands on the paper of the document. */
  transparent?: boolean;
  /** Words below the picture; null for none. */
  caption?: string | null;
  legend?: boolean;
  /** The way of a packet: what it does not touch stands back. */
  trace?: TraceMarks | null;
  /** What is different about nodes, by their ids. */
  changes?: ReadonlyMap<string, ChangeMark> | null;
  /** Nodes and lines of what is no more: they stand back, in the place that they would have. */
  ghosts?: ReadonlySet<string> | null;
  /** Only the boxes that lie in this part of the layout, each whole. */
  view?: Box | null;
  /** For who cannot see the picture. */
  title?: string;
}

const margin = 24;
/** How far the words below a picture stand from it. */
const footGap = 18;
const captionSize = 12;

/** The picture of a graph in its layout: the same shapes, colours and words as on the page. Pure: the same arguments make the same scene. */
export function sceneOf(whole: Graph, layout: Layout, options: SceneOptions): Scene {
  const theme = themes[options.theme];
  const { graph, boxes } = options.view ? inView(whole, layout, options.view) : { graph: whole, boxes: layout.boxes };
  const style: NodeStyle = { theme, lens: graph.lens, transparent: options.transparent ?? false };
  const trace = options.trace ?? null;
  const ghosts = options.ghosts ?? null;
  const bounds = pictureBounds(graph, layout, boxes);
  const shapes = [
    ...drawnNodes(graph, boxes, { style, trace, ghosts, below: true }),
    ...drawnEdges(graph, { layout, boxes }, { style, trace, ghosts }),
    ...drawnNodes(graph, boxes, { style, trace, ghosts, below: false }),
    ...(trace === null ? [] : endMark(trace, boxes, theme)),
    ...changeMarks(options.changes ?? null, boxes, theme),
  ];
  const at = { x: margin - bounds.x, y: margin - bounds.y };
  const width = Math.max(bounds.width, options.legend ? 320 : 0) + 2 * margin;
  const foot = footShapes(graph, { y: bounds.height + margin, width: width - 2 * margin }, { options, theme });
  return {
    width: Math.ceil(width),
    height: Math.ceil(bounds.height + 2 * margin + foot.height),
    background: style.transparent ? null : theme.page,
    title: plain(options.title ?? titleOf(graph)),
    description: descriptionOf(ghosts === null ? graph.nodes : graph.nodes.filter(({ id }) => !ghosts.has(id))),
    shapes: [...shapes.map((shape) => moved(shape, at)), ...foot.shapes],
  };
}

/** Around the boxes, the lines and the words beside them. */
function pictureBounds(graph: Graph, layout: Layout, boxes: Record<string, Box>): Box {
  const all = graph.nodes.flatMap((node) => {
    const box = boxes[node.id];
    if (!box) return [];
    return [node.kind === 'port' && node.note !== null ? { ...box, height: box.height + 14 } : box];
  });
  const lines = graph.edges.flatMap((edge) =>
    (layout.routes[edge.id]?.points ?? []).map((point) => ({ x: point.x - 2, y: point.y - 2, width: 4, height: 4 })),
  );
  return boundsOf([...all, ...lines]);
}

interface Drawing {
  style: NodeStyle;
  trace: TraceMarks | null;
  ghosts: ReadonlySet<string> | null;
}

/** Frames and trays lie below the lines, all else above them. */
function drawnNodes(
  graph: Graph,
  boxes: Record<string, Box>,
  { style, trace, ghosts, below }: Drawing & { below: boolean },
): Shape[] {
  const touched = trace === null ? null : touchedNodes(graph, trace);
  return graph.nodes.flatMap((node): Shape[] => {
    const box = boxes[node.id];
    const isFrame = node.kind === 'host' || node.kind === 'tray';
    if (!box || isFrame !== below) return [];
    const shapes = nodeShapes(node, box, style);
    const end = trace !== null && node.kind !== 'host' && (node.id === trace.nodes[0] || node.id === lastNode(trace));
    if (end) shapes.push(...ring(box, style.theme));
    const group: Shape = { kind: 'group', id: node.id, title: plain(nodeTitle(node)), shapes };
    if (ghosts?.has(node.id)) return [faded(group, groundOf(style), gone)];
    const back = touched !== null && node.kind !== 'host' && !touched.has(node.id);
    return [back ? faded(group, groundOf(style), untouched) : group];
  });
}

/** What lies behind nearly everything: the host's frame. */
function groundOf({ theme, transparent }: NodeStyle): string {
  return transparent ? theme.page : mix(theme.surface, theme.page, theme.frame);
}

/** With a node the plugs and chips that lie on the path's lines, and a plug's card. */
function touchedNodes(graph: Graph, trace: TraceMarks): Set<string> {
  const touched = new Set(trace.nodes);
  const edges = new Set(trace.edges.map(({ id }) => id));
  for (const node of graph.nodes) {
    if (node.kind === 'chip' && edges.has(node.on)) touched.add(node.id);
    if (node.kind === 'plug' && touched.has(node.id) && node.parent !== null) touched.add(node.parent);
  }
  for (const node of graph.nodes)
    if (node.kind === 'container' && touched.has(node.id) && node.parent !== null) touched.add(node.parent);
  return touched;
}

function drawnEdges(
  graph: Graph,
  { layout, boxes }: { layout: Layout; boxes: Record<string, Box> },
  { style, trace, ghosts }: Drawing,
): Shape[] {
  const taken = new Set(trace?.edges.map(({ id }) => id));
  const groups: Shape[] = [];
  const labels: Shape[] = [];
  const crowd = crowdOf(graph, layout, boxes);
  for (const edge of graph.edges) {
    const route = layout.routes[edge.id];
    if (!route || route.points.length < 2) continue;
    const title = edge.label === null ? null : plain(edge.label);
    const line: Shape = { kind: 'group', id: edge.id, title, shapes: [edgeLine(edge, route, style.theme)] };
    const share = ghosts?.has(edge.id) ? gone : trace !== null && !taken.has(edge.id) ? untouched : 1;
    groups.push(share < 1 ? faded(line, groundOf(style), share) : line);
    const box = edgeLabelBox(edge, route);
    // Words that would lie on a box, a line or other words are only in the tooltip.
    if (box === null || edge.label === null || !crowd.isFree(box)) continue;
    crowd.add(box);
    const shapes = [edgeLabel(edge.label, box, style.theme)];
    const said: Shape = { kind: 'group', id: `label:${edge.id}`, title: null, shapes };
    labels.push(share < 1 ? faded(said, groundOf(style), share) : said);
  }
  const traced: Shape[] = [];
  const heads: Shape[] = [];
  const drawn = new Set<string>();
  for (const { id, reverse } of trace?.edges ?? []) {
    const route = layout.routes[id];
    if (!route || drawn.has(`${id} ${reverse}`) || !graph.edges.some((edge) => edge.id === id)) continue;
    const there = drawn.has(`${id} ${!reverse}`);
    drawn.add(`${id} ${reverse}`);
    if (!there) traced.push(...tracedLine(route, { theme: style.theme, reverse }));
    heads.push(...arrowHead(route, { theme: style.theme, reverse }));
  }
  const path: Shape[] =
    traced.length > 0 ? [{ kind: 'group', id: 'path', title: null, shapes: [...traced, ...heads] }] : [];
  return [...groups, ...path, ...labels];
}

/** What words beside lines must keep off: boxes and lines. */
function crowdOf(graph: Graph, layout: Layout, boxes: Record<string, Box>): Crowd {
  const crowd = new Crowd();
  for (const node of graph.nodes) {
    const box = boxes[node.id];
    if (box && node.kind !== 'host' && node.kind !== 'tray') crowd.add(box);
  }
  for (const { id } of graph.edges) {
    const points = layout.routes[id]?.points ?? [];
    points.slice(1).forEach((to, index) => {
      const from = points[index] ?? to;
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      crowd.add({ x: x - 1, y: y - 1, width: Math.abs(from.x - to.x) + 2, height: Math.abs(from.y - to.y) + 2 });
    });
  }
  return crowd;
}

/** The last place of the way there. */
function lastNode(trace: TraceMarks): string | null {
  return trace.steps.findLast(({ way, node }) => way === 'there' && node !== null)?.node ?? null;
}

/** Where the path ends there is a mark, above everything. */
function endMark(trace: TraceMarks, boxes: Record<string, Box>, theme: Theme): Shape[] {
  const last = lastNode(trace);
  const box = boxes[last ?? ''];
  if (!box || last === 'host') return [];
  const at = { x: box.x + box.width - 1, y: box.y + 1 };
  return [{ kind: 'group', id: 'path-end', title: null, shapes: outcomeMark(at, trace.outcome, theme) }];
}

/** Above everything, as the end of a path. */
function changeMarks(changes: SceneOptions['changes'], boxes: Record<string, Box>, theme: Theme): Shape[] {
  return [...(changes ?? [])].flatMap(([id, change]): Shape[] => {
    const box = boxes[id];
    return box ? [{ kind: 'group', id: `change:${id}`, title: null, shapes: changedBox(box, change, theme) }] : [];
  });
}

function footShapes(
  graph: Graph,
  { y, width }: { y: number; width: number },
  { options, theme }: { options: SceneOptions; theme: Theme },
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let at = y;
  if (options.legend) {
    const legend = legendShapes(graph, { x: margin, y: at + footGap, width }, theme);
    shapes.push({ kind: 'group', id: 'legend', title: null, shapes: legend.shapes });
    at += legend.height + footGap;
  }
  const caption = plain(options.caption ?? '');
  if (caption !== '') {
    const font = { font: 'sans', size: captionSize, least: 8, fill: theme.ink2 } as const;
    const height = Math.ceil(fittingSize([caption], width, font)) + 6;
    const words = label(caption, { x: margin, y: at + footGap, width, height }, font);
    shapes.push({
      kind: 'group',
      id: 'caption',
      title: caption === words.text ? null : caption,
      shapes: [words],
    });
    at += footGap + height;
  }
  return { shapes, height: at - y };
}

function titleOf(graph: Graph): string {
  const host = graph.nodes.find((node) => node.kind === 'host');
  return host ? `The Docker networks of ${host.title}` : 'Docker networks';
}

const count = (nodes: readonly GraphNode[], kind: GraphNode['kind'], word: string) => {
  const number = nodes.filter((node) => node.kind === kind).length;
  return `${number} ${word}${number === 1 ? '' : 's'}`;
};

function descriptionOf(nodes: readonly GraphNode[]): string {
  return `${count(nodes, 'network', 'network')}, ${count(nodes, 'container', 'container')}, ${count(nodes, 'port', 'published port')}.`;
}
