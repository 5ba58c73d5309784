import type { Snapshot } from '@vethscope/model';
import {
  makePicture,
  needsKorean,
  type PdfFonts,
  type PictureFormat,
  pdfOf,
  sceneOfPicture,
  svgOf,
  textOf,
} from '@vethscope/picture';
import type { Made, Stage } from './exportMessages.ts';
import type { Order } from './order.ts';

interface Run {
  onStage: (stage: Stage) => void;
  /** CSS with the fonts of the page. */
  fontFaces: () => Promise<string>;
  pdfFonts: (needs: { korean: boolean }) => Promise<PdfFonts>;
}

const mediaTypes: Readonly<Record<PictureFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  mermaid: 'text/plain',
  dot: 'text/vnd.graphviz',
  drawio: 'application/xml',
  markdown: 'text/markdown',
  json: 'application/json',
};

/** Makes what was ordered of a Snapshot; null where nothing of it is drawn. The files are those of `vethscope export`. */
export async function runOrder(snapshot: Snapshot, { request, format }: Order, run: Run): Promise<Made | null> {
  run.onStage('choose');
  const picture = makePicture(snapshot, request);
  if (picture === null) return null;
  run.onStage('draw');
  const scene = sceneOfPicture(picture);
  run.onStage('write');
  const type = mediaTypes[format];
  const text = format === 'png' || format === 'pdf' ? null : textOf(picture, format);
  const pdf =
    format === 'pdf'
      ? await pdfOf(scene, {
          fonts: await run.pdfFonts({ korean: needsKorean(scene) }),
          at: new Date(snapshot.readAt),
        })
      : null;
  const content = text ?? pdf;
  const { width, height, title, description } = scene;
  return {
    file: content === null ? null : new Blob([content], { type }),
    text,
    svg: svgOf(scene, { fontFaces: await run.fontFaces() }),
    width,
    height,
    title,
    description,
    host: picture.snapshot.host.hostname,
    subject: picture.subject,
  };
}
