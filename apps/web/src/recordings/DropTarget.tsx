import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../text/text.ts';
import { useRecordings } from './recordingsStore.ts';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** The whole page takes a dropped file. Without this the browser would leave the page and show it. */
export function DropTarget() {
  const open = useRecordings((state) => state.open);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // From one element of the page to another is no leaving.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void open(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [open]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-[color-mix(in_srgb,var(--page)_72%,transparent)] p-4">
      <div className="absolute inset-3 rounded-2xl border-2 border-accent border-dashed" />
      <div className="flex flex-col items-center gap-1.5 rounded-2xl border border-line bg-surface px-8 py-6 shadow-(--raised-shadow)">
        <FileDown size={22} aria-hidden className="text-accent" />
        <p className="font-semibold text-[15px]">{t.recordings.drop}</p>
        <p className="text-ink-2">{t.recordings.dropNote}</p>
      </div>
    </div>
  );
}
