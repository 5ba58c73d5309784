import type { ReactNode } from 'react';
import { PullEdge, usePull } from './PullEdge.tsx';

interface SidePaneProps {
  /** On which side of the middle it stands: its other edge is the one to pull. */
  side: 'left' | 'right';
  /** Names the pane. */
  title: string;
  /** Names what pulls it. */
  pullLabel: string;
  /** In pixels. It never takes more than half of the window, whatever is stored. */
  width: number;
  min: number;
  max: number;
  onWidth: (width: number) => void;
  children: ReactNode;
}

/** A pane whose width is pulled. */
export function SidePane({ side, title, pullLabel, width, min, max, onWidth, children }: SidePaneProps) {
  const pull = usePull({ edge: side === 'left' ? 'right' : 'left', size: width, min, max, onSize: onWidth });
  return (
    <aside
      aria-label={title}
      className={`relative h-full max-w-[50vw] shrink-0 border-line ${side === 'left' ? 'border-r' : 'border-l'}`}
      style={{ width: pull.shown }}
    >
      {children}
      <PullEdge pull={pull} label={pullLabel} />
    </aside>
  );
}
