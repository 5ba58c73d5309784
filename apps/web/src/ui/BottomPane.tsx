import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';

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

const step = 16;

/** A pane at the foot of the page whose height is pulled by mouse, finger or arrow keys. */
export function BottomPane({ title, pullLabel, height, min, max, onHeight, children }: BottomPaneProps) {
  const [pull, setPull] = useState<{ from: number; height: number } | null>(null);
  const clamp = (wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));
  const shown = clamp(pull ? pull.height : height);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setPull({ from: event.clientY + shown, height: shown });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (pull) setPull({ ...pull, height: clamp(pull.from - event.clientY) });
  };
  const onPointerEnd = () => {
    if (!pull) return;
    onHeight(pull.height);
    setPull(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = { ArrowUp: shown + step, ArrowDown: shown - step, Home: min, End: max }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    onHeight(clamp(wanted));
  };

  return (
    <aside
      aria-label={title}
      className="relative max-h-[62vh] w-full shrink-0 border-line border-t"
      style={{ height: shown }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved */}
      <div
        role="separator"
        aria-orientation="horizontal"
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
        className="group absolute inset-x-0 -top-[5px] z-10 h-[9px] cursor-row-resize touch-none outline-none"
      >
        <span
          className={`absolute inset-x-0 top-1 h-px transition-colors group-hover:bg-accent group-focus-visible:h-0.5 group-focus-visible:bg-accent ${pull ? 'bg-accent' : ''}`}
        />
      </div>
      {children}
    </aside>
  );
}
