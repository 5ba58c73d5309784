import type { Layout } from '@vethscope/graph';
import { type ReactFlowState, useStore } from '@xyflow/react';
import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import type { TraceOverlay } from '../canvasProps.ts';
import { packetRoute } from './packetRoute.ts';

const inks = { good: 'var(--accent)', warn: 'var(--warn)', bad: 'var(--bad)' } as const;

const transformOf = ({ transform: [x, y, zoom] }: ReactFlowState): string => `${x} ${y} ${zoom}`;

/** The packet itself, above everything: it runs along its lines, and stands at the end of them. Near by and far away it is of one size. */
export function TraceLayer({ trace, layout }: { trace: TraceOverlay; layout: Layout }) {
  const mark = useRef<SVGSVGElement>(null);
  const [x = 0, y = 0, zoom = 1] = useStore(transformOf).split(' ').map(Number);
  const { packet } = trace;
  const path = useMemo(() => packet && packetRoute(packet, layout), [packet, layout]);
  const key = packet?.key;
  const ms = packet === null || packet.still ? 0 : packet.ms;
  useEffect(() => {
    const element = mark.current;
    if (key === undefined || !element || ms === 0) return;
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const running = element.animate([{ offsetDistance: '0%' }, { offsetDistance: '100%' }], {
      duration: ms,
      easing: 'ease-in-out',
    });
    return () => running.cancel();
  }, [key, ms]);
  if (!path) return null;
  return (
    <div className="vt-trace-layer" style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})` }}>
      <svg
        ref={mark}
        aria-hidden="true"
        className="vt-trace"
        data-packet={packet?.key}
        style={
          {
            '--packet': inks[trace.outcome],
            offsetPath: `path("${path}")`,
            offsetDistance: '100%',
            transform: `scale(${Math.max(1, 1 / zoom)})`,
          } as CSSProperties
        }
        width="24"
        height="24"
      >
        <circle className="vt-packet-ring" cx="12" cy="12" r="10" />
        <circle className="vt-packet" cx="12" cy="12" r="5.5" />
      </svg>
    </div>
  );
}
