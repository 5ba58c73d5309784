import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';

export function TrayBox({ data: { node } }: NodeProps<FlowNodeOf<'tray'>>) {
  return (
    <div className="vt-tray-box" data-tray={node.tray}>
      <div className="vt-tray-head" data-grip="">
        <strong className="vt-cut">{node.title}</strong>
        <span className="vt-note vt-cut">{node.note}</span>
      </div>
    </div>
  );
}
