import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { useRecordings } from './recordingsStore.ts';

/** Says that a file is being read, for as long as it is. */
export function OpeningNote() {
  const { opening, cancel } = useRecordings();
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-24 z-40 flex justify-center px-4">
      {opening && (
        <p className="arrive pointer-events-auto flex min-w-0 items-center gap-3 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-(--raised-shadow)">
          <span className="pulse min-w-0 truncate">{t.recordings.opening(opening.name)}</span>
          <Button size="small" onClick={cancel}>
            {t.recordings.cancel}
          </Button>
        </p>
      )}
    </div>
  );
}
