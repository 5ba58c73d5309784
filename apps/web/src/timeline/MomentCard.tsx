import type { Moment } from '@vethscope/model';
import { t } from '../text/text.ts';
import { clockTime, highlightWords } from './momentWords.ts';
import type { TimeGap, TimeMark } from './timeMarks.ts';

const cardWidth = 280;
const mostLines = 8;

/** What a mark, or a gap, under the pointer stands for. */
export function MomentCard({ at, x, room }: { at: TimeMark | TimeGap; x: number; room: number }) {
  const left = Math.max(4, Math.min(room - cardWidth - 4, x - cardWidth / 2));
  return (
    <div
      className="pointer-events-none absolute bottom-[calc(100%+6px)] z-30 rounded-xl border border-line bg-surface px-3 py-2 text-[12.5px] shadow-(--raised-shadow)"
      style={{ left, width: cardWidth }}
    >
      {'moments' in at ? (
        <Moments moments={at.moments} />
      ) : (
        <p>{t.timeline.gap(clockTime(at.from), clockTime(at.to))}</p>
      )}
    </div>
  );
}

function Moments({ moments }: { moments: readonly Moment[] }) {
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last) return null;
  const lines = moments.flatMap((moment) =>
    moment.highlights.map((highlight, index) => ({ key: `${moment.n} ${index}`, words: highlightWords(highlight) })),
  );
  const sum = { added: 0, updated: 0, removed: 0 };
  for (const { changes } of moments) {
    sum.added += changes.added;
    sum.updated += changes.updated;
    sum.removed += changes.removed;
  }
  const records = t.timeline.records(sum.added, sum.updated, sum.removed);
  return (
    <>
      <p className="font-semibold">
        {moments.length === 1
          ? clockTime(first.at)
          : t.timeline.cluster(moments.length, clockTime(first.at), clockTime(last.at))}
      </p>
      {last.unseenSince !== null && moments.length === 1 && (
        <p className="text-warn-ink">{t.timeline.gap(clockTime(last.unseenSince), clockTime(last.at))}</p>
      )}
      {lines.length > 0 && (
        <ul className="mt-1 space-y-px">
          {lines.slice(0, mostLines).map(({ key, words }) => (
            <li key={key} className="truncate font-mono text-[11.5px]">
              <bdi>{words}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-1 text-ink-2 text-xs">{records === '' ? t.timeline.begins : records}</p>
    </>
  );
}
