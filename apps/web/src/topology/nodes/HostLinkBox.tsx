import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { PinMark } from './PinMark.tsx';
import { Rows } from './Rows.tsx';

export function HostLinkBox({ data: { node, pinned, rowLit, rowCursor } }: NodeProps<FlowNodeOf<'hostLink'>>) {
  return (
    <div className="vt-box vt-hostlink-box" data-up={node.up} data-open={node.rows.length > 0}>
      <div className="vt-hostlink-name">
        <span className="vt-cut">{node.title}</span>
        {node.mark !== null && <span className="vt-mark">{node.mark}</span>}
      </div>
      <Rows rows={node.rows} lit={rowLit} cursor={rowCursor} />
      {pinned && <PinMark />}
    </div>
  );
}
