import { dotOf } from './dotOf.ts';
import { drawioOf } from './drawioOf.ts';
import { type Picture, sceneOfPicture } from './makePicture.ts';
import { markdownOf } from './markdownOf.ts';
import { mermaidOf } from './mermaidOf.ts';
import type { TextFormat } from './pictureFormat.ts';
import { svgOf } from './svgOf.ts';

export interface TextOptions {
  /** Of SVG. Default 1. */
  scale?: number;
  /** The name by which a Markdown page refers to its picture; null (the default) puts a flowchart into the page. */
  pictureFile?: string | null;
}

/** A picture in one of the formats that are text. The same picture and options give the same characters, on the command line and in the page. */
export function textOf(picture: Picture, format: TextFormat, options: TextOptions = {}): string {
  const { snapshot, graph, layout, trace, marks, title, request } = picture;
  const { theme, caption } = request;
  switch (format) {
    case 'svg':
      return svgOf(sceneOfPicture(picture), { scale: options.scale ?? 1 });
    case 'mermaid':
      return mermaidOf(graph, theme);
    case 'dot':
      return dotOf(graph, theme);
    case 'drawio':
      return drawioOf(graph, layout, theme);
    case 'markdown':
      return markdownOf(snapshot, graph, { title, theme, picture: options.pictureFile ?? null, caption });
    case 'json': {
      const { boxes, routes, bounds } = layout;
      const { readAt } = snapshot;
      const { lens, nodes, edges } = graph;
      return `${JSON.stringify({ title, readAt, lens, bounds, nodes, edges, boxes, routes, trace, path: marks }, null, 1)}\n`;
    }
  }
}
