import type { PictureFormat } from '@vethscope/picture';
import { useEffect, useMemo } from 'react';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { Bone } from '../ui/Bone.tsx';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { stages } from './exportMessages.ts';
import type { Finished, Work } from './usePictureFile.ts';

interface PreviewProps {
  work: Work;
  format: PictureFormat;
  /** What is asked for is not there yet. */
  waitsForPath: boolean;
  onCancel: () => void;
  onAgain: () => void;
}

/** What the file will hold, or why there is none. While another one is made, the last one stays in sight. */
export function Preview({ work, format, waitsForPath, onCancel, onAgain }: PreviewProps) {
  const { phase, finished, fault } = work;
  const words = t.pictures;
  return (
    <section
      aria-label={words.preview}
      aria-busy={phase === 'working' || waitsForPath}
      className="relative h-[min(52vh,560px)] min-h-56 overflow-hidden rounded-xl border border-line bg-sunken"
    >
      {phase === 'nothing' && <p className="p-5 text-ink-2">{words.nothing}</p>}
      {phase === 'fault' && (
        <p role="alert" className="p-5 text-bad-ink">
          {fault}
        </p>
      )}
      {phase === 'cancelled' && (
        <div className="flex items-center gap-3 p-5 text-ink-2">
          {words.cancelled}
          <Button size="small" onClick={onAgain}>
            {words.again}
          </Button>
        </div>
      )}
      {waitsForPath && <p className="pulse p-5 text-ink-2">{words.pathAsked}</p>}
      {!finished && (phase === 'waiting' || phase === 'working') && !waitsForPath && <Bone className="h-full" />}
      {finished && !waitsForPath && phase !== 'fault' && (
        <Shown finished={finished} old={phase === 'working'} format={format} />
      )}
      {work.slow && phase === 'working' && <Progress work={work} format={format} onCancel={onCancel} />}
    </section>
  );
}

function Shown({ finished, old }: { finished: Finished; old: boolean; format: PictureFormat }) {
  const { text, order } = finished;
  const isText = text !== null && order.format !== 'svg' && order.format !== 'drawio';
  const look = classes('transition-opacity', old && 'opacity-60');
  if (isText) return <TextPreview text={text} format={order.format} look={look} />;
  return <PicturePreview finished={finished} look={look} />;
}

/** A checkerboard tells what is transparent. */
const board = 'repeating-conic-gradient(var(--line) 0 25%, transparent 0 50%) 0 0 / 16px 16px';

function PicturePreview({ finished, look }: { finished: Finished; look: string }) {
  const { svg, title, description, width, height, order } = finished;
  const url = useMemo(() => URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })), [svg]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <div className={classes('flex h-full items-center justify-center p-3', look)}>
      <img
        src={url}
        alt={`${title}. ${description}`}
        width={width}
        height={height}
        className="max-h-full max-w-full rounded object-contain shadow-[0_0_0_1px_var(--line)]"
        style={order.request.transparent ? { background: board } : undefined}
      />
    </div>
  );
}

/** More than this nobody reads here, and a browser would be slow to lay out. */
const mostCharacters = 40_000;

function TextPreview({ text, format, look }: { text: string; format: PictureFormat; look: string }) {
  const rest = text.length - mostCharacters;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling text is no section of the page
    <pre
      role="region"
      aria-label={t.pictures.textPreview(t.pictures.formats[format])}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className={classes('-outline-offset-2 h-full overflow-auto p-3 font-mono text-[11px] leading-[1.5]', look)}
    >
      {text.slice(0, mostCharacters)}
      {rest > 0 && `\n${t.pictures.cut(number(rest))}`}
    </pre>
  );
}

function Progress({ work, format, onCancel }: { work: Work; format: PictureFormat; onCancel: () => void }) {
  const words = t.pictures;
  const all = format === 'png' ? stages.length : stages.length - 1;
  const at = work.stage === null ? 0 : stages.indexOf(work.stage);
  const text = words.step(words.stages[stages[at] ?? 'choose'], at + 1, all);
  return (
    <div className="arrive absolute inset-x-3 bottom-3 flex items-center gap-3 rounded-xl border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-(--raised-shadow)">
      <span
        role="progressbar"
        aria-label={words.working}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={at}
        aria-valuetext={text}
        className="h-1 w-28 overflow-hidden rounded-full bg-line"
      >
        <span className="block h-full rounded-full bg-ink-2" style={{ width: `${(100 * (at + 0.5)) / all}%` }} />
      </span>
      <span role="status" className="min-w-0 flex-1 truncate text-ink-2 text-xs tabular-nums">
        {text}
      </span>
      <Button size="small" onClick={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}
