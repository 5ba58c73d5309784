import { type ReactFlowState, useStore, ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import type { DrawnEdge } from './drawnEdges.ts';
import { Line } from './Line.tsx';

/** Side of the squares by which lines come and go, in pixels of the picture. */
const square = 640;

/** The squares in view, as one text: equal texts are equal views, so a pan within a square draws nothing again. */
function squaresInView({ transform: [x, y, zoom], width, height }: ReactFlowState): string {
  const from = [Math.floor(-x / zoom / square), Math.floor(-y / zoom / square)];
  const to = [Math.ceil((width - x) / zoom / square), Math.ceil((height - y) / zoom / square)];
  return [...from, ...to].join(' ');
}

/**
 * All lines in one SVG. React Flow's own edges measure handles in the page and are culled by the boxes at their ends; our routes are
 * known, and a leg may run through a gutter far away from both.
 */
export function EdgeLayer({ edges }: { edges: readonly DrawnEdge[] }) {
  const squares = useStore(squaresInView);
  const shown = useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = squares.split(' ').map((part) => Number(part) * square);
    const inView = edges.filter(
      ({ bounds }) =>
        bounds.x <= right && bounds.x + bounds.width >= left && bounds.y <= bottom && bounds.y + bounds.height >= top,
    );
    return inView.sort((a, b) => Number(a.raised) - Number(b.raised));
  }, [edges, squares]);
  return (
    <ViewportPortal>
      <svg className="vt-lines" aria-hidden="true" width="1" height="1">
        {shown.map((drawn) => (
          <Line key={drawn.id} drawn={drawn} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
