import { type Graph, traceOverlay } from '@vethscope/graph';
import type { WhatIf } from '@vethscope/path';
import { Tabs } from 'radix-ui';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useMemo, useRef } from 'react';
import { AnswerError } from '../api/client.ts';
import type { Held } from '../api/streamReducer.ts';
import { t } from '../text/text.ts';
import type { TraceOverlay } from '../topology/canvasProps.ts';
import { Bone } from '../ui/Bone.tsx';
import { Button } from '../ui/Button.tsx';
import { type PathEnd, usePageActions } from '../view/PageActions.tsx';
import { useUrlState } from '../view/urlState.ts';
import { Blockers, sameChange } from './Blockers.tsx';
import { endInputId } from './EndBox.tsx';
import { ExplorerProvider } from './explorerContext.ts';
import { Lanes } from './Lanes.tsx';
import { lanesOf } from './lanes.ts';
import { Player } from './Player.tsx';
import { Probe } from './Probe.tsx';
import type { PathAnswer } from './pathMessages.ts';
import { pathOverlay, playMs } from './pathOverlay.ts';
import { QuestionBar } from './QuestionBar.tsx';
import { readWords } from './readWords.ts';
import { Share } from './Share.tsx';
import { Starters } from './Starters.tsx';
import { usePathAnswer } from './usePathAnswer.ts';
import { usePlayback } from './usePlayback.ts';
import { Verdict } from './Verdict.tsx';
import { whatIfOf, whatIfWords } from './whatIfUrl.ts';

interface ExplorerProps {
  held: Held;
  graph: Graph;
  picking: PathEnd | null;
  /** The way of the packet for the map; null while there is none. */
  onOverlay: (overlay: TraceOverlay | null) => void;
}

/** The path explorer: a question, its answer in one sentence, and every decision on the way. */
export default function Explorer({ held, graph, picking, onOverlay }: ExplorerProps) {
  const { closePath, pickEnd } = usePageActions();
  const [url, setUrl] = useUrlState();
  const { snapshot } = held;
  const faultId = useId();
  const words = useMemo(
    () => ({ from: url.from ?? '', to: url.to ?? '', proto: url.proto, sourcePort: url['source-port'] ?? undefined }),
    [url.from, url.to, url.proto, url['source-port']],
  );
  const { lift, accept, open, listen, sysctl } = url;
  const changes = useMemo(() => whatIfOf({ lift, accept, open, listen, sysctl }), [lift, accept, open, listen, sysctl]);
  const read = useMemo(() => readWords(snapshot, words), [snapshot, words]);
  const query = usePathAnswer(held, { question: read.kind === 'question' ? read.question : null, changes });
  const answer = read.kind === 'question' && !query.error ? (query.data ?? null) : null;
  // Who opened it by a key goes on with keys: to the end that is still open, else to the answer.
  const section = useRef<HTMLElement>(null);
  const openEnd = useEffectEvent(() => (words.from === '' ? 'from' : words.to === '' ? 'to' : null));
  useEffect(() => {
    const end = openEnd();
    if (end === null) section.current?.focus({ preventScroll: true });
    else document.getElementById(endInputId(end))?.focus();
  }, []);
  const setChanges = (next: readonly WhatIf[]) => void setUrl({ ...whatIfWords(next), step: null });

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={t.explorer.title}
      data-busy={query.isFetching || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (picking) pickEnd(null);
        else closePath();
      }}
      className="flex h-full min-h-0 flex-col bg-surface outline-none"
    >
      <div className="shrink-0 border-line border-b px-4 py-2">
        <QuestionBar words={words} read={read} faultId={faultId} snapshot={snapshot} picking={picking} />
        {read.kind === 'fault' && (
          <p id={faultId} role="alert" className="mt-1.5 px-1">
            <span className="text-bad-ink">{read.error.message}</span>
            {read.error.fix && <span className="text-ink-2"> {read.error.fix}</span>}
          </p>
        )}
      </div>
      <p role="status" className="sr-only">
        {answer && said(answer)}
      </p>
      {read.kind === 'open' && (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Starters snapshot={snapshot} />
        </div>
      )}
      {query.error && read.kind === 'question' && <Fault error={query.error} onAgain={() => void query.refetch()} />}
      {read.kind === 'question' && query.isPending && (
        <div aria-hidden className="space-y-2 px-4 py-3">
          <Bone className="h-5 w-2/3" />
          <Bone className="h-32" />
        </div>
      )}
      {answer && (
        <Answer
          answer={answer}
          changes={changes}
          held={held}
          graph={graph}
          onChanges={setChanges}
          onOverlay={onOverlay}
        />
      )}
    </section>
  );
}

/** What is said aloud of an answer. */
function said({ trace, otherwise }: PathAnswer): string {
  const { disposition, cause } = otherwise ?? trace;
  return t.explorer.announced(t.packages.dispositions[disposition], cause.sentence);
}

interface AnswerProps {
  answer: PathAnswer;
  changes: readonly WhatIf[];
  held: Held;
  graph: Graph;
  onChanges: (changes: readonly WhatIf[]) => void;
  onOverlay: (overlay: TraceOverlay | null) => void;
}

const tabs = ['there', 'back', 'blockers', 'share', 'probe'] as const;

