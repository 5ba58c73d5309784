import { memo } from 'react';
import { hueStyle } from '../nodes/hueStyle.ts';
import type { DrawnEdge } from './drawnEdges.ts';
import { RateLine } from './RateLine.tsx';

/** One edge: its traffic below, its halo, the line, a wider unseen one to point at, and its label. */
export const Line = memo(function Line({ drawn }: { drawn: DrawnEdge }) {
  const { edge, route, path } = drawn;
  return (
    <g className={drawn.className} style={hueStyle(edge.hue)} data-edge={drawn.id}>
      {edge.counters !== null && <RateLine link={edge.counters} path={path} />}
      <path className="vt-halo" d={path} />
      <path className="vt-line" d={path} data-dashed={edge.dashed} />
      <path className="vt-line-reach" d={path} />
      {edge.label !== null && route.label !== null && (
        <text className="vt-line-label" x={route.label.x} y={route.label.y} dominantBaseline="central">
          {edge.label}
        </text>
      )}
    </g>
  );
});
