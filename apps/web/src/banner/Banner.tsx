import type { Origin } from '@vethscope/model';
import { Info, X } from 'lucide-react';
import { Fix } from '../sources/Fix.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { usePageStore } from '../view/pageStore.ts';

/** One line that says why this is not the whole truth of this host, and what to do. */
export function Banner({ origin }: { origin: Origin }) {
  const dismissed = usePageStore((state) => state.dismissedBanner);
  const set = usePageStore((state) => state.set);
  if (origin.why === null || dismissed === origin.why) return null;
  return (
    <section
      aria-label={origin.kind === 'sample' ? t.banner.sample : t.banner.notRoot}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-warn-fill px-4 py-1"
    >
      <Info size={15} aria-hidden className="shrink-0 text-warn-ink" />
      <p className="min-w-0">{origin.why}</p>
      {origin.fix && <Fix fix={origin.fix} />}
      <Button
        look="ghost"
        size="smallIcon"
        className="ml-auto"
        aria-label={t.banner.dismiss}
        onClick={() => set({ dismissedBanner: origin.why })}
      >
        <X size={14} aria-hidden />
      </Button>
    </section>
  );
}
