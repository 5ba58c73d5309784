import type { ReactNode } from 'react';
import { PullEdge, usePull } from './PullEdge.tsx';

interface BottomPaneProps {
  title: string;
  /** Names what pulls it. */
  pullLabel: string;
  /** In pixels. It never takes more than 62 % of the window, whatever is stored. */
  height: number;
  min: number;
  max: number;
  onHeight: (height: number) => void;
  children: ReactNode;
}

/** A pane at the foot of the page whose height is pulled. */
export function BottomPane({ title, pullLabel, height, min, max, onHeight, children }: BottomPaneProps) {
  const pull = usePull({ edge: 'top', size: height, min, max, onSize: onHeight });
  return (
    <aside
      aria-label={title}
      className="relative max-h-[62vh] w-full shrink-0 border-line border-t"
      style={{ height: pull.shown }}
    >
      <PullEdge pull={pull} label={pullLabel} />
      {children}
    </aside>
  );
}
