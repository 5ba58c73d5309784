import { ReactFlowProvider } from '@xyflow/react';
import type { Ref } from 'react';
import '@xyflow/react/dist/base.css';
import './topology.css';
import './boxes.css';
import './cards.css';
import './marks.css';
import './lines.css';
import './distance.css';
import './corners.css';
import type { CanvasHandle, CanvasProps } from './canvasProps.ts';
import { CountersContext } from './live/countersContext.ts';
import { Stage } from './Stage.tsx';

/** The picture of a host, live: near by as boxes of the page, from far away on a canvas. See canvasProps.ts for what it is given. */
export function TopologyCanvas(props: CanvasProps & { ref?: Ref<CanvasHandle> }) {
  return (
    <ReactFlowProvider>
      <CountersContext value={props.counters}>
        <Stage {...props} />
      </CountersContext>
    </ReactFlowProvider>
  );
}
