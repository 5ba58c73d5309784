import type { Snapshot } from '@vethscope/model';
import { Crosshair, Route } from 'lucide-react';
import { useMemo } from 'react';
import { Section } from '../inspect/Section.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { endOfRecord } from './endOfRecord.ts';
import { entriesFor } from './entriesFor.ts';

/** The ways from a thing's details into the path explorer; nothing where the thing is no end of a path. */
export function PathEntries({ snapshot, record }: { snapshot: Snapshot; record: string }) {
  const { askPath, pickEnd } = usePageActions();
  const entries = useMemo(() => entriesFor(snapshot, record), [snapshot, record]);
  const picked = { record, zone: null };
  const from = endOfRecord(snapshot, picked, 'from');
  const to = endOfRecord(snapshot, picked, 'to');
  if (entries.length === 0 && !from && !to) return null;
  return (
    <Section title={t.explorer.entries.title}>
      <div className="flex flex-wrap gap-1.5">
        {entries.map(({ text, words }) => (
          <Button key={`${text} ${words.to}`} size="small" className="max-w-full" onClick={() => askPath(words)}>
            <Route size={12} aria-hidden className="shrink-0 text-accent" />
            <span className="truncate">{text}</span>
          </Button>
        ))}
        {from && (
          <Button
            size="small"
            onClick={() => {
              askPath({ ...from, to: '' });
              pickEnd('to');
            }}
          >
            <Crosshair size={12} aria-hidden className="shrink-0 text-accent" />
            {t.explorer.entries.fromHere}
          </Button>
        )}
        {to && (
          <Button
            size="small"
            onClick={() => {
              askPath({ ...to, from: '' });
              pickEnd('from');
            }}
          >
            <Crosshair size={12} aria-hidden className="shrink-0 text-accent" />
            {t.explorer.entries.toHere}
          </Button>
        )}
      </div>
    </Section>
  );
}
