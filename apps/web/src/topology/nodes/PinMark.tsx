import { Pin } from 'lucide-react';
import { t } from '../../text/text.ts';

/** Says that a person put the box here; a double click on the box lets it go. */
export function PinMark() {
  return (
    <span className="vt-pin" role="img" aria-label={t.canvas.pinned} title={t.canvas.pinnedHint}>
      <Pin size={10} strokeWidth={2.25} />
    </span>
  );
}
