import type { GraphNodeKind } from '@vethscope/graph';
import { type Brush, dimmed, type OverviewMarks, roundBox, screenBox, seen, type View } from './brush.ts';
import { fillInk, hueInk, type Inks, mixInk } from './inks.ts';
import { paintBarNames, paintCardNames, paintHostName, paintNames, paintOutsideNames } from './paintNames.ts';
import type { Scene, SceneBox, SceneLine } from './scene.ts';

function paintFrames(brush: Brush, scene: Scene) {
  const { context, inks, view } = brush;
  for (const { box } of scene.boxes.host) {
    context.beginPath();
    roundBox(context, screenBox(brush, box), 14 * view.zoom + 4);
    context.globalAlpha = 0.7;
    context.fillStyle = inks.surface;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = inks.line;
    context.lineWidth = 1;
    context.stroke();
  }
  context.setLineDash([3, 3]);
  context.strokeStyle = inks.line;
  context.beginPath();
  for (const { box } of scene.boxes.tray) if (seen(brush, box)) roundBox(context, screenBox(brush, box), 6);
  context.stroke();
  context.setLineDash([]);
}

const pathOf = (points: SceneLine['points']) => {
  const path = new Path2D();
  for (const [index, point] of points.entries()) {
    if (index === 0) path.moveTo(point.x, point.y);
    else path.lineTo(point.x, point.y);
  }
  return path;
};

/** All lines of one look are one path, in the picture's own pixels: made once for a scene, moved by the transform at every frame. */
interface LineGroup {
  hue: number | null;
  dashed: boolean;
  path: Path2D;
}

const groupsOf = new WeakMap<Scene, LineGroup[]>();

function lineGroups(scene: Scene): LineGroup[] {
  const known = groupsOf.get(scene);
  if (known) return known;
  const groups = new Map<string, LineGroup>();
  for (const line of scene.lines) {
    const key = `${line.hue} ${line.dashed}`;
    const group = groups.get(key) ?? { hue: line.hue, dashed: line.dashed, path: new Path2D() };
    group.path.addPath(pathOf(line.points));
    groups.set(key, group);
  }
  const made = [...groups.values()];
  groupsOf.set(scene, made);
  return made;
}

function paintLines(brush: Brush, scene: Scene) {
  const { context, inks, marks, view } = brush;
  const width = view.zoom < 0.15 ? 1 : 1.25;
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.zoom, view.zoom);
  context.lineWidth = width / view.zoom;
  context.globalAlpha = marks.hits === null ? 0.85 : 0.2;
  for (const { hue, dashed, path } of lineGroups(scene)) {
    context.strokeStyle = hueInk(inks, hue);
    context.setLineDash(dashed ? [3 / view.zoom, 2.5 / view.zoom] : []);
    context.stroke(path);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (marks.litEdges.size + marks.tracedEdges.size > 0) {
    for (const line of scene.lines) {
      const traced = marks.tracedEdges.has(line.id);
      if (!traced && !marks.litEdges.has(line.id)) continue;
      context.strokeStyle = traced ? inks.accent : hueInk(inks, line.hue);
      context.lineWidth = (traced ? 3.5 : 3) / view.zoom;
      context.stroke(pathOf(line.points));
    }
  }
  context.restore();
}

const fill: Record<Exclude<GraphNodeKind, 'host' | 'tray'>, (item: SceneBox, inks: Inks) => [string, string]> = {
  network: ({ node }, inks) => [fillInk(inks, node.hue), hueInk(inks, node.hue)],
  container: ({ node }, inks) => [
    inks.surface,
    node.hue === null ? inks.line : mixInk(hueInk(inks, node.hue), inks.surface, 0.45),
  ],
  panel: (_, inks) => [inks.surface, inks.line],
  outside: (_, inks) => [inks.surface, inks.line],
  hostLink: (_, inks) => [inks.surface, inks.ink2],
  port: ({ node }, inks) => [inks.surface, hueInk(inks, node.hue)],
  chip: ({ node }, inks) => [inks.surface, hueInk(inks, node.hue)],
  plug: ({ node }, inks) => [fillInk(inks, node.hue), hueInk(inks, node.hue)],
};

