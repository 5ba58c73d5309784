import type { Box, Graph, GraphEdge, GraphNode, Layout, Point } from '@vethscope/graph';
import { plain, round } from './draw/label.ts';
import { escapeXml } from './svgOf.ts';
import { hueOf, type Theme, type ThemeName, themes } from './theme.ts';

/**
 * The graph in its layout for draw.io (diagrams.net), uncompressed: what lies in a box is its child there too, and lines are tied to the boxes at
 * their ends, so that things can be moved and stay connected.
 */
export function drawioOf(graph: Graph, layout: Layout, themeName: ThemeName = 'light'): string {
  const theme = themes[themeName];
  const cells = new Map(graph.nodes.map((node, index) => [node.id, `n${index + 1}`]));
  const { x, y, width, height } = layout.bounds;
  const origin = { x: x - 40, y: y - 40 };
  const nodes = graph.nodes.flatMap((node) => {
    const box = layout.boxes[node.id];
    const id = cells.get(node.id);
    if (!box || id === undefined) return [];
    const within = node.parent === null ? undefined : layout.boxes[node.parent];
    const parent = (within && cells.get(node.parent ?? '')) ?? '1';
    const at = within ?? { ...origin, width: 0, height: 0 };
    const own = { ...box, x: box.x - at.x, y: box.y - at.y };
    const value = linesOf(node)
      .map((line) => escapeXml(plain(line)))
      .join('&#10;');
    return [
      `<mxCell id="${id}" value="${value}" style="${styleOf(node, theme)}" vertex="1" parent="${parent}">${geometry(own)}</mxCell>`,
    ];
  });
  const edges = graph.edges.flatMap((edge, index) => {
    const points = layout.routes[edge.id]?.points;
    const [from, to] = [layout.boxes[edge.from], layout.boxes[edge.to]];
    if (!points || !from || !to) return [];
    const style = `${edgeStyle(edge, theme)}${ends(points, from, to)}`;
    const way = points
      .slice(1, -1)
      .map((point) => `<mxPoint x="${round(point.x - origin.x)}" y="${round(point.y - origin.y)}"/>`)
      .join('');
    return [
      `<mxCell id="e${index + 1}" value="${escapeXml(plain(edge.label ?? ''))}" style="${style}" edge="1" parent="1" source="${cells.get(edge.from)}" target="${cells.get(edge.to)}"><mxGeometry relative="1" as="geometry">${way === '' ? '' : `<Array as="points">${way}</Array>`}</mxGeometry></mxCell>`,
    ];
  });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mxfile host="vethscope">',
    `<diagram id="vethscope" name="${escapeXml(plain(graph.nodes.find(({ kind }) => kind === 'host')?.title ?? 'Docker networks'))}">`,
    `<mxGraphModel dx="0" dy="0" grid="1" gridSize="4" guides="1" tooltips="1" connect="1" arrows="1" fold="0" page="0" pageScale="1" pageWidth="${Math.ceil(width + 80)}" pageHeight="${Math.ceil(height + 80)}" background="${theme.page}" math="0" shadow="0">`,
    '<root>',
    '<mxCell id="0"/>',
    '<mxCell id="1" parent="0"/>',
    ...nodes,
    ...edges,
    '</root>',
    '</mxGraphModel>',
    '</diagram>',
    '</mxfile>',
  ].join('\n')}\n`;
}

function geometry({ x, y, width, height }: Box): string {
  return `<mxGeometry x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" as="geometry"/>`;
}

function linesOf(node: GraphNode): string[] {
  switch (node.kind) {
    case 'host':
    case 'outside':
      return [node.title, node.detail];
    case 'tray':
      return [node.title, node.note];
    case 'hostLink':
    case 'panel':
      return [node.title, ...node.rows.map((row) => row.text)];
    case 'port':
    case 'chip':
      return [node.title];
    case 'plug':
      return [node.mark === null ? node.title : `${node.title} ${node.mark}`];
    case 'network':
      return [[node.title, node.detail, ...node.badges].join('  '), ...(node.second === null ? [] : [node.second])];
    case 'container':
      return [
        node.state === 'running' ? node.title : `${node.title} (${node.state})`,
        ...(node.subtitle === '' ? [] : [node.subtitle]),
        ...node.rows.map((row) => row.text),
        ...node.sharers.map((sharer) => `+ ${sharer.title}`),
      ];
  }
}

/** `html=0`: the words are words, whatever characters are in them. */
function styleOf(node: GraphNode, theme: Theme): string {
  const { line, fill, ink } = hueOf(theme, node.hue);
  const text = (size: number, colour = theme.ink1) =>
    `html=0;whiteSpace=wrap;overflow=hidden;fontSize=${size};fontColor=${colour};`;
  const box = (arc: number, stroke: string, ground: string) =>
    `rounded=1;absoluteArcSize=1;arcSize=${arc * 2};strokeColor=${stroke};fillColor=${ground};`;
  const top = 'verticalAlign=top;align=left;spacingLeft=8;spacingTop=4;';
  switch (node.kind) {
    case 'host':
      return `${box(14, theme.line, theme.surface)}${text(13)}${top}container=1;collapsible=0;`;
    case 'tray':
      return `${box(12, theme.line, 'none')}${text(11, theme.ink2)}${top}dashed=1;container=1;collapsible=0;`;
    case 'outside':
      return `${box(10, theme.line, theme.surface)}${text(11)}`;
    case 'hostLink':
      return `${box(7, theme.ink2, theme.surface)}${text(11)}${node.up ? '' : 'dashed=1;'}`;
    case 'port':
      return `${box(11, line, theme.surface)}${text(11)}${node.active ? '' : 'dashed=1;'}`;
    case 'chip':
      return `${box(8, line, theme.surface)}${text(10, ink)}${node.role === 'proxy' ? 'dashed=1;' : ''}`;
    case 'network':
      return `${box(9, line, fill)}${text(11, ink)}align=left;spacingLeft=12;container=1;collapsible=0;${node.internal ? 'dashed=1;' : ''}`;
    case 'container':
      return `${box(10, theme.line, theme.surface)}${text(11)}${top}spacingTop=8;container=1;collapsible=0;`;
    case 'plug':
      return `${box(11, line, theme.surface)}${text(10)}${node.up ? '' : 'dashed=1;'}`;
    case 'panel':
      return `${box(10, theme.line, theme.surface)}${text(10)}${top}`;
  }
}

function edgeStyle(edge: GraphEdge, theme: Theme): string {
  const { line } = hueOf(theme, edge.hue);
  const arrow = edge.kind === 'publish' || edge.kind === 'proxy' || edge.kind === 'flow' ? 'blockThin' : 'none';
  return `edgeStyle=orthogonalEdgeStyle;rounded=1;html=0;jettySize=auto;endArrow=${arrow};endFill=1;endSize=4;strokeColor=${line};strokeWidth=1.75;fontSize=10;fontColor=${theme.ink2};labelBackgroundColor=none;${edge.dashed ? 'dashed=1;' : ''}`;
}

/** Where the line meets its boxes, as shares of their sides. */
function ends(points: readonly Point[], from: Box, to: Box): string {
  const share = (point: Point | undefined, box: Box, name: 'exit' | 'entry') => {
    if (!point) return '';
    const part = (value: number, size: number) => round(Math.min(1, Math.max(0, size === 0 ? 0.5 : value / size)));
    return `${name}X=${part(point.x - box.x, box.width)};${name}Y=${part(point.y - box.y, box.height)};${name}Dx=0;${name}Dy=0;`;
  };
  return `${share(points[0], from, 'exit')}${share(points.at(-1), to, 'entry')}`;
}
