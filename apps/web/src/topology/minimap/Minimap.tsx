import type { Box } from '@vethscope/graph';
import { useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useEffect, useRef } from 'react';
import { hueInk, type Inks, readInks } from '../overview/inks.ts';
import type { Scene } from '../overview/scene.ts';

const room = { width: 176, height: 112 };

interface Scale {
  zoom: number;
  width: number;
  height: number;
}

function scaleOf(bounds: Box): Scale {
  const zoom = Math.min(room.width / Math.max(1, bounds.width), room.height / Math.max(1, bounds.height));
  return { zoom, width: Math.max(40, bounds.width * zoom), height: Math.max(24, bounds.height * zoom) };
}

function paint(canvas: HTMLCanvasElement, scene: Scene, inks: Inks, selected: ReadonlySet<string>) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = scaleOf(scene.bounds);
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(scale.width * ratio);
  canvas.height = Math.round(scale.height * ratio);
  context.scale(ratio, ratio);
  const place = (box: Box, least: number) =>
    [
      (box.x - scene.bounds.x) * scale.zoom,
      (box.y - scene.bounds.y) * scale.zoom,
      Math.max(least, box.width * scale.zoom),
      Math.max(least, box.height * scale.zoom),
    ] as const;
  for (const { node, box } of scene.boxes.network) {
    context.fillStyle = hueInk(inks, node.hue);
    context.fillRect(...place(box, 1.5));
  }
  for (const kind of ['container', 'panel', 'outside', 'hostLink'] as const) {
    for (const { id, node, box } of scene.boxes[kind]) {
      context.globalAlpha = selected.has(id) ? 1 : 0.45;
      context.fillStyle = selected.has(id) ? inks.accent : hueInk(inks, node.hue);
      context.fillRect(...place(box, 1));
    }
  }
  context.globalAlpha = 1;
}

interface MinimapProps {
  scene: Scene;
  selected: ReadonlySet<string>;
}

/** Where in the whole the view is. Only there while a part of the picture is out of view. */
export function Minimap({ scene, selected }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useReactFlow();
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = transform;
  const { bounds } = scene;
  const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const slack = 8 / zoom;
  const allInView =
    view.x <= bounds.x + slack &&
    view.y <= bounds.y + slack &&
    view.x + view.width >= bounds.x + bounds.width - slack &&
    view.y + view.height >= bounds.y + bounds.height - slack;

  useEffect(() => {
    if (canvas.current && !allInView) paint(canvas.current, scene, readInks(canvas.current), selected);
  }, [scene, selected, allInView]);

  if (allInView || width === 0) return null;
  const scale = scaleOf(bounds);
  const goTo = (event: PointerEvent<HTMLElement>) => {
    const at = event.currentTarget.getBoundingClientRect();
    const centre = {
      x: bounds.x + (event.clientX - at.left) / scale.zoom,
      y: bounds.y + (event.clientY - at.top) / scale.zoom,
    };
    void flow.setCenter(centre.x, centre.y, { zoom });
  };
  const left = Math.max(0, (view.x - bounds.x) * scale.zoom);
  const top = Math.max(0, (view.y - bounds.y) * scale.zoom);
  return (
    <div className="vt-minimap" aria-hidden="true" style={{ width: scale.width, height: scale.height }}>
      <canvas
        ref={canvas}
        style={{ width: scale.width, height: scale.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) goTo(event);
        }}
      />
      <div
        className="vt-minimap-view"
        style={{
          left,
          top,
          width: Math.max(4, Math.min(scale.width, (view.x + view.width - bounds.x) * scale.zoom) - left),
          height: Math.max(4, Math.min(scale.height, (view.y + view.height - bounds.y) * scale.zoom) - top),
        }}
      />
    </div>
  );
}
