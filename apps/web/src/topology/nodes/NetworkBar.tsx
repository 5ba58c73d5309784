import { barLabel } from '@vethscope/graph';
import type { NodeProps } from '@xyflow/react';
import type { FlowNodeOf } from '../flowNodes.ts';
import { hueStyle } from './hueStyle.ts';
import { PinMark } from './PinMark.tsx';

export function NetworkBar({ data: { node, pinned }, width = 0 }: NodeProps<FlowNodeOf<'network'>>) {
  const label = barLabel(node, width);
  return (
    <div
      className="vt-bar"
      data-internal={node.internal}
      data-shape={node.shape}
      data-tall={node.second !== null}
      style={hueStyle(node.hue)}
    >
      <div className="vt-bar-line">
        <span className="vt-bar-name vt-cut">{label.title}</span>
        <span className="vt-fact vt-cut">{label.detail}</span>
        {label.badges.map((badge) => (
          <span key={badge} className="vt-badge">
            {badge}
          </span>
        ))}
      </div>
      {node.second !== null && <div className="vt-bar-second vt-fact vt-cut">{node.second}</div>}
      {pinned && <PinMark />}
    </div>
  );
}
