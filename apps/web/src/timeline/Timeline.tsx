import { ChevronLeft, ChevronRight, FolderOpen, Pause, Play, Save } from 'lucide-react';
import { useMemo, useState } from 'react';
import { chooseRecording } from '../recordings/chooseRecording.ts';
import { useRecordings } from '../recordings/recordingsStore.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Tip } from '../ui/Tip.tsx';
import { useNow } from '../ui/useNow.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { useUrlState } from '../view/urlState.ts';
import { clockTime, momentWords } from './momentWords.ts';
import { TimeTrack } from './TimeTrack.tsx';
import { type RangeName, rangeNames, rangeOf } from './timeMarks.ts';
import { usePlayMoments } from './usePlayMoments.ts';
import type { Shown } from './useShown.ts';

const noMoments: [] = [];
const rangeOptions = rangeNames.map((value) => ({ value, text: t.timeline.ranges[value] }));

/** The strip of time below the map: what changed, and the host as it was. */
export default function Timeline({ shown }: { shown: Shown }) {
  const { showMoment, compareMoment, backToNow } = usePageActions();
  const [{ at, vs }] = useUrlState();
  const showsFile = useRecordings((state) => state.shown) !== null;
  const [rangeName, setRangeName] = useState<RangeName>('all');
  const now = useNow(2000);
  const moments = shown.history?.moments ?? noMoments;
  const range = useMemo(() => rangeOf(moments, rangeName, { now, shown: at }), [moments, rangeName, now, at]);
  const { playing, toggle, stop } = usePlayMoments(moments, at, showMoment);
  const show = (n: number | null) => {
    stop();
    showMoment(n);
  };
  const index = at === null ? moments.length : moments.findIndex(({ n }) => n === at);
  const moment = at === null ? null : (moments[index] ?? null);
  const isLive = shown.live?.origin.kind === 'live';
  return (
    <section
      aria-label={t.timeline.title}
      className="relative z-10 flex h-[58px] shrink-0 items-center gap-2 border-line border-t bg-surface pr-3 pl-2"
    >
      {!isLive ? (
        <p className="flex-1 px-2 text-ink-2">{t.timeline.noHistory}</p>
      ) : (
        <>
          <div className="flex shrink-0 items-center">
            <IconButton
              text={playing ? t.timeline.pause : t.timeline.play}
              disabled={moments.length < 2}
              onClick={toggle}
            >
              {playing ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
            </IconButton>
            <IconButton
              text={t.timeline.earlier}
              disabled={index <= 0}
              onClick={() => show(moments[index - 1]?.n ?? null)}
            >
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton
              text={t.timeline.later}
              disabled={at === null}
              onClick={() => show(moments[index + 1]?.n ?? null)}
            >
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </div>
          <div className="w-44 shrink-0 leading-snug max-lg:w-32" aria-live="polite">
            <p className="truncate font-semibold">{moment ? clockTime(moment.at) : t.timeline.now}</p>
            <p className="truncate text-ink-2 text-xs" title={moment ? momentWords(moment, 8) : undefined}>
              <bdi>
                {shown.fault
                  ? t.timeline.notKept
                  : moment
                    ? momentWords(moment)
                    : shown.history
                      ? t.timeline.moments(moments.length)
                      : t.timeline.waiting}
              </bdi>
            </p>
          </div>
          <TimeTrack
            moments={moments}
            range={range}
            at={at}
            vs={vs}
            onShow={show}
            onCompare={compareMoment}
            onLeave={() => {
              stop();
              backToNow();
            }}
          />
          <Segments label={t.timeline.range} value={rangeName} onChange={setRangeName} options={rangeOptions} />
          <Tip text={t.timeline.nowHint} keys="Esc">
            <Button
              size="small"
              disabled={at === null && vs === null && !showsFile}
              onClick={() => {
                stop();
                backToNow();
              }}
            >
              {t.timeline.now}
            </Button>
          </Tip>
        </>
      )}
      <FileButtons />
    </section>
  );
}

function FileButtons() {
  const { open } = usePageActions();
  return (
    <div className="flex shrink-0 items-center border-line border-l pl-2">
      <IconButton text={t.recordings.save} onClick={() => open('saveRecording')}>
        <Save size={15} aria-hidden />
      </IconButton>
      <IconButton text={t.recordings.open} onClick={chooseRecording}>
        <FolderOpen size={15} aria-hidden />
      </IconButton>
    </div>
  );
}

function IconButton({
  text,
  disabled = false,
  onClick,
  children,
}: {
  text: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tip text={text}>
      <Button look="ghost" size="smallIcon" className="size-7" aria-label={text} disabled={disabled} onClick={onClick}>
        {children}
      </Button>
    </Tip>
  );
}
