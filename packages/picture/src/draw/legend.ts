import { type Box, type Graph, type GraphNode, measureText } from '@vethscope/graph';
import type { Shape } from '../scene.ts';
import { hueOf, type Theme } from '../theme.ts';
import { dashes, dot, rect, stroke } from './boxes.ts';
import { label } from './label.ts';

interface Sample {
  width: number;
  draw: (box: Box) => Shape[];
}

interface Entry {
  words: string;
  sample: Sample;
}

const sample = { height: 14, gap: 8 } as const;
const size = 11;
const spacing = { between: 22, line: 24 } as const;

/** The shapes that a picture has and what they mean, in lines of at most `width`. Only what occurs is explained. */
export function legendShapes(
  graph: Graph,
  at: { x: number; y: number; width: number },
  theme: Theme,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let { x, y } = at;
  const entries = entriesFor(graph, theme);
  for (const {
    words,
    sample: { width: sampleWidth, draw },
  } of entries) {
    const width = measureText(words, 'sans', size);
    const whole = sampleWidth + sample.gap + width;
    if (x > at.x && x + whole > at.x + at.width) {
      x = at.x;
      y += spacing.line;
    }
    shapes.push(...draw({ x, y: y + (spacing.line - sample.height) / 2, width: sampleWidth, height: sample.height }));
    const place = { x: x + sampleWidth + sample.gap, y, width, height: spacing.line };
    shapes.push(label(words, place, { font: 'sans', size, fill: theme.ink2 }));
    x += whole + spacing.between;
  }
  return { shapes, height: entries.length === 0 ? 0 : y + spacing.line - at.y };
}

function entriesFor(graph: Graph, theme: Theme): Entry[] {
  const nodes = new Set<string>(graph.nodes.map(nature));
  const edges = new Set(graph.edges.map(({ kind }) => kind));
  const hue = hueOf(theme, graph.nodes.find((node) => node.kind === 'network')?.hue ?? 0);
  const bar = (dash: readonly number[] | null): Sample => ({
    width: 34,
    draw: (box) => [
      rect({ ...box, y: box.y + 1, height: 12 }, { radius: 6, fill: hue.fill, line: stroke(hue.line, 1.5, dash) }),
    ],
  });
  const pill = (text: string, width: number): Sample => ({
    width,
    draw: (box) => [
      rect(box, { radius: 7, fill: theme.surface, line: stroke(hue.line, 1.25) }),
      label(text, box, { font: 'mono', size: 8.5, fill: theme.ink1, anchor: 'middle' }),
    ],
  });
  const line = (dash: readonly number[] | null, colour = hue.line): Sample => ({
    width: 28,
    draw: ({ x, y, width }) => [
      {
        kind: 'line',
        points: [
          { x, y: y + 7 },
          { x: x + width, y: y + 7 },
        ],
        radius: 0,
        stroke: stroke(colour, 1.75, dash),
        opacity: 1,
      },
    ],
  });
  const spot = (state: 'good' | 'warn' | 'bad' | 'off'): Sample => ({
    width: 7,
    draw: ({ x, y }) => [dot({ x: x + 3.5, y: y + 7 }, state, theme)],
  });
  const linux = graph.lens === 'linux';
  const all: [boolean, string, Sample][] = [
    [nodes.has('bus'), linux ? 'bridge device of a network' : 'network', bar(null)],
    [nodes.has('internal'), 'internal network: no way out', bar(dashes.box)],
    [nodes.has('parent'), 'network on a parent link', bar(null)],
    [nodes.has('tunnel'), 'overlay network', bar(null)],
    [
      nodes.has('plug'),
      linux ? 'link with its index' : 'address of a container on a network',
      pill(linux ? 'eth0' : '.2', linux ? 32 : 26),
    ],
    [nodes.has('port'), 'published port', pill('8080', 32)],
    [edges.has('drop') && !linux, 'veth pair', line(null)],
    [edges.has('cable'), 'veth pair', line(null)],
    [edges.has('proxy'), 'by docker-proxy only', line(dashes.line)],
    [edges.has('flow'), 'way through the kernel’s hooks', line(null, theme.lineStrong)],
    [nodes.has('dot good'), 'running', spot('good')],
    [nodes.has('dot warn'), 'running, but look at it', spot('warn')],
    [nodes.has('dot bad'), 'unhealthy or dead', spot('bad')],
    [nodes.has('dot off'), 'not running', spot('off')],
  ];
  return all.flatMap(([occurs, words, sample]) => (occurs ? [{ words, sample }] : []));
}

function nature(node: GraphNode): string {
  switch (node.kind) {
    case 'network':
      return node.shape === 'bus' && node.internal ? 'internal' : node.shape;
    case 'container':
      return `dot ${node.dot}`;
    case 'host':
    case 'outside':
    case 'hostLink':
    case 'port':
    case 'chip':
    case 'plug':
    case 'tray':
    case 'panel':
      return node.kind;
  }
}
