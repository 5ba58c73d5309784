import type { Snapshot } from '@vethscope/model';
import type { ReactNode } from 'react';
import type { Connection } from '../api/connection.ts';
import { reconnect, useConnection } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { chooseRecording } from '../recordings/chooseRecording.ts';
import { Fix } from '../sources/Fix.tsx';
import { sourcesSummary } from '../sources/sourcesSummary.ts';
import { duration, moment } from '../text/duration.ts';
import { t } from '../text/text.ts';
import { clockTime } from '../timeline/momentWords.ts';
import { Button } from '../ui/Button.tsx';
import { PopoverPanel } from '../ui/PopoverPanel.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import { useNow } from '../ui/useNow.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { type PillState, type PillWord, pillState } from './pillState.ts';

/** Of what is not the host as it is now, whatever the line to the agent does. */
const still: PillState = { word: 'recorded', tone: 'quiet', trying: false };

/** How true the picture is: a dot, a word, and behind them why, and what to do. */
export function ConnectionPill({ held }: { held: Held | null }) {
  const connection = useConnection();
  const now = useNow(1000);
  const elsewhere = held?.elsewhere ?? null;
  const { word, tone, trying } = elsewhere ? still : pillState(connection, held?.origin ?? null, now);
  const text = elsewhere?.kind === 'past' ? t.timeline.past(clockTime(elsewhere.at)) : t.connection.words[word];
  return (
    <PopoverPanel
      label={text}
      align="start"
      className="w-80"
      trigger={
        <button
          type="button"
          data-tour="pill"
          aria-label={t.connection.label(text)}
          className="inline-flex h-6 shrink-0 items-center gap-2 whitespace-nowrap rounded-full border border-line bg-surface pr-2.5 pl-2 text-xs transition-colors hover:border-line-strong"
        >
          <StatusDot tone={tone} ring pulse={trying} />
          {text}
        </button>
      }
    >
      <p className="flex items-center gap-2 font-semibold">
        <StatusDot tone={tone} ring />
        {text}
      </p>
      <p className="mt-1.5 text-ink-2">{explain(word, held)}</p>
      <ConnectionFacts connection={connection} held={held} now={now} />
      {held && <SourcesLine snapshot={held.snapshot} />}
      <FileLine />
    </PopoverPanel>
  );
}

function explain(word: PillWord, held: Held | null): string {
  if (held?.elsewhere?.kind === 'past') return t.timeline.pastMeans;
  if (held?.elsewhere?.kind === 'file') return t.timeline.fileMeans(held.elsewhere.name);
  switch (word) {
    case 'recorded':
      return t.connection.recorded(held?.origin.name ?? '');
    case 'sample':
      return held?.origin.why ?? t.connection.sample;
    default:
      return t.connection[word];
  }
}

function ConnectionFacts({ connection, held, now }: { connection: Connection; held: Held | null; now: number }) {
  const refused = connection.phase === 'refused' ? connection.error : null;
  const fix = refused?.fix ?? held?.origin.fix ?? null;
  return (
    <>
      {refused && <p className="mt-2 text-bad-ink">{refused.message}</p>}
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {connection.phase === 'lost' && (
          <>
            <Line label={t.connection.lastLife}>{t.connection.ago(duration(now - connection.lostAt))}</Line>
            <Line label={t.connection.nextTry}>
              {t.connection.inSeconds(Math.ceil((connection.retryAt - now) / 1000))}
            </Line>
          </>
        )}
        {held && (
          <Line label={held.origin.kind === 'live' ? t.connection.readAt : t.connection.recordedAt}>
            {moment(held.snapshot.readAt)}
          </Line>
        )}
      </dl>
      {fix && (
        <div className="mt-3">
          <Fix fix={fix} />
        </div>
      )}
      {(connection.phase === 'lost' || connection.phase === 'refused') && (
        <Button size="small" className="mt-3" onClick={reconnect}>
          {t.connection.tryNow}
        </Button>
      )}
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right font-mono text-[11.5px]">{children}</dd>
    </>
  );
}

function FileLine() {
  const { open } = usePageActions();
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button size="small" onClick={() => open('saveRecording')}>
        {t.recordings.save}
      </Button>
      <Button size="small" onClick={chooseRecording}>
        {t.recordings.open}
      </Button>
    </div>
  );
}

function SourcesLine({ snapshot }: { snapshot: Snapshot }) {
  const { open } = usePageActions();
  const { tone, text } = sourcesSummary(snapshot.sources);
  return (
    <div className="mt-3 flex items-center gap-2 border-line border-t pt-3">
      <StatusDot tone={tone} />
      <span className="flex-1 text-ink-2">{text}</span>
      <Button size="small" onClick={() => open('sources')}>
        {t.connection.showSources}
      </Button>
    </div>
  );
}
