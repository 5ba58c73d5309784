import type { Font } from '@vethscope/graph';
import type PDFDocument from 'pdfkit';
import { runsOf } from './korean.ts';
import type { Scene, Shape, Stroke, TextShape } from './scene.ts';
import { pathData } from './svgOf.ts';

type Page = InstanceType<typeof PDFDocument>;

/** Pixels are of 96 to an inch, points of 72. */
const point = 72 / 96;

/** The files of the fonts (TTF), whole. The Korean ones are needed where `needsKorean` says so; letters that no font has are empty boxes. */
export type PdfFonts = Readonly<
  Record<Font, Uint8Array> & { korean: Readonly<Record<'plain' | 'strong', Uint8Array>> | null }
>;

export interface PdfOptions {
  fonts: PdfFonts;
  /** The moment of which the picture is: it stands in the file in the place of the time of its making, so that the same scene gives the same bytes. */
  at: Date;
}

/** A scene as a PDF of one page of its size. Text is text, in fonts that are embedded as far as they are used. */
export async function pdfOf(scene: Scene, { fonts, at }: PdfOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { default: Document } = await import('pdfkit');
  const page = new Document({
    size: [scene.width * point, scene.height * point],
    margin: 0,
    // None of the fonts that a PDF reader is said to have.
    font: '',
    info: {
      Title: scene.title,
      Subject: scene.description,
      Creator: 'vethscope',
      Producer: 'vethscope',
      CreationDate: at,
      ModDate: at,
    },
  });
  const bytes = bytesOf(page);
  const { korean, ...latin } = fonts;
  for (const [font, file] of Object.entries(latin)) page.registerFont(font, padded(file) as Buffer);
  if (korean !== null)
    for (const [weight, file] of Object.entries(korean)) page.registerFont(koreanFont(weight), padded(file) as Buffer);
  page.scale(point);
  if (scene.background !== null) page.rect(0, 0, scene.width, scene.height).fill(scene.background);
  for (const shape of scene.shapes) draw(page, shape, korean !== null);
  page.end();
  return await bytes;
}

/** What the document writes. In Node it is a stream, in a browser something like one. */
function bytesOf(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    page.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    page.on('error', reject);
    page.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      resolve(bytes);
    });
  });
}

/**
 * fontkit reads the header of a glyph without an outline too, which for the last one of a file lies behind its end. Zeros there are no part of any
 * table.
 */
function padded(file: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(file.length + 16);
  bytes.set(file);
  return bytes;
}

const koreanFont = (weight: string) => `korean ${weight}`;

function draw(page: Page, shape: Shape, hasKorean: boolean): void {
  switch (shape.kind) {
    case 'group':
      for (const each of shape.shapes) draw(page, each, hasKorean);
      break;
    case 'rect': {
      const { x, y, width, height } = shape.box;
      if (shape.radius > 0) page.roundedRect(x, y, width, height, shape.radius);
      else page.rect(x, y, width, height);
      paint(page, shape);
      break;
    }
    case 'circle':
      page.circle(shape.at.x, shape.at.y, shape.radius);
      paint(page, shape);
      break;
    case 'line':
      page.lineJoin('round').path(pathData(shape.points, shape.radius));
      paint(page, { fill: null, stroke: shape.stroke, opacity: shape.opacity });
      break;
    case 'polygon':
      page.polygon(...shape.points.map(({ x, y }): [number, number] => [x, y]));
      paint(page, { fill: shape.fill, stroke: null, opacity: shape.opacity });
      break;
    case 'text':
      drawText(page, shape, hasKorean);
      break;
  }
}

function paint(
  page: Page,
  { fill, stroke, opacity }: { fill: string | null; stroke: Stroke | null; opacity: number },
): void {
  page.fillOpacity(opacity).strokeOpacity(opacity);
  if (stroke !== null) {
    page.lineWidth(stroke.width);
    if (stroke.dash === null) page.undash();
    else page.dash(stroke.dash[0] ?? 1, { space: stroke.dash[1] ?? 1 });
  }
  if (fill !== null && stroke !== null) page.fillAndStroke(fill, stroke.colour);
  else if (fill !== null) page.fill(fill);
  else if (stroke !== null) page.stroke(stroke.colour);
}

function drawText(page: Page, { text, at, anchor, font, size, fill }: TextShape, hasKorean: boolean): void {
  if (text === '') return;
  page.fontSize(size).fillOpacity(1).fillColor(fill);
  const weight = font === 'sansStrong' ? 'strong' : 'plain';
  const runs = runsOf(text).map((run) => {
    const name = run.isKorean && hasKorean ? koreanFont(weight) : font;
    return { text: run.text, name, width: page.font(name).widthOfString(run.text) };
  });
  const whole = runs.reduce((sum, { width }) => sum + width, 0);
  let x = anchor === 'start' ? at.x : anchor === 'end' ? at.x - whole : at.x - whole / 2;
  for (const { text: words, name, width } of runs) {
    page.font(name).text(words, x, at.y, { lineBreak: false, baseline: 'alphabetic' });
    x += width;
  }
}
