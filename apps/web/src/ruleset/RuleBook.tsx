import {
  type BookFamily,
  indexRuleThings,
  networkHues,
  parseRuleSearch,
  type RuleThing,
  ruleBook,
  searchRules,
} from '@vethscope/graph';
import { ids, type Question } from '@vethscope/model';
import { ArrowLeft } from 'lucide-react';
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { counters } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { BookSide } from './BookSide.tsx';
import { type BookActions, BookActionsProvider } from './bookActions.ts';
import { bookRows, chainOf } from './bookRows.ts';
import { type BookPlace, RuleList } from './RuleList.tsx';
import './ruleset.css';
import { SearchBar } from './SearchBar.tsx';
import { SourceNotes, unreadRules } from './SourceNotes.tsx';
import { useLatest } from './useLatest.ts';
import { useWidth } from './useWidth.ts';

interface RuleBookProps {
  held: Held;
  /** A rule or a chain that the book is to be opened at. */
  focusRule: string | null;
  /** The hues of networks as the map has them; without them, those of a new picture. */
  hues?: ReadonlyMap<string, number>;
  /** A thing that a rule speaks of, or the rule itself, was chosen. */
  onSelect: (recordId: string) => void;
  onAsk: (question: Question) => void;
}

const noHits: readonly string[] = [];

