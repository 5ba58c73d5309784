import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { hueStyle } from './hueStyle.ts';

export function PlugPill({ data: { node } }: NodeProps<FlowNodeOf<'plug'>>) {
  return (
    <div className="vt-pill vt-plug-pill" data-up={node.up} data-marked={node.mark !== null} style={hueStyle(node.hue)}>
      <span className="vt-cut">{node.title}</span>
      {node.mark !== null && <span className="vt-mark">{node.mark}</span>}
    </div>
  );
}
