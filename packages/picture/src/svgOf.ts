import type { Point } from '@vethscope/graph';
import { round } from './draw/label.ts';
import type { Scene, Shape, Stroke, TextShape } from './scene.ts';

export interface SvgOptions {
  /** Of the width and height that a reader gives the picture; the coordinates stay. Default 1. */
  scale?: number;
  /** CSS with the fonts in it (@font-face with data: URLs), for readers that have neither font. Default: none. */
  fontFaces?: string | null;
}

/*
 * Fonts of the same width stand before those of the system: where Inter and JetBrains Mono are not installed, the words still fit in their
 * boxes.
 */
const families = {
  sans: "Inter, 'Inter Variable', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans KR', sans-serif",
  mono: "'JetBrains Mono', 'JetBrains Mono Variable', Menlo, 'DejaVu Sans Mono', 'Liberation Mono', Consolas, monospace",
} as const;

/**
 * SVG 1.1 of a scene: real text, no foreignObject, nothing that loads or runs. Every thing has an element of its own with a stable id. The same
 * scene gives the same bytes.
 */
export function svgOf(scene: Scene, { scale = 1, fontFaces = null }: SvgOptions = {}): string {
  const { width, height } = scene;
  const ids = new SvgIds();
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width * scale)}" height="${number(height * scale)}" viewBox="0 0 ${number(width)} ${number(height)}" role="img" aria-labelledby="picture-title picture-description">`,
    `<title id="picture-title">${escapeXml(scene.title)}</title>`,
    `<desc id="picture-description">${escapeXml(scene.description)}</desc>`,
    ...(fontFaces === null ? [] : [`<style>${escapeXml(fontFaces)}</style>`]),
    ...(scene.background === null
      ? []
      : [`<rect width="${number(width)}" height="${number(height)}" fill="${scene.background}"/>`]),
    ...scene.shapes.flatMap((shape) => elements(shape, ids)),
    '</svg>',
    '',
  ];
  return lines.join('\n');
}

function elements(shape: Shape, ids: SvgIds): string[] {
  switch (shape.kind) {
    case 'group':
      return [
        `<g id="${ids.of(shape.id)}">`,
        ...(shape.title === null ? [] : [`<title>${escapeXml(shape.title)}</title>`]),
        ...shape.shapes.flatMap((each) => elements(each, ids)),
        '</g>',
      ];
    case 'rect': {
      const { x, y, width, height } = shape.box;
      const radius = shape.radius > 0 ? ` rx="${number(shape.radius)}"` : '';
      return [
        `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"${radius}${paint(shape.fill, shape.stroke)}${opacity(shape.opacity)}/>`,
      ];
    }
    case 'circle':
      return [
        `<circle cx="${number(shape.at.x)}" cy="${number(shape.at.y)}" r="${number(shape.radius)}"${paint(shape.fill, shape.stroke)}${opacity(shape.opacity)}/>`,
      ];
    case 'line':
      return [
        `<path d="${pathData(shape.points, shape.radius)}"${paint(null, shape.stroke)} stroke-linejoin="round"${opacity(shape.opacity)}/>`,
      ];
    case 'polygon':
      return [
        `<polygon points="${shape.points.map(({ x, y }) => `${number(x)},${number(y)}`).join(' ')}" fill="${shape.fill}"${opacity(shape.opacity)}/>`,
      ];
    case 'text':
      return shape.text === '' ? [] : textElements(shape);
  }
}

function textElements(shape: TextShape): string[] {
  const { at, anchor, font, size, fill, text } = shape;
  const family = families[font === 'mono' ? 'mono' : 'sans'];
  const start = `<text x="${number(at.x)}" y="${number(at.y)}" font-family="${family}" font-size="${number(size)}"`;
  const weight = font === 'sansStrong' ? ' font-weight="600"' : '';
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const space = / {2}|^ | $/.test(text) ? ' xml:space="preserve"' : '';
  return [`${start}${weight}${side}${space} fill="${fill}">${escapeXml(text)}</text>`];
}

function paint(fill: string | null, stroke: Stroke | null): string {
  const line =
    stroke === null
      ? ''
      : ` stroke="${stroke.colour}" stroke-width="${number(stroke.width)}"${stroke.dash === null ? '' : ` stroke-dasharray="${stroke.dash.map(number).join(' ')}"`}`;
  return ` fill="${fill ?? 'none'}"${line}`;
}

function opacity(value: number): string {
  return value === 1 ? '' : ` opacity="${number(value)}"`;
}

const number = (value: number): string => String(round(value));

/** A route with its corners rounded. A corner takes at most half of the shorter of its two sides. */
export function pathData(points: readonly Point[], radius: number): string {
  const [first] = points;
  if (!first) return '';
  const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;
  let path = `M${at(first)}`;
  for (const [index, corner] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) continue;
    if (!after || radius === 0) {
      path += `L${at(corner)}`;
      continue;
    }
    const size = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    path += `L${at(towards(corner, before, size))}Q${at(corner)} ${at(towards(corner, after, size))}`;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** Ids as XML allows them, each once in a picture. */
class SvgIds {
  private readonly used = new Set(['picture-title', 'picture-description']);

  of(id: string): string {
    const base = `v-${id.replace(/[^A-Za-z0-9._-]+/g, '-')}`;
    let free = base;
    for (let twin = 2; this.used.has(free); twin += 1) free = `${base}-${twin}`;
    this.used.add(free);
    return free;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attributes alike. Control characters must be gone before (see `plain`). */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
