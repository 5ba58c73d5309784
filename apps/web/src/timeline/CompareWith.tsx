import { type ChangeEvent, useId } from 'react';
import { useRecordings } from '../recordings/recordingsStore.ts';
import { moment as fullTime } from '../text/duration.ts';
import { t } from '../text/text.ts';
import { usePageActions } from '../view/PageActions.tsx';
import { useUrlState } from '../view/urlState.ts';
import { clockTime, momentWords } from './momentWords.ts';
import type { Shown } from './useShown.ts';

/** A list of choices is no list when it has thousands: the last ones, and the one that is chosen. */
const mostMoments = 300;

/** Chooses what the shown is compared with: the moment before, any other, an opened file, the live host. */
export function CompareWith({ shown }: { shown: Shown }) {
  const id = useId();
  const [{ at, vs }] = useUrlState();
  const { compareMoment } = usePageActions();
  const { files, shown: shownFile, against, compareWith } = useRecordings();
  const words = t.timeline.compare;
  const moments = (shown.history?.moments ?? [])
    .filter(({ n }) => shownFile !== null || n !== at)
    .toReversed()
    .filter(({ n }, index) => index < mostMoments || n === vs);
  const others = files.filter((file) => file.id !== shownFile);
  const elsewhere = shown.held?.elsewhere;
  const value =
    against?.kind === 'live' ? 'live' : against ? `file ${against.id}` : vs !== null ? `moment ${vs}` : 'before';
  const onChange = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    const [kind = '', name = ''] = target.value.split(' ');
    compareWith(kind === 'live' ? { kind: 'live' } : kind === 'file' ? { kind: 'file', id: name } : null);
    compareMoment(kind === 'moment' ? Number(name) : null);
  };
  const sameHost = shown.comparison?.before.host === shown.comparison?.after.host;
  const name = (list: string) => (list.length > 48 ? `${list.slice(0, 48)}…` : list);
  return (
    <div className="mt-1.5 grid grid-cols-[auto_1fr] items-center gap-x-2 gap-y-1 text-[12.5px]">
      <label htmlFor={id} className="text-ink-2">
        {words.before}
      </label>
      <select
        id={id}
        value={value}
        onChange={onChange}
        className="h-7 min-w-0 rounded-md border border-line bg-surface px-1.5"
      >
        <option value="before">{at !== null && shownFile === null ? words.theOneBefore : words.nothing}</option>
        {elsewhere && shown.live && (
          <optgroup label={words.groups.live}>
            <option value="live">{words.liveHost(name(shown.live.snapshot.host.hostname))}</option>
          </optgroup>
        )}
        {others.length > 0 && (
          <optgroup label={words.groups.files}>
            {others.map((file) => (
              <option key={file.id} value={`file ${file.id}`}>
                {name(file.name)}
              </option>
            ))}
          </optgroup>
        )}
        {moments.length > 0 && (
          <optgroup label={words.groups.moments}>
            {moments.map((each) => (
              <option key={each.n} value={`moment ${each.n}`}>
                {words.moment(each.n, clockTime(each.at), name(momentWords(each, 1)))}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      {shown.comparison && (
        <>
          <span className="text-ink-2">{words.from}</span>
          <span className="truncate">{sideWords(shown.comparison.before, sameHost)}</span>
          <span className="text-ink-2">{words.to}</span>
          <span className="truncate">{sideWords(shown.comparison.after, sameHost)}</span>
        </>
      )}
    </div>
  );
}

const sideWords = ({ host, readAt }: { host: string; readAt: string }, sameHost: boolean) =>
  sameHost ? fullTime(readAt) : `${host.slice(0, 40)}, ${fullTime(readAt)}`;
