import { Pin } from 'lucide-react';
import { words } from '../words.ts';

/** Says that a person put the box here; a double click on the box lets it go. */
export function PinMark() {
  return (
    <span className="vt-pin" role="img" aria-label={words.pinned} title={words.pinnedHint}>
      <Pin size={10} strokeWidth={2.25} />
    </span>
  );
}
