import type { Graph } from '@vethscope/graph';
import { plain } from './draw/label.ts';
import { type FlatGraph, flatGraph } from './flatGraph.ts';
import { hueOf, type ThemeName, themes } from './theme.ts';

/** The graph as a flowchart in the language of Mermaid, which draws it itself: networks in their colours, containers, ports. */
export function mermaidOf(graph: Graph, theme: ThemeName = 'light'): string {
  const flat = flatGraph(graph);
  const lines = ['flowchart LR', ...frameLines(flat, null, '  ')];
  for (const { from, to, words, edge, directed } of flat.lines) {
    const line = edge.dashed ? (directed ? '-.->' : '-.-') : directed ? '-->' : '---';
    lines.push(`  ${from} ${line}${words === null ? '' : `|"${escapeMermaid(words)}"|`} ${to}`);
  }
  const hues = new Map<number, string[]>();
  for (const { key, node } of flat.boxes) {
    if (node.hue === null || node.kind === 'container') continue;
    const same = hues.get(node.hue);
    if (same) same.push(key);
    else hues.set(node.hue, [key]);
  }
  for (const [hue, keys] of hues) {
    const { line, fill } = hueOf(themes[theme], hue);
    lines.push(`  classDef hue${hue} fill:${fill},stroke:${line},color:${themes[theme].ink1}`);
    lines.push(`  class ${keys.join(',')} hue${hue}`);
  }
  return `${lines.join('\n')}\n`;
}

function frameLines(flat: FlatGraph, parent: string | null, indent: string): string[] {
  const inner = flat.frames.filter(({ key }) =>
    parent === null
      ? !flat.frames.some((frame) => frame.frames.includes(key))
      : flat.frames.some((frame) => frame.key === parent && frame.frames.includes(key)),
  );
  const free = flat.boxes.filter(({ key }) =>
    parent === null
      ? !flat.frames.some((frame) => frame.boxes.includes(key))
      : flat.frames.some((frame) => frame.key === parent && frame.boxes.includes(key)),
  );
  return [
    ...free.map(({ key, node, lines }) => {
      const [open, close] = node.kind === 'port' ? ['([', '])'] : node.kind === 'container' ? ['(', ')'] : ['[', ']'];
      return `${indent}${key}${open}"${lines.map(escapeMermaid).join('<br/>')}"${close}`;
    }),
    ...inner.flatMap(({ key, node }) => [
      `${indent}subgraph ${key}["${escapeMermaid([node.title, node.kind === 'host' ? node.detail : node.note].filter(Boolean).join(' '))}"]`,
      ...frameLines(flat, key, `${indent}  `),
      `${indent}end`,
    ]),
  ];
}

/** Mermaid reads HTML, Markdown and its own entities inside of quotes: whatever might begin one of these is written as a number. */
function escapeMermaid(text: string): string {
  return plain(text).replace(/["#&;<>`\\*_~[\]{}|%]/g, (character) => `#${character.codePointAt(0)};`);
}
