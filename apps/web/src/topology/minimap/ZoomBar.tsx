import { useStore } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { t } from '../../text/text.ts';
import type { CanvasHandle } from '../canvasProps.ts';

const say = t.canvas.zoom;

/** Zoom for the mouse; the keys are in the tooltips. */
export function ZoomBar({ handle }: { handle: Pick<CanvasHandle, 'fit' | 'zoomBy' | 'zoomTo'> }) {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="vt-zoom" role="toolbar" aria-label={say.toolbar}>
      <button type="button" aria-label={say.out} title={say.outHint} onClick={() => handle.zoomBy(1 / 1.25)}>
        <Minus size={14} />
      </button>
      <button
        type="button"
        className="vt-zoom-figure"
        aria-label={say.actual(percent)}
        title={say.actualHint}
        onClick={() => handle.zoomTo(1)}
      >
        {percent}%
      </button>
      <button type="button" aria-label={say.in} title={say.inHint} onClick={() => handle.zoomBy(1.25)}>
        <Plus size={14} />
      </button>
      <button type="button" aria-label={say.fit} title={say.fitHint} onClick={() => handle.fit()}>
        <Maximize size={13} />
      </button>
    </div>
  );
}
