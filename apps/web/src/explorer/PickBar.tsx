import { Crosshair, X } from 'lucide-react';
import { shownKey } from '../help/shortcuts.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import type { PathEnd } from '../view/PageActions.tsx';

/** Says over the map what a click means while an end of a path is picked. */
export function PickBar({ end, refused, onCancel }: { end: PathEnd; refused: boolean; onCancel: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
      <div
        role="status"
        className="arrive pointer-events-auto flex items-center gap-2.5 rounded-full border border-accent bg-surface py-1 pr-1.5 pl-3 shadow-(--raised-shadow)"
      >
        <Crosshair size={14} aria-hidden className="shrink-0 text-accent" />
        <span>
          {refused ? t.explorer.pickingRefused : end === 'from' ? t.explorer.pickingFrom : t.explorer.pickingTo}
        </span>
        <Button
          look="ghost"
          size="smallIcon"
          aria-label={t.explorer.pickingCancel}
          title={`${t.explorer.pickingCancel} (${shownKey('Escape')})`}
          onClick={onCancel}
        >
          <X size={13} aria-hidden />
        </Button>
      </div>
    </div>
  );
}