function Answer({ answer, changes, held, graph, onChanges, onOverlay }: AnswerProps) {
  const [url, setUrl] = useUrlState();
  const { snapshot } = held;
  const shown = answer.otherwise ?? answer.trace;
  const tab = url.path;
  const way = tab === 'back' ? 'back' : 'there';
  const lanes = useMemo(() => lanesOf(snapshot, shown, way), [snapshot, shown, way]);
  const marks = useMemo(() => traceOverlay(graph, shown), [graph, shown]);
  const count = lanes.reduce((sum, { steps }) => sum + steps.length, 0);
  const overlayAt = (at: number | null) => pathOverlay(marks, lanes, { way, at });
  const playback = usePlayback({
    count,
    step: url.step === null ? null : url.step - 1,
    onStep: (at) => void setUrl({ step: at === null ? null : at + 1 }),
    msOf: (at) => playMs(overlayAt(at).packet?.moves.length ?? 0),
  });
  const { at } = playback;
  const overlay = useMemo(() => pathOverlay(marks, lanes, { way, at }), [marks, lanes, way, at]);
  // The map stands beside this part of the page, which is loaded when it is asked for: it tells the map where the packet is.
  useEffect(() => onOverlay(overlay), [overlay, onOverlay]);
  useEffect(() => () => onOverlay(null), [onOverlay]);

  // The focus waits on the whole until there is an answer whose steps keys can play.
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current?.parentElement === document.activeElement) root.current?.focus({ preventScroll: true });
  }, []);

  const actions = useMemo(
    () => ({
      showRule: (rule: string) => void setUrl({ select: rule, view: 'rules' }, { history: 'push' }),
      lift: (rule: string) => {
        const change: WhatIf = { kind: 'lift', rule };
        if (!changes.some((one) => sameChange(one, change))) onChanges([...changes, change]);
      },
    }),
    [setUrl, changes, onChanges],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.matches('input, textarea, [role="combobox"], [role="tab"], [role="radio"]')) return;
    // Space on a button is its own.
    if (event.key === ' ' && target.closest('button, [role="switch"]')) return;
    const run = new Map<string, () => void>([
      [' ', playback.toggle],
      ['ArrowRight', () => playback.go((at ?? -1) + 1)],
      ['ArrowLeft', () => playback.go(at === null || at === 0 ? null : at - 1)],
      ['Home', () => playback.go(null)],
      ['End', () => playback.go(count - 1)],
    ]).get(event.key);
    if (!run) return;
    event.preventDefault();
    run();
  };

  return (
    <ExplorerProvider value={actions}>
      <Tabs.Root
        ref={root}
        tabIndex={-1}
        value={tab}
        onValueChange={(next) => void setUrl({ path: tabs.find((one) => one === next) ?? 'there', step: null })}
        onKeyDown={onKeyDown}
        className="flex min-h-0 flex-1 flex-col outline-none"
      >
        <div className="shrink-0 px-4 pt-2 pb-1.5">
          <Verdict
            answer={answer}
            changes={changes}
            snapshot={snapshot}
            onUndo={(change) => onChanges(changes.filter((one) => !sameChange(one, change)))}
          />
        </div>
        <div className="flex shrink-0 items-end justify-between gap-3 border-line border-b px-4">
          <Tabs.List aria-label={t.explorer.title} className="-mb-px flex min-w-0 gap-4 overflow-x-auto">
            {tabs.map((one) => (
              <Tabs.Trigger
                key={one}
                value={one}
                className="shrink-0 whitespace-nowrap border-transparent border-b-2 px-0.5 pt-1 pb-1.5 text-ink-2 hover:text-ink-1 data-[state=active]:border-accent data-[state=active]:text-ink-1"
              >
                {t.explorer.tabs[one]}
                {one === 'blockers' && shown.blockers.length > 0 && (
                  <span className="ml-1.5 font-mono text-[11px] text-bad-ink">{shown.blockers.length}</span>
                )}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {(tab === 'there' || tab === 'back') && (
            <div className="pb-1">
              <Player playback={playback} />
            </div>
          )}
        </div>
        {(['there', 'back'] as const).map((one) => (
          <Tabs.Content key={one} value={one} className="min-h-0 flex-1 overflow-x-auto overflow-y-hidden outline-none">
            {lanes.length > 0 ? (
              <Lanes disposition={shown.disposition} lanes={lanes} at={at} onGo={playback.go} />
            ) : (
              <p className="px-4 py-3 text-ink-2">
                {one === 'back' ? t.explorer.lanes.noReply : t.explorer.lanes.noWay}
              </p>
            )}
          </Tabs.Content>
        ))}
        <Tabs.Content value="blockers" className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Blockers answer={answer} changes={changes} snapshot={snapshot} onChanges={onChanges} />
        </Tabs.Content>
        <Tabs.Content value="share" className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Share held={held} answer={answer} changes={changes} />
        </Tabs.Content>
        <Tabs.Content value="probe" className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Probe key={JSON.stringify(answer.question)} question={answer.question} changed={answer.otherwise !== null} />
        </Tabs.Content>
      </Tabs.Root>
    </ExplorerProvider>
  );
}

function Fault({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const body = error instanceof AnswerError ? error.body : null;
  return (
    <div role="alert" className="px-4 py-3">
      <p className="font-semibold">{t.explorer.faults.title}</p>
      <p className="text-bad-ink">{body?.message ?? String(error)}</p>
      {body?.where && <p className="wrap-anywhere font-mono text-[11px] text-ink-2">{body.where}</p>}
      {body?.fix && <p className="text-ink-2">{body.fix}</p>}
      <Button size="small" className="mt-2" onClick={onAgain}>
        {t.explorer.faults.retry}
      </Button>
    </div>
  );
}
