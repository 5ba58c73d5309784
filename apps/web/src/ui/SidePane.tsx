import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';

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

const step = 16;

/** A pane whose width is pulled by mouse, finger or arrow keys. A hairline to the eye, a broad target to the hand. */
export function SidePane({ side, title, pullLabel, width, min, max, onWidth, children }: SidePaneProps) {
  const [pull, setPull] = useState<{ from: number; width: number } | null>(null);
  const outward = side === 'left' ? 1 : -1;
  const clamp = (wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));
  const shown = clamp(pull ? pull.width : width);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setPull({ from: event.clientX - outward * shown, width: shown });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (pull) setPull({ ...pull, width: clamp(outward * (event.clientX - pull.from)) });
  };
  const onPointerEnd = () => {
    if (!pull) return;
    onWidth(pull.width);
    setPull(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = {
      ArrowLeft: shown - outward * step,
      ArrowRight: shown + outward * step,
      Home: min,
      End: max,
    }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    onWidth(clamp(wanted));
  };

  return (
    <aside
      aria-label={title}
      className={`relative h-full max-w-[50vw] shrink-0 border-line ${side === 'left' ? 'border-r' : 'border-l'}`}
      style={{ width: shown }}
    >
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={pullLabel}
        aria-valuenow={shown}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
        className={`group absolute inset-y-0 z-10 w-[9px] cursor-col-resize touch-none outline-none ${side === 'left' ? '-right-[5px]' : '-left-[5px]'}`}
      >
        <span
          className={`absolute inset-y-0 left-1 w-px transition-colors group-hover:bg-accent group-focus-visible:w-0.5 group-focus-visible:bg-accent ${pull ? 'bg-accent' : ''}`}
        />
      </div>
    </aside>
  );
}