/** The whole rule set of a namespace, by hook and chain, in the order in which the kernel runs it. */
export default function RuleBook({ held, focusRule, hues, onSelect, onAsk }: RuleBookProps) {
  const { snapshot } = held;
  const { records } = snapshot;
  const [sandbox, setSandbox] = useState<string>(ids.hostSandbox);
  const [family, setFamily] = useState<BookFamily>('all');
  const [query, setQuery] = useState('');
  const [place, setPlace] = useState<BookPlace>({ key: '', turn: 0, focus: false });
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const input = useRef<HTMLInputElement>(null);
  const [mainRef, width] = useWidth();

  const book = useMemo(() => ruleBook(snapshot, { sandbox, family }), [snapshot, sandbox, family]);
  const rows = useMemo(() => bookRows(book), [book]);
  const things = useMemo(() => indexRuleThings(snapshot), [snapshot]);
  const ownHues = useMemo(() => networkHues(snapshot), [snapshot]);

  const asked = useDeferredValue(query);
  const search = useMemo(() => parseRuleSearch(asked), [asked]);
  const hits = useMemo(
    () =>
      search.terms.length === 0
        ? noHits
        : searchRules(book.hooks, search, { things, packets: (id) => counters.rule(id)?.packets ?? null }),
    [book, search, things],
  );
  const hitSet = useMemo(() => new Set(hits), [hits]);
  const hitAt = hits.indexOf(place.key) + 1;

  const open = (key: string, focus: boolean) => setPlace(({ turn }) => ({ key, turn: turn + 1, focus }));

  /** To a record of any namespace and family, and back from there. */
  const goTo = (record: string) => {
    const there = records.rule[record] ?? records.chain[record] ?? records.netfilterSet[record];
    if (there && there.sandbox !== sandbox) setSandbox(there.sandbox);
    if (there && !rows.some(({ key }) => key === record)) setFamily('all');
    const from = place.key || rows[0]?.key;
    if (from !== undefined && from !== record) setTrail((known) => [...known.slice(-49), from]);
    if (there?.type === 'netfilterSet') setOpened((known) => new Set(known).add(record));
    open(record, true);
  };
  const goBack = () => {
    const last = trail.at(-1);
    if (last === undefined) return;
    setTrail(trail.slice(0, -1));
    const there = records.rule[last] ?? records.chain[last] ?? records.netfilterSet[last];
    if (there) setSandbox(there.sandbox);
    open(last, true);
  };
  const choose = (thing: RuleThing) => {
    if (thing.kind === 'set') goTo(thing.record);
    else onSelect(thing.record);
  };
  const step = (by: 1 | -1) => {
    if (hits.length === 0) return;
    const next = hitAt === 0 && by === -1 ? hits.length - 1 : (hitAt - 1 + by + hits.length) % hits.length;
    const key = hits[hitAt === 0 && by === 1 ? firstHitBehind() : next];
    if (key !== undefined) open(key, false);
  };
  /** The first hit at or behind the place where one is reading, or the first of all. */
  const firstHitBehind = () => {
    const at = rows.findIndex(({ key }) => key === place.key);
    const ahead = rows.find(({ key }, index) => index >= at && hitSet.has(key));
    return ahead ? hits.indexOf(ahead.key) : 0;
  };

  const toFocused = useEffectEvent((record: string) => {
    if (!records.rule[record] && !records.chain[record]) return;
    goTo(record);
    if (records.rule[record]) setOpened((known) => new Set(known).add(record));
  });
  useEffect(() => {
    if (focusRule !== null) toFocused(focusRule);
  }, [focusRule]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogIsOpen()) return;
    if (event.key === '/') input.current?.focus();
    else if ((event.key === '[' || event.key === ']') && document.activeElement?.getAttribute('role') !== 'row')
      stepChain(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const stepChain = (key: '[' | ']') => {
    const at = Math.max(
      0,
      rows.findIndex((row) => row.key === place.key),
    );
    const isChain = (index: number) => rows[index]?.kind === 'chain';
    const step = key === ']' ? 1 : -1;
    let next = at + step;
    while (next >= 0 && next < rows.length && !isChain(next)) next += step;
    const row = rows[next];
    if (row) open(row.key, true);
  };
  useEffect(() => {
    // Before the page's own shortcuts, for which "/" is the search in the map.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);

  const toggle = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
    setPlace((known) => ({ ...known, key }));
  };
  const stable = {
    goTo: useLatest(goTo),
    choose: useLatest(choose),
    onSelect: useLatest(onSelect),
    onAsk: useLatest(onAsk),
    toggle: useLatest(toggle),
    openSandbox: useLatest((id: string) => {
      setSandbox(id);
      setPlace({ key: '', turn: 0, focus: false });
    }),
    walk: useLatest((key: string) => setPlace((known) => ({ ...known, key }))),
  };
  const { marks } = search;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stable stays the same
  const actions = useMemo<BookActions>(
    () => ({ ...stable, snapshot, things, hues: hues ?? ownHues, marks }),
    [snapshot, things, hues, ownHues, marks],
  );
  const here = rows.find(({ key }) => key === place.key);
  const hereChain = here ? (chainOf(here)?.chain.id ?? null) : null;
  const isHost = records.sandbox[sandbox]?.kind === 'host';
  const unread = unreadRules(snapshot.sources, sandbox, isHost);
  return (
    <BookActionsProvider value={actions}>
      <div className="flex h-full min-h-0 min-w-0 flex-1 bg-page">
        <h2 className="sr-only">{t.ruleset.book}</h2>
        <BookSide
          snapshot={snapshot}
          book={book}
          family={family}
          live={held.origin.kind === 'live'}
          here={hereChain}
          onSandbox={stable.openSandbox}
          onFamily={setFamily}
          onGo={stable.goTo}
        />
        <section ref={mainRef} aria-label={t.ruleset.book} className="flex min-w-0 flex-1 flex-col bg-surface">
          <div className="flex shrink-0 items-center gap-2 border-line border-b px-3 py-2">
            <Button
              look="ghost"
              size="icon"
              aria-label={t.ruleset.back}
              title={t.ruleset.back}
              disabled={trail.length === 0}
              onClick={goBack}
            >
              <ArrowLeft size={16} aria-hidden />
            </Button>
            <SearchBar
              ref={input}
              text={query}
              onText={setQuery}
              hits={search.terms.length === 0 ? null : { at: hitAt, count: hits.length }}
              onStep={step}
              onLeave={() => open(place.key || (rows[0]?.key ?? ''), true)}
            />
          </div>
          {unread.length > 0 && <SourceNotes reports={unread} />}
          {rows.length === 0 ? (
            <div className="flex flex-1 flex-col items-center justify-center gap-1 p-8 text-center">
              <p className="font-semibold">{t.ruleset.emptyTitle}</p>
              <p className="text-ink-2">{unread.length > 0 ? t.ruleset.emptyUnread : t.ruleset.empty}</p>
            </div>
          ) : (
            <RuleList
              key={sandbox}
              rows={rows}
              place={place}
              onWalk={stable.walk}
              opened={opened}
              onToggle={stable.toggle}
              hits={hitSet}
              width={width}
              rules={book.rules}
            />
          )}
        </section>
      </div>
    </BookActionsProvider>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const dialogIsOpen = () => document.querySelector('[role="dialog"][data-state="open"]') !== null;
