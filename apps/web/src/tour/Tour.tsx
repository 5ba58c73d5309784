import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';

/** Each names the `data-tour` of what it is about. */
const steps = ['map', 'lens', 'find', 'details', 'pill'] as const;
const cardWidth = 320;
const gap = 12;

interface Place {
  left: number;
  top: number;
}

/** Beside the thing where there is room: below, else to its left, else inside its upper right. */
function placeCard(
  target: DOMRect,
  card: { width: number; height: number },
  page: { width: number; height: number },
): Place {
  const clampX = (x: number) => Math.min(page.width - card.width - gap, Math.max(gap, x));
  const clampY = (y: number) => Math.min(page.height - card.height - gap, Math.max(gap, y));
  if (target.bottom + gap + card.height < page.height) return { left: clampX(target.left), top: target.bottom + gap };
  if (target.left - gap - card.width > 0)
    return { left: target.left - gap - card.width, top: clampY(target.top + gap) };
  return { left: clampX(target.right - card.width - 2 * gap), top: clampY(target.top + 2 * gap) };
}

/** Around the thing, and within the page where the thing fills it to the edge. */
function ringAround(target: DOMRect) {
  const left = Math.max(3, target.left - 4);
  const top = Math.max(3, target.top - 4);
  return {
    left,
    top,
    width: Math.min(innerWidth - 3, target.right + 4) - left,
    height: Math.min(innerHeight - 3, target.bottom + 4) - top,
  };
}

/** One minute, five things. It covers nothing, and ends by Escape or by its cross. */
export default function Tour({ onEnd }: { onEnd: () => void }) {
  const [step, setStep] = useState(0);
  const [place, setPlace] = useState<{ card: Place; ring: DOMRect } | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const name = steps[step] ?? 'map';
  const last = step === steps.length - 1;

  useLayoutEffect(() => {
    const show = () => {
      const target = document.querySelector(`[data-tour="${name}"]`)?.getBoundingClientRect();
      const height = card.current?.offsetHeight ?? 0;
      const page = { width: innerWidth, height: innerHeight };
      // What is not on this page (a closed panel) is spoken of in the middle.
      const ring = target && target.width > 0 ? target : new DOMRect(page.width / 2, page.height / 3, 0, 0);
      setPlace({ ring, card: placeCard(ring, { width: cardWidth, height }, page) });
    };
    show();
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, [name]);

  useEffect(() => card.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onEnd();
    } else if (event.key === 'ArrowRight' && !last) setStep(step + 1);
    else if (event.key === 'ArrowLeft' && step > 0) setStep(step - 1);
  };

  return (
    <>
      {place && place.ring.width > 0 && (
        <div
          aria-hidden
          className="pointer-events-none fixed z-40 rounded-xl border-2 border-accent transition-all duration-200"
          style={ringAround(place.ring)}
        />
      )}
      <div
        ref={card}
        role="dialog"
        aria-label={t.tour.label}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="fixed z-50 rounded-xl border border-line bg-surface p-4 shadow-(--raised-shadow) outline-none transition-[left,top] duration-200"
        style={{ width: cardWidth, ...(place?.card ?? { left: gap, top: gap, opacity: 0 }) }}
      >
        <div aria-live="polite">
          <div className="flex items-start gap-2">
            <h2 className="flex-1 font-semibold text-[15px]">{t.tour.steps[name].title}</h2>
            <Button look="ghost" size="smallIcon" aria-label={t.tour.skip} className="-mt-0.5 -mr-1.5" onClick={onEnd}>
              <X size={14} aria-hidden />
            </Button>
          </div>
          <p className="mt-1.5 text-ink-2">{t.tour.steps[name].text}</p>
        </div>
        <div className="mt-4 flex items-center gap-2">
          <span className="flex-1 font-mono text-[11.5px] text-ink-2">{t.tour.step(step + 1, steps.length)}</span>
          {step > 0 && (
            <Button size="small" onClick={() => setStep(step - 1)}>
              {t.tour.back}
            </Button>
          )}
          <Button size="small" look="accent" onClick={() => (last ? onEnd() : setStep(step + 1))}>
            {last ? t.tour.done : t.tour.next}
          </Button>
        </div>
      </div>
    </>
  );
}
