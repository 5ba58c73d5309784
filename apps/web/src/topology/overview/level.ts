export type Level = 'overview' | 'mid' | 'near';

/** From here on a fact of ten pixels can be read; before, names take its room. */
const readable = 0.62;

/**
 * Three distances: names only on a canvas, boxes with names, boxes with all their facts. The way back needs a little more than the way there, so
 * that a zoom on the border does not flicker. `far` is where the overview begins.
 */
export function nextLevel(level: Level, zoom: number, far = 0.4): Level {
  const slack = 0.03;
  if (zoom < (level === 'overview' ? far + slack : far - slack)) return 'overview';
  if (zoom < (level === 'near' ? readable - slack : readable + slack)) return 'mid';
  return 'near';
}

/** A large host turns to names a little earlier: at 0.4 a thousand boxes would be in view, and none of their facts can be read. */
export function farFor(nodes: number): number {
  return nodes > 400 ? 0.5 : 0.4;
}
