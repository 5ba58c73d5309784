import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { hueStyle } from './hueStyle.ts';

export function LineChip({ data: { node } }: NodeProps<FlowNodeOf<'chip'>>) {
  return (
    <div className="vt-pill vt-chip-pill" data-role={node.role} style={hueStyle(node.hue)}>
      <span className="vt-cut">{node.title}</span>
    </div>
  );
}
