import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { OverviewMarks } from './brush.ts';
import { forgetWidths } from './fitText.ts';
import { type Inks, readInks } from './inks.ts';
import { paintOverview } from './paintOverview.ts';
import type { Scene } from './scene.ts';

/** The canvas's pixels follow the device's, so that a hairline is one device pixel wide. */
function prepare(
  canvas: HTMLCanvasElement,
): { context: CanvasRenderingContext2D; width: number; height: number } | null {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0 || height === 0) return null;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height };
}

interface OverviewProps {
  scene: Scene;
  marks: OverviewMarks;
  shown: boolean;
}

/**
 * The picture from far away. It lies over React Flow's pane and takes no pointer events: panning and zooming stay React Flow's, and each of its moves
 * is painted here in the next frame, without React.
 */
export function Overview({ scene, marks, shown }: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();

  useEffect(() => {
    const element = canvas.current;
    if (!element || !shown) return;
    let inks: Inks | null = null;
    let frame = 0;
    const paint = () => {
      frame = 0;
      const surface = prepare(element);
      if (!surface) return;
      inks ??= readInks(element);
      const [x, y, zoom] = store.getState().transform;
      const view = { x, y, zoom, width: surface.width, height: surface.height };
      paintOverview(surface.context, scene, { view, inks, marks });
    };
    const request = () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    // Painted at once when it appears or its scene changes: a frame without a picture would be a blink.
    paint();
    const stop = store.subscribe((state, before) => {
      if (state.transform !== before.transform) request();
    });
    const observer = new ResizeObserver(request);
    observer.observe(element);
    // Words that a font is fetched for are painted in another one meanwhile, and a canvas does not mend itself.
    const onFonts = () => {
      forgetWidths();
      request();
    };
    document.fonts.addEventListener('loadingdone', onFonts);
    return () => {
      document.fonts.removeEventListener('loadingdone', onFonts);
      stop();
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [scene, marks, shown, store]);

  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; its section says all there is in words
  return <canvas ref={canvas} className="vt-overview" data-shown={shown} aria-hidden="true" />;
}
