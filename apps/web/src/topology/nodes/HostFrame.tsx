import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';

export function HostFrame({ data: { node } }: NodeProps<FlowNodeOf<'host'>>) {
  return (
    <div className="vt-frame">
      <div className="vt-frame-name" data-grip="">
        <strong>{node.title}</strong>
        <span className="vt-fact">{node.detail}</span>
      </div>
    </div>
  );
}
