import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { FlowNode } from '../flowNodes.ts';

const step = 120;
/** More boxes than any view has: from here on the rest costs nothing, as it is out of view. */
const enough = 960;

interface Ramp {
  nodes: FlowNode[];
  /** All that is in view is drawn. */
  ready: boolean;
}

/**
 * Coming nearer puts hundreds of boxes into the page at once. They are given to React Flow some a frame, from the middle of the view outwards, while
 * the overview still covers them: a zoom never stops for it.
 */
export function useRamp(nodes: FlowNode[], empty: boolean): Ramp {
  const flow = useReactFlow();
  const [given, setGiven] = useState(step);
  if (empty && given !== step) setGiven(step);
  const wanted = Math.min(nodes.length, enough);
  const ready = !empty && given >= wanted;

  useEffect(() => {
    if (empty || ready) return;
    const frame = requestAnimationFrame(() => setGiven((count) => (count === given ? count + step : count)));
    return () => cancelAnimationFrame(frame);
  }, [empty, ready, given]);

  const shown = useMemo(() => {
    if (ready || empty || nodes.length <= given) return nodes;
    const { x, y, zoom } = flow.getViewport();
    const middle = { x: (window.innerWidth / 2 - x) / zoom, y: (window.innerHeight / 2 - y) / zoom };
    const away = ({ position, width = 0, height = 0 }: FlowNode) =>
      Math.max(Math.abs(position.x + width / 2 - middle.x), 1.6 * Math.abs(position.y + height / 2 - middle.y));
    return [...nodes].sort((a, b) => away(a) - away(b)).slice(0, given);
  }, [flow, nodes, empty, ready, given]);
  return { nodes: shown, ready };
}
