import type { Box, Layout } from '@vethscope/graph';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { fitViewport, type Inset, isInView, restViewport, type Size } from './fitViewport.ts';

const glide = () => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 260);

export interface ViewControl {
  fit(): void;
  /** As if nobody had moved it. */
  rest(): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** Centres a box, at a zoom at which it can be read. */
  centre(box: Box): void;
  /** Shows a part of the picture, as large as it goes. */
  frame(box: Box): void;
  /** Pans just as far as is needed to see a box. */
  ensure(box: Box): void;
  panBy(x: number, y: number): void;
  /** From now on the view is the person's: it no longer follows the picture's growth. */
  touch(): void;
}

interface ViewOptions {
  layout: Layout;
  size: Size | null;
  inset: Inset | undefined;
}

/**
 * The view on the picture. As long as nobody moved it, it shows all of it (restViewport): after a change of lens, of the window, or when the picture grew out of it.
 */
export function useView({ layout, size, inset }: ViewOptions): ViewControl {
  const flow = useReactFlow();
  const store = useStoreApi();
  const touched = useRef(false);
  const lens = layout.plan.lens;
  const shown = useRef({ lens, size, inset });

  const control = useMemo<ViewControl>(() => {
    const sizeNow = () => ({ width: store.getState().width, height: store.getState().height });
    return {
      fit() {
        touched.current = false;
        void flow.setViewport(fitViewport(layout.bounds, sizeNow(), inset), { duration: glide() });
      },
      rest() {
        touched.current = false;
        void flow.setViewport(restViewport(layout.bounds, sizeNow(), inset), { duration: glide() });
      },
      zoomBy(factor) {
        touched.current = true;
        void flow.zoomTo(flow.getZoom() * factor, { duration: glide() / 2 });
      },
      zoomTo(zoom) {
        touched.current = true;
        void flow.zoomTo(zoom, { duration: glide() });
      },
      centre(box) {
        touched.current = true;
        const zoom = Math.max(flow.getZoom(), 0.9);
        void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: glide() });
      },
      frame(box) {
        touched.current = true;
        void flow.setViewport(fitViewport(box, sizeNow(), inset), { duration: glide() });
      },
      ensure(box) {
        const viewport = flow.getViewport();
        const size = sizeNow();
        if (isInView(box, viewport, size)) return;
        touched.current = true;
        void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: viewport.zoom, duration: glide() });
      },
      panBy(x, y) {
        touched.current = true;
        const viewport = flow.getViewport();
        void flow.setViewport({ ...viewport, x: viewport.x + x, y: viewport.y + y });
      },
      touch() {
        touched.current = true;
      },
    };
  }, [flow, store, layout.bounds, inset]);

  useEffect(() => {
    if (!size) return;
    const before = shown.current;
    shown.current = { lens, size, inset };
    const viewport = restViewport(layout.bounds, size, inset);
    if (before.lens !== lens) {
      touched.current = false;
      void flow.setViewport(viewport);
    } else if (!touched.current) {
      const resized = before.size !== size || before.inset !== inset;
      if (resized) void flow.setViewport(viewport);
      else if (!isInView(layout.bounds, flow.getViewport(), size))
        void flow.setViewport(viewport, { duration: glide() });
    }
  }, [flow, lens, layout.bounds, size, inset]);

  return control;
}
