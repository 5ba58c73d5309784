import type { Box, EdgeRoute } from '../layout.ts';
import type { Arrangement } from './arrangement.ts';
import { frame, hostLinkSize, tracksBesideTrunk } from './metrics.ts';

/** The left of the picture: what is outside, and the host's links on the frame's edge. */
export interface Edge {
  boxes: Record<string, Box>;
  routes: Record<string, EdgeRoute>;
  /** x of the frame's left edge, and of the trunk behind the links. */
  frame: number;
  trunk: number;
}

const linkGap = 16;
/** How far a link's card stands out of the frame. */
const overhang = 12;

export function placeOutside(arrangement: Arrangement, middle: number): Edge {
  const { hostLinks, outside } = arrangement;
  const boxes: Record<string, Box> = {};
  const channel = frame.outside.channel;
  const frameX = outside.length > 0 ? frame.outside.width + channel : overhang;
  const sizes = hostLinks.map(hostLinkSize);
  const widest = Math.max(0, ...sizes.map((size) => size.width));
  const height = sizes.reduce((sum, size) => sum + size.height + linkGap, -linkGap);
  let y = Math.round(middle - height / 2);
  hostLinks.forEach((link, index) => {
    const size = sizes[index];
    if (!size) return;
    boxes[link.id] = { x: frameX - overhang, y, width: widest, height: size.height };
    y += size.height + linkGap;
  });
  const pitch = frame.outside.pitch;
  let top = Math.max(frame.top, Math.round(middle - ((outside.length - 1) * pitch) / 2 - frame.outside.height / 2));
  for (const node of outside) {
    boxes[node.id] = { x: 0, y: top, width: frame.outside.width, height: frame.outside.height };
    top += pitch;
  }
  return {
    boxes,
    routes: {},
    frame: frameX,
    trunk: frameX - overhang + widest + (hostLinks.length > 0 ? 6 + 5 * tracksBesideTrunk : 0),
  };
}

/** From each link to what is behind it: one vertical per link, which its lines share. */
export function routeOutside(arrangement: Arrangement, boxes: Record<string, Box>): Record<string, EdgeRoute> {
  const routes: Record<string, EdgeRoute> = {};
  for (const edge of arrangement.graph.edges) {
    const from = boxes[edge.from];
    const to = boxes[edge.to];
    const link = arrangement.hostLinks.findIndex((node) => node.id === edge.from);
    if (edge.kind !== 'uplink' || !from || !to || link < 0 || arrangement.node.get(edge.to)?.kind !== 'outside')
      continue;
    const x = to.x + to.width + 16 + Math.min(link, 3) * 6;
    const y = from.y + from.height / 2;
    const end = { x: to.x + to.width, y: to.y + to.height / 2 };
    routes[edge.id] = { points: tidy([{ x: from.x, y }, { x, y }, { x, y: end.y }, end]), label: null };
  }
  return routes;
}

/** Without points that stand on the line between their neighbours. */
export function tidy(points: EdgeRoute['points']): EdgeRoute['points'] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return true;
    if (before.x === point.x && before.y === point.y) return false;
    if (!after) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}
