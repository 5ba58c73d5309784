import type { Box } from '@vethscope/graph';
import { type Brush, dimmed, screenBox, seen } from './brush.ts';
import { fitText, textWidth } from './fitText.ts';
import { fillInk, hueInk, mixInk } from './inks.ts';
import type { Scene, SceneBox } from './scene.ts';

/** From this zoom on a name stands where the card near by has it, in its size: the fade between the two moves nothing. */
const asOnCard = 0.36;

function paintDot(brush: Brush, colour: string, at: { x: number; y: number }, radius: number) {
  brush.context.beginPath();
  brush.context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  brush.context.fillStyle = colour;
  brush.context.fill();
}

/** A container's name beside its dot, as its card near by has them. */
export function paintCardNames(brush: Brush, items: readonly SceneBox[]) {
  const { context, inks, view } = brush;
  if (view.zoom < asOnCard) {
    if (view.zoom > 0.17) paintNames(brush, items, 9.5);
    paintTroubles(brush, items);
    return;
  }
  const { zoom } = view;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = `600 ${18 * zoom}px ${inks.fontText}`;
  for (const { id, node, box } of items) {
    if (node.kind !== 'container' || !seen(brush, box)) continue;
    const x = box.x * zoom + view.x;
    const y = (box.y + 32) * zoom + view.y;
    context.globalAlpha = dimmed(brush, id) ? 0.3 : 1;
    const dot = { good: inks.good, warn: inks.warn, bad: inks.bad, off: inks.lineStrong }[node.dot];
    paintDot(brush, dot, { x: x + 16.5 * zoom, y }, 4.5 * zoom);
    context.fillStyle = node.dot === 'off' ? inks.ink2 : inks.ink1;
    context.fillText(fitText(context, node.title, (box.width - 40) * zoom), x + 27 * zoom, y);
  }
  context.globalAlpha = 1;
}

/** So far away only what is not well has a dot: what is as expected needs no mark. */
function paintTroubles(brush: Brush, items: readonly SceneBox[]) {
  const { inks } = brush;
  for (const { node, box } of items) {
    if (node.kind !== 'container' || (node.dot !== 'warn' && node.dot !== 'bad') || !seen(brush, box)) continue;
    const at = screenBox(brush, box);
    const roomy = at.width > 12;
    const place = { x: roomy ? at.x + at.width - 3 : at.x + at.width / 2, y: roomy ? at.y + 3 : at.y + at.height / 2 };
    paintDot(brush, node.dot === 'bad' ? inks.bad : inks.warn, place, roomy ? 3 : 2);
  }
}

/** Names in the middle of their boxes, as far as there is room. */
export function paintNames(brush: Brush, items: readonly SceneBox[], size: number) {
  const { context, inks } = brush;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.font = `550 ${size}px ${inks.fontText}`;
  for (const item of items) {
    if (!seen(brush, item.box)) continue;
    const box = screenBox(brush, item.box);
    const text = box.height < size + 1 ? '' : fitText(context, item.node.title, box.width - 5);
    if (!text) continue;
    context.globalAlpha = dimmed(brush, item.id) ? 0.3 : 1;
    context.fillStyle = item.node.kind === 'container' && item.node.dot === 'off' ? inks.ink2 : inks.ink1;
    context.fillText(text, box.x + box.width / 2, box.y + box.height / 2 + 0.5);
  }
  context.globalAlpha = 1;
}

/** A network's name keeps its size however far away the bar is; where two would lie on each other, the first stays. */
export function paintBarNames(brush: Brush, items: readonly SceneBox[]) {
  const { context, inks, view } = brush;
  const taken: Box[] = [];
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = `650 11px ${inks.fontText}`;
  for (const { id, node, box } of items) {
    if (!seen(brush, box)) continue;
    const at = screenBox(brush, box);
    const text = fitText(context, node.title, Math.max(at.width - 10, 0));
    if (!text) continue;
    const width = textWidth(context, text) + 10;
    // A bar that runs out of the view to the left keeps its name in view.
    const x = Math.min(Math.max(at.x, 6), at.x + at.width - width);
    const pill: Box = { x, y: at.y + at.height / 2 - 8, width, height: 16 };
    const clash = taken.some(
      (other) =>
        pill.x < other.x + other.width &&
        other.x < pill.x + pill.width &&
        pill.y < other.y + other.height &&
        other.y < pill.y + pill.height,
    );
    if (clash || pill.y > view.height) continue;
    taken.push(pill);
    context.globalAlpha = dimmed(brush, id) ? 0.25 : 1;
    context.beginPath();
    context.roundRect(pill.x, pill.y, pill.width, pill.height, 8);
    context.fillStyle = fillInk(inks, node.hue);
    context.fill();
    context.strokeStyle = hueInk(inks, node.hue);
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = mixInk(hueInk(inks, node.hue), inks.ink1, 0.76);
    context.fillText(text, pill.x + 5, pill.y + 8.5);
  }
  context.globalAlpha = 1;
}

/** Below this the frame's head is too low for a word: the host's name would lie on what stands at its top. */
const roomyHead = 0.36;

/** The host's name, on the corner of its frame. */
export function paintHostName(brush: Brush, scene: Scene) {
  const { context, inks, view } = brush;
  context.textAlign = 'left';
  context.fillStyle = inks.ink1;
  context.font = `650 12px ${inks.fontText}`;
  for (const { node, box } of scene.boxes.host) {
    const at = screenBox(brush, box);
    const isAbove = view.zoom < roomyHead && at.y > 18;
    context.textBaseline = isAbove ? 'bottom' : 'top';
    context.fillText(
      node.title,
      Math.max(isAbove ? at.x + 1 : at.x + 12 * view.zoom + 4, 8),
      isAbove ? at.y - 4 : at.y + 5,
    );
  }
}

/** The world's names are short and well known: where one has no room in its box, all of them stand beside their boxes rather than cut. */
export function paintOutsideNames(brush: Brush, items: readonly SceneBox[], size: number) {
  const { context, inks } = brush;
  context.font = `550 ${size}px ${inks.fontText}`;
  const fits = items.every(({ node, box }) => {
    const at = screenBox(brush, box);
    return textWidth(context, node.title) <= at.width - 5 && at.height >= size + 1;
  });
  if (fits) {
    paintNames(brush, items, size);
    return;
  }
  context.fillStyle = inks.ink2;
  context.font = `500 10px ${inks.fontText}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  let free = Number.NEGATIVE_INFINITY;
  for (const { node, box } of items) {
    const at = screenBox(brush, box);
    const width = textWidth(context, node.title);
    const isBeside = at.x > width + 8;
    const y = isBeside ? at.y + at.height / 2 : at.y + at.height + 8;
    // From very far away they would lie on each other: the first stays.
    if (y < free) continue;
    free = y + 11;
    // Below its box a name ends where the box does: what stands beyond is the host's.
    context.fillText(node.title, isBeside ? at.x - 4 : Math.max(at.x + at.width, width + 3), y + 0.5);
  }
}
