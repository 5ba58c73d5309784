import type { NodeProps } from '@xyflow/react';
import { t } from '../../text/text.ts';
import type { FlowNodeOf } from '../flowNodes.ts';
import { Dot } from './Dot.tsx';
import { hueStyle } from './hueStyle.ts';
import { PinMark } from './PinMark.tsx';
import { Rows } from './Rows.tsx';

export function ContainerCard({ data: { node, pinned, rowLit, rowCursor } }: NodeProps<FlowNodeOf<'container'>>) {
  // "running" is what everybody expects: only another word takes room on the card.
  const state = node.state === 'running' ? null : node.state;
  return (
    <div className="vt-box vt-card" data-dot={node.dot} data-mode={node.mode} style={hueStyle(node.hue)}>
      <div className="vt-card-head">
        <Dot dot={node.dot} />
        <span className="vt-name vt-cut">{node.title}</span>
        {state !== null && <span className={`vt-state vt-state-${node.dot}`}>{t.packages.word(state)}</span>}
        {node.mark !== null && <span className="vt-mark">{node.mark}</span>}
      </div>
      <div className="vt-card-body">
        <div className="vt-subtitle vt-cut">{node.subtitle}</div>
        <Rows rows={node.rows} lit={rowLit} cursor={rowCursor} />
        {node.sharers.length > 0 && (
          <div className="vt-sharers">
            {node.sharers.map((sharer, index) => (
              <span key={sharer.title} className="vt-sharer" data-sharer={index}>
                <Dot dot={sharer.dot} />
                <span className="vt-cut">{sharer.title}</span>
              </span>
            ))}
          </div>
        )}
      </div>
      {pinned && <PinMark />}
    </div>
  );
}
