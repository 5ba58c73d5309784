import type { Snapshot } from '@vethscope/model';
import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../text/text.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { startersFor } from './startersFor.ts';

/** Before there is a question: those that one asks first on this host. */
export function Starters({ snapshot }: { snapshot: Snapshot }) {
  const { askPath } = usePageActions();
  const starters = useMemo(() => startersFor(snapshot), [snapshot]);
  return (
    <div className="px-4 py-4">
      <h3 className="font-semibold">{t.explorer.empty.title}</h3>
      <p className="mt-0.5 max-w-prose text-ink-2">{t.explorer.empty.text}</p>
      <ul className="mt-3 grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {starters.map(({ text, note, words }) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => askPath(words)}
              className="group flex w-full items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2 text-left hover:border-line-strong hover:bg-sunken"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{text}</span>
                <span className="block truncate text-ink-2 text-xs">{note}</span>
              </span>
              <ArrowRight size={14} aria-hidden className="shrink-0 text-ink-2" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
