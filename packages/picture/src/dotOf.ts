import type { Graph } from '@vethscope/graph';
import { plain } from './draw/label.ts';
import { type FlatGraph, flatGraph } from './flatGraph.ts';
import { hueOf, type Theme, type ThemeName, themes } from './theme.ts';

/** The graph in DOT, the language of Graphviz, which lays it out itself. */
export function dotOf(graph: Graph, themeName: ThemeName = 'light'): string {
  const theme = themes[themeName];
  const flat = flatGraph(graph);
  const lines = [
    'digraph vethscope {',
    `  graph [rankdir=LR, bgcolor=${quoted(theme.page)}, fontname="Inter", fontcolor=${quoted(theme.ink1)}, nodesep=0.25, ranksep=0.7];`,
    `  node [shape=box, style="rounded,filled", fontname="Inter", fontsize=10, color=${quoted(theme.line)}, fillcolor=${quoted(theme.surface)}, fontcolor=${quoted(theme.ink1)}];`,
    `  edge [fontname="JetBrains Mono", fontsize=8, color=${quoted(theme.lineStrong)}, fontcolor=${quoted(theme.ink2)}, arrowsize=0.6];`,
    ...clusterLines(flat, theme, { frames: rootFrames(flat), boxes: rootBoxes(flat), indent: '  ' }),
  ];
  for (const { from, to, words, edge, directed } of flat.lines) {
    const attributes = [
      ...(words === null ? [] : [`label=${quoted(words)}`]),
      ...(edge.hue === null ? [] : [`color=${quoted(hueOf(theme, edge.hue).line)}`]),
      ...(edge.dashed ? ['style=dashed'] : []),
      ...(directed ? [] : ['dir=none']),
    ];
    lines.push(`  ${from} -> ${to}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function rootFrames({ frames }: FlatGraph): string[] {
  const inner = new Set(frames.flatMap((frame) => frame.frames));
  return frames.flatMap(({ key }) => (inner.has(key) ? [] : [key]));
}

function rootBoxes({ frames, boxes }: FlatGraph): string[] {
  const inner = new Set(frames.flatMap((frame) => frame.boxes));
  return boxes.flatMap(({ key }) => (inner.has(key) ? [] : [key]));
}

function clusterLines(
  flat: FlatGraph,
  theme: Theme,
  { frames, boxes, indent }: { frames: readonly string[]; boxes: readonly string[]; indent: string },
): string[] {
  const wanted = new Set(boxes);
  return [
    ...flat.boxes.flatMap(({ key, node, lines }) => {
      if (!wanted.has(key)) return [];
      const { line, fill } = hueOf(theme, node.hue);
      const own =
        node.hue === null || node.kind === 'container' ? [] : [`color=${quoted(line)}`, `fillcolor=${quoted(fill)}`];
      return [`${indent}${key} [${[`label=${quoted(lines.join('\n'))}`, ...own].join(', ')}];`];
    }),
    ...frames.flatMap((key) => {
      const frame = flat.frames.find((each) => each.key === key);
      if (!frame) return [];
      const { node } = frame;
      const title = [node.title, node.kind === 'host' ? node.detail : node.note]
        .filter((part) => part !== '')
        .join(' ');
      return [
        `${indent}subgraph cluster_${key} {`,
        `${indent}  label=${quoted(title)}; style="rounded${node.kind === 'tray' ? ',dashed' : ''}"; color=${quoted(theme.line)};`,
        ...clusterLines(flat, theme, { frames: frame.frames, boxes: frame.boxes, indent: `${indent}  ` }),
        `${indent}}`,
      ];
    }),
  ];
}

/** A string of DOT: quotes and backslashes escaped, a line's end as `\n`. */
function quoted(text: string): string {
  const lines = text.split('\n').map((line) => plain(line).replace(/\\/g, '\\\\').replace(/"/g, '\\"'));
  return `"${lines.join('\\n')}"`;
}
