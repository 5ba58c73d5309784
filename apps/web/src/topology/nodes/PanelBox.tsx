import type { NodeProps } from '@xyflow/react';
import { t } from '../../text/text.ts';
import type { FlowNodeOf } from '../flowNodes.ts';
import { PinMark } from './PinMark.tsx';
import { Rows } from './Rows.tsx';

export function PanelBox({ data: { node, pinned, rowLit, rowCursor } }: NodeProps<FlowNodeOf<'panel'>>) {
  return (
    <div className="vt-box vt-panel-box" data-panel={node.panel}>
      <div className="vt-name vt-cut">{node.title}</div>
      <Rows rows={node.rows} lit={rowLit} cursor={rowCursor} />
      {node.more > 0 && <div className="vt-row vt-row-more">{t.canvas.moreRows(node.more)}</div>}
      {pinned && <PinMark />}
    </div>
  );
}