/** Boxes of one look are one path as well. */
function paintBoxes(brush: Brush, kind: keyof typeof fill, items: readonly SceneBox[]) {
  const { context, inks, view } = brush;
  const groups = new Map<string, { path: Path2D; colours: [string, string]; dim: boolean; dashed: boolean }>();
  for (const item of items) {
    if (!seen(brush, item.box)) continue;
    const colours = fill[kind](item, inks);
    const dim = dimmed(brush, item.id);
    const dashed = item.node.kind === 'network' && item.node.internal;
    const key = `${colours[0]}${colours[1]}${dim}${dashed}`;
    let group = groups.get(key);
    if (!group) {
      group = { path: new Path2D(), colours, dim, dashed };
      groups.set(key, group);
    }
    const box = screenBox(brush, item.box);
    const radius = Math.min(9 * view.zoom + 1, box.height / 2);
    group.path.roundRect(box.x, box.y, box.width, box.height, radius);
  }
  for (const { path, colours, dim, dashed } of groups.values()) {
    context.globalAlpha = dim ? 0.25 : 1;
    context.fillStyle = colours[0];
    context.fill(path);
    context.strokeStyle = colours[1];
    context.lineWidth = kind === 'container' ? 1 : 1.25;
    context.setLineDash(dashed ? [3, 2.5] : []);
    context.stroke(path);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function paintRings(brush: Brush, scene: Scene) {
  const { context, inks, marks } = brush;
  const ring = (id: string, colour: string, gap: number, width: number, alpha: number) => {
    for (const items of Object.values(scene.boxes)) {
      const found = items.find((item) => item.id === id);
      if (!found) continue;
      const box = screenBox(brush, found.box);
      context.beginPath();
      context.roundRect(box.x - gap, box.y - gap, box.width + 2 * gap, box.height + 2 * gap, 4 + gap);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha;
      context.stroke();
      context.globalAlpha = 1;
    }
  };
  for (const id of marks.fresh) ring(id, inks.accent, 3, 3, 0.4);
  if (marks.hover !== null) ring(marks.hover, inks.ink1, 0, 1.5, 0.7);
  for (const id of marks.selected) ring(id, inks.accent, 0.5, 2.5, 1);
  if (marks.cursor !== null) ring(marks.cursor, inks.accent, 3, 2, 1);
}

/** The whole picture from far away, in screen pixels. The canvas's transform carries the device's pixel ratio only. */
export function paintOverview(
  context: CanvasRenderingContext2D,
  scene: Scene,
  look: { view: View; inks: Inks; marks: OverviewMarks },
) {
  const brush: Brush = { context, ...look };
  const { view } = brush;
  context.clearRect(0, 0, view.width, view.height);
  paintFrames(brush, scene);
  paintLines(brush, scene);
  paintBoxes(brush, 'network', scene.boxes.network);
  for (const kind of ['container', 'panel', 'outside', 'hostLink', 'port', 'chip'] as const) {
    paintBoxes(brush, kind, scene.boxes[kind]);
  }
  if (view.zoom > 0.2) paintBoxes(brush, 'plug', scene.boxes.plug);
  const size = Math.max(10, 12 * view.zoom);
  paintCardNames(brush, scene.boxes.container);
  for (const kind of ['panel', 'hostLink'] as const) paintNames(brush, scene.boxes[kind], size);
  if (view.zoom > 0.3) paintNames(brush, scene.boxes.port, Math.max(9, 15 * view.zoom));
  paintBarNames(brush, scene.boxes.network);
  paintHostName(brush, scene);
  paintOutsideNames(brush, scene.boxes.outside, size);
  paintRings(brush, scene);
}
