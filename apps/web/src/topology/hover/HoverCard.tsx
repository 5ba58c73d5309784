import type { Graph, GraphEdge, GraphNode, Point } from '@vethscope/graph';
import type { CSSProperties } from 'react';
import { t } from '../../text/text.ts';
import { rateText } from '../edges/rateWidth.ts';
import { Sparkline } from '../edges/Sparkline.tsx';
import { useRates } from '../live/countersContext.ts';
import { Dot } from '../nodes/Dot.tsx';
import { hueStyle } from '../nodes/hueStyle.ts';
import type { Size } from '../view/fitViewport.ts';
import type { Target } from './pick.ts';

function Facts({ lines }: { lines: readonly (string | null)[] }) {
  return lines.map(
    (line, index) =>
      line && (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are texts that may repeat, in an order that never changes
        <div key={`${index} ${line}`} className="vt-hover-line vt-fact">
          {line}
        </div>
      ),
  );
}

/** All that a box may have cut, in full. */
function NodeWords({ node }: { node: GraphNode }) {
  switch (node.kind) {
    case 'container':
      return (
        <>
          <div className="vt-hover-title">
            <Dot dot={node.dot} />
            {node.title}
            <span className={`vt-state vt-state-${node.state === 'running' ? 'off' : node.dot}`}>
              {t.packages.word(node.state)}
            </span>
          </div>
          <div className="vt-hover-line">{node.subtitle}</div>
          <Facts lines={node.rows.map((row) => row.text)} />
          {node.sharers.length > 0 && (
            <div className="vt-hover-line">{t.canvas.sharedBy(node.sharers.map((sharer) => sharer.title))}</div>
          )}
        </>
      );
    case 'network':
      return (
        <>
          <div className="vt-hover-title">{node.title}</div>
          <Facts lines={[node.detail, node.second]} />
          {(node.internal || node.badges.length > 0) && (
            <div className="vt-hover-line">
              {[...(node.internal ? [t.canvas.internal] : []), ...node.badges].join(' · ')}
            </div>
          )}
        </>
      );
    case 'port':
    case 'chip':
    case 'plug':
      return (
        <>
          <div className="vt-hover-title">{node.title}</div>
          <div className="vt-hover-line vt-fact">{node.full}</div>
        </>
      );
    case 'panel':
    case 'hostLink':
      return (
        <>
          <div className="vt-hover-title">{node.title}</div>
          <Facts lines={node.rows.map((row) => [row.text, row.mark].filter(Boolean).join('  '))} />
        </>
      );
    case 'host':
    case 'outside':
      return (
        <>
          <div className="vt-hover-title">{node.title}</div>
          <div className="vt-hover-line">{node.detail}</div>
        </>
      );
    case 'tray':
      return (
        <>
          <div className="vt-hover-title">{node.title}</div>
          <div className="vt-hover-line">{node.note}</div>
        </>
      );
  }
}

function Rates({ link }: { link: string }) {
  const rates = useRates(link);
  if (!rates) return null;
  return (
    <div className="vt-hover-rates">
      <Sparkline link={link} width={110} height={26} />
      <span className="vt-fact">
        {t.canvas.received} {rateText(rates.rx)}
        <br />
        {t.canvas.sent} {rateText(rates.tx)}
      </span>
    </div>
  );
}

function EdgeWords({ edge, graph }: { edge: GraphEdge; graph: Graph }) {
  const titleOf = (id: string) => {
    const node = graph.nodes.find((candidate) => candidate.id === id);
    const parent = node?.kind === 'plug' ? graph.nodes.find((candidate) => candidate.id === node.parent) : undefined;
    return parent && node ? `${parent.title} ${node.title}` : (node?.title ?? '');
  };
  return (
    <>
      <div className="vt-hover-title">
        {titleOf(edge.from)} — {titleOf(edge.to)}
      </div>
      <div className="vt-hover-line">{t.canvas.edges[edge.kind]}</div>
      <Facts lines={[edge.label]} />
      {edge.counters !== null && <Rates link={edge.counters} />}
    </>
  );
}

/** The line that brings traffic to a box that stands at its end: its rates are the box's. */
function countersOf(graph: Graph, node: GraphNode): string | null {
  const ends = new Set([node.id, ...graph.nodes.filter((other) => other.parent === node.id).map((other) => other.id)]);
  if (node.kind !== 'plug' && node.kind !== 'container') return null;
  return graph.edges.find((edge) => edge.counters !== null && ends.has(edge.from))?.counters ?? null;
}

interface HoverCardProps {
  graph: Graph;
  target: Target;
  /** Beside the pointer, in the canvas's own pixels. */
  at: Point;
  size: Size;
}

/** Beside what the pointer rests on: whatever is cut there, in full, and its traffic. It never takes the pointer itself. */
export function HoverCard({ graph, target, at, size }: HoverCardProps) {
  const node = target.kind === 'node' ? graph.nodes.find((candidate) => candidate.id === target.id) : undefined;
  const edge = target.kind === 'edge' ? graph.edges.find((candidate) => candidate.id === target.id) : undefined;
  if (!node && !edge) return null;
  const row =
    node && 'rows' in node && target.kind === 'node' && target.row !== null ? node.rows[target.row] : undefined;
  const counters = node ? countersOf(graph, node) : null;
  const place: CSSProperties = {
    ...(at.x > size.width - 320 ? { right: size.width - at.x + 14 } : { left: at.x + 14 }),
    ...(at.y > size.height - 180 ? { bottom: size.height - at.y + 14 } : { top: at.y + 18 }),
  };
  return (
    <div className="vt-hover" role="tooltip" style={{ ...place, ...hueStyle(node?.hue ?? edge?.hue ?? null) }}>
      {row ? <Facts lines={[row.text, row.mark]} /> : node && <NodeWords node={node} />}
      {counters !== null && !row && <Rates link={counters} />}
      {edge && <EdgeWords edge={edge} graph={graph} />}
    </div>
  );
}
