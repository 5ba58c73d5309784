import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { PinMark } from './PinMark.tsx';

export function OutsideBox({ data: { node, pinned } }: NodeProps<FlowNodeOf<'outside'>>) {
  return (
    <div className="vt-box vt-outside-box">
      <span className="vt-name vt-cut">{node.title}</span>
      <span className={`vt-cut ${/\d/.test(node.detail) ? 'vt-fact' : 'vt-note'}`}>{node.detail}</span>
      {pinned && <PinMark />}
    </div>
  );
}
