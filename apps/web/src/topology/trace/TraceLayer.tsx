import type { Layout } from '@vethscope/graph';
import { ViewportPortal } from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { TraceOverlay } from '../canvasProps.ts';
import { pointAlong } from '../edges/roundedPath.ts';

const inks = { good: 'var(--accent)', warn: 'var(--warn)', bad: 'var(--bad)' } as const;

/** The packet itself, above everything, at its place on the line that it is on. */
export function TraceLayer({ trace, layout }: { trace: TraceOverlay; layout: Layout }) {
  if (!trace.packet) return null;
  const leg = trace.edges[trace.packet.edge];
  const route = leg && layout.routes[leg.id];
  if (!route) return null;
  const along = leg.reverse ? 1 - trace.packet.along : trace.packet.along;
  const at = pointAlong(route.points, along);
  if (!at) return null;
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        className="vt-trace"
        style={{ '--packet': inks[trace.outcome], left: at.x - 12, top: at.y - 12 } as CSSProperties}
        width="24"
        height="24"
      >
        <circle className="vt-packet-ring" cx="12" cy="12" r="10" />
        <circle className="vt-packet" cx="12" cy="12" r="5.5" />
      </svg>
    </ViewportPortal>
  );
}
