import { FileText, History, X } from 'lucide-react';
import { useRecordings } from '../recordings/recordingsStore.ts';
import { moment } from '../text/duration.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import type { Shown } from './useShown.ts';

/** One line below the header that says that this is not the host as it is now, and leads back to it. */
export function ShownBar({ shown }: { shown: Shown }) {
  const { backToNow } = usePageActions();
  const { files, shown: shownFile, show, close } = useRecordings();
  const elsewhere = shown.held?.elsewhere;
  const file = files.find(({ id }) => id === shownFile);
  const others = files.filter(({ id }) => id !== shownFile);
  if (shown.fault && !elsewhere) return <FaultLine shown={shown} />;
  if (!elsewhere && !shown.pending && others.length === 0) return null;
  const isFile = elsewhere?.kind === 'file';
  const Icon = isFile ? FileText : History;
  return (
    <section
      aria-label={t.timeline.shownTitle}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-accent-fill px-4 py-1"
    >
      {elsewhere && <Icon size={15} aria-hidden className="shrink-0 text-accent" />}
      {isFile && file && (
        <p className="min-w-0 truncate">
          <bdi className="font-semibold">{t.recordings.recorded(elsewhere.name)}</bdi>{' '}
          <span className="text-ink-2">
            <bdi>{file.contents.hostname.slice(0, 60)}</bdi>, {moment(file.contents.takenAt)}
          </span>
        </p>
      )}
      {elsewhere?.kind === 'past' && (
        <p className="min-w-0 truncate font-semibold">{t.timeline.pastLine(moment(elsewhere.at))}</p>
      )}
      {shown.pending && !elsewhere && <p className="pulse">{t.timeline.asking}</p>}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        {others.map((other) => (
          <Button
            key={other.id}
            size="small"
            className="max-w-56"
            aria-label={t.recordings.show(other.name)}
            onClick={() => show(other.id)}
          >
            <FileText size={12} aria-hidden className="shrink-0" />
            <span className="truncate">{other.name}</span>
          </Button>
        ))}
        {isFile && <CompareButton shown={shown} />}
        {isFile && file && (
          <Button size="small" aria-label={t.recordings.close(file.name)} onClick={() => close(file.id)}>
            <X size={12} aria-hidden />
            {t.recordings.closeShort}
          </Button>
        )}
        {elsewhere?.kind === 'past' && (
          <Button size="small" onClick={backToNow}>
            {t.timeline.nowHint}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Compares the opened file with another one, else with the live host; the list beside the map offers the rest. */
function CompareButton({ shown }: { shown: Shown }) {
  const { files, shown: shownFile, against, compareWith } = useRecordings();
  const other = files.find(({ id }) => id !== shownFile);
  if (against !== null || (!other && !shown.live)) return null;
  return (
    <Button size="small" onClick={() => compareWith(other ? { kind: 'file', id: other.id } : { kind: 'live' })}>
      {other ? t.recordings.compareWith(other.name.slice(0, 30)) : t.recordings.compareLive}
    </Button>
  );
}

function FaultLine({ shown: { fault } }: { shown: Shown }) {
  const { backToNow } = usePageActions();
  return (
    <section
      aria-label={t.timeline.shownTitle}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-warn-fill px-4 py-1"
    >
      <p role="alert" className="min-w-0">
        {t.timeline.notKept} <span className="text-ink-2">{fault?.message}</span>
      </p>
      <Button size="small" className="ml-auto" onClick={backToNow}>
        {t.timeline.nowHint}
      </Button>
    </section>
  );
}
