import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { hueStyle } from './hueStyle.ts';

export function PortPill({ data: { node } }: NodeProps<FlowNodeOf<'port'>>) {
  return (
    <div
      className="vt-pill vt-port-pill"
      data-active={node.active}
      data-long={node.title.length > 7}
      style={hueStyle(node.hue)}
    >
      <span className="vt-cut">{node.title}</span>
      {node.note !== null && <span className="vt-port-note">{node.note}</span>}
    </div>
  );
}
