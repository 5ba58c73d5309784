import type { Box } from '@vethscope/graph';
import type { Scene, Shape, TextShape } from './scene.ts';

/** How much of a size a line of letters takes above and below its baseline. */
const above = 0.74;
const below = 0.21;
/** Half a pixel is not seen. */
const slack = 0.5;

/**
 * What a reader of the picture would stumble over, in words: cut words, words outside of their box or of the picture, words on each other. For tests;
 * empty for a good picture.
 */
export function sceneFaults(scene: Scene): string[] {
  const texts = textsOf(scene.shapes);
  const faults: string[] = [];
  const picture = { x: 0, y: 0, width: scene.width, height: scene.height };
  for (const { shape, box } of texts) {
    if (shape.text.endsWith('…')) faults.push(`cut: ${shape.text}`);
    if (shape.size < 7) faults.push(`too small at ${shape.size}: ${shape.text}`);
    if (shape.within !== null && !holds(shape.within, box)) faults.push(`outside of its box: ${shape.text}`);
    if (!holds(picture, box)) faults.push(`outside of the picture: ${shape.text}`);
  }
  texts.sort((a, b) => a.box.x - b.box.x);
  texts.forEach((a, index) => {
    for (const b of texts.slice(index + 1)) {
      if (b.box.x >= a.box.x + a.box.width - slack) break;
      if (a.box.y + slack < b.box.y + b.box.height && b.box.y + slack < a.box.y + a.box.height)
        faults.push(`on each other: “${a.shape.text}” and “${b.shape.text}”`);
    }
  });
  const ids = idsOf(scene.shapes);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) faults.push(`twice: ${id}`);
  return faults;
}

function textsOf(shapes: readonly Shape[]): { shape: TextShape; box: Box }[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === 'group') return textsOf(shape.shapes);
    return shape.kind === 'text' && shape.text !== '' ? [{ shape, box: boxOf(shape) }] : [];
  });
}

function boxOf({ at, anchor, width, size }: TextShape): Box {
  const x = anchor === 'start' ? at.x : anchor === 'end' ? at.x - width : at.x - width / 2;
  return { x, y: at.y - above * size, width, height: (above + below) * size };
}

function holds(outer: Box, box: Box): boolean {
  return (
    box.x >= outer.x - slack &&
    box.y >= outer.y - slack &&
    box.x + box.width <= outer.x + outer.width + slack &&
    box.y + box.height <= outer.y + outer.height + slack
  );
}

function idsOf(shapes: readonly Shape[]): string[] {
  return shapes.flatMap((shape) => (shape.kind === 'group' ? [shape.id, ...idsOf(shape.shapes)] : []));
}
