import type { BookChain, BookHook } from '@vethscope/graph';
import { type ReactNode, useMemo } from 'react';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { classes } from '../ui/classes.ts';
import { hookKey } from './bookRows.ts';
import { FamilyMark } from './ChainRows.tsx';
import { useMatchRates } from './useMatchRates.ts';

type Hook = NonNullable<BookHook['hook']>;

interface JourneyProps {
  hooks: readonly BookHook[];
  /** Whose programs the packets come to. */
  where: string;
  live: boolean;
  /** The chain that is being read. */
  here: string | null;
  onGo: (key: string) => void;
}

/**
 * The way of a packet past the hooks, as a person draws it: in at the top, out at the bottom, on the left what passes through, on the right what is for
 * this machine and what it sends. On each hook its base chains in the order in which they are run.
 */
export function Journey({ hooks, where, live, here, onGo }: JourneyProps) {
  const bases = useMemo(
    () =>
      new Map(
        hooks.flatMap(({ hook, chains }) =>
          hook === null ? [] : [[hook, chains.filter(({ chain }) => chain.hook !== null)] as const],
        ),
      ),
    [hooks],
  );
  const rated = useMemo(
    () => [...bases.values()].flat().map(({ chain }) => ({ id: chain.id, rules: chain.rules })),
    [bases],
  );
  const rates = useMatchRates(rated, live);
  const box = (hook: Hook) => (
    <HookBox hook={hook} chains={bases.get(hook) ?? []} rates={rates} here={here} onGo={onGo} />
  );
  return (
    <nav aria-label={t.ruleset.journey} className="flex flex-col items-stretch">
      <Edge text={t.ruleset.in} />
      <Wire kind="down" />
      {bases.has('ingress') && (
        <>
          {box('ingress')}
          <Wire kind="down" />
        </>
      )}
      {box('prerouting')}
      <Wire kind="down" />
      <p className="mx-auto rounded-full border border-line bg-surface px-3 py-0.5 font-medium text-[11.5px]">
        {t.ruleset.routing}
      </p>
      <Wire kind="split" />
      <div className="grid grid-cols-2 gap-2.5">
        <div className="flex flex-col">
          <WayLabel>{t.ruleset.through}</WayLabel>
          <Wire kind="line" grow />
          {box('forward')}
          <Wire kind="line" grow />
        </div>
        <div className="flex flex-col">
          <WayLabel>{t.ruleset.here}</WayLabel>
          {box('input')}
          <Wire kind="down" />
          <p
            className="text-balance rounded-md px-2 text-center text-[11.5px] text-ink-2 leading-tight wrap-anywhere"
            title={t.ruleset.programs(where)}
          >
            {t.ruleset.programs(where)}
          </p>
          <Wire kind="down" />
          {box('output')}
        </div>
      </div>
      <Wire kind="merge" />
      {box('postrouting')}
      {bases.has('egress') && (
        <>
          <Wire kind="down" />
          {box('egress')}
        </>
      )}
      <Wire kind="down" />
      <Edge text={t.ruleset.out} />
    </nav>
  );
}

function Edge({ text }: { text: string }) {
  return <p className="text-center text-[11.5px] text-ink-2">{text}</p>;
}

function WayLabel({ children }: { children: ReactNode }) {
  return <p className="pb-1 text-center text-[11.5px] text-ink-2">{children}</p>;
}

/** The lines between the boxes; drawn in a box of 100 by 18 that is stretched to the column. */
const wires = {
  down: 'M50 0V18',
  line: 'M50 0V18',
  split: 'M50 0V8M25 18V8H75V18',
  merge: 'M25 0V8H75V0M50 8V18',
};

function Wire({ kind, grow = false }: { kind: keyof typeof wires; grow?: boolean }) {
  return (
    <span
      aria-hidden
      className={classes(
        'relative block min-h-[14px] shrink-0',
        grow ? 'flex-1' : 'h-[18px]',
        // The two ways stand 10 pixels apart: so much wider, a quarter of the lines' box is the middle of a way.
        (kind === 'split' || kind === 'merge') && '-mx-[5px]',
      )}
    >
      <svg viewBox="0 0 100 18" preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden="true">
        <path
          d={wires[kind]}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {(kind === 'down' || kind === 'merge') && <span className="wire-head" />}
      {kind === 'split' && (
        <>
          <span className="wire-head" style={{ left: '25%' }} />
          <span className="wire-head" style={{ left: '75%' }} />
        </>
      )}
    </span>
  );
}

interface HookBoxProps {
  hook: Hook;
  chains: readonly BookChain[];
  rates: ReadonlyMap<string, number>;
  here: string | null;
  onGo: (key: string) => void;
}

const decidesNothing = ({ rules, chain }: BookChain) => rules.length === 0 && chain.policy !== 'drop';

function HookBox({ hook, chains, rates, here, onGo }: HookBoxProps) {
  const telling = chains.filter((each) => !decidesNothing(each));
  const empty = chains.length - telling.length;
  return (
    <section className="rounded-lg border border-line bg-surface shadow-(--card-shadow)">
      <button
        type="button"
        disabled={chains.length === 0}
        onClick={() => onGo(hookKey(hook))}
        title={t.ruleset.hookWords[hook]}
        className="flex w-full items-baseline gap-2 rounded-t-lg px-2.5 pt-1.5 pb-1 text-left font-semibold text-xs enabled:hover:underline enabled:hover:underline-offset-[3px]"
      >
        {hook}
      </button>
      <ul className="flex flex-col px-1 pb-1">
        {telling.map((entry) => (
          <li key={entry.chain.id}>
            <ChainChip entry={entry} rate={rates.get(entry.chain.id) ?? 0} here={here === entry.chain.id} onGo={onGo} />
          </li>
        ))}
        {(empty > 0 || telling.length === 0) && (
          <li className="px-1.5 py-0.5 text-[11.5px] text-ink-2">
            {empty > 0 ? t.ruleset.emptyChains(empty) : t.ruleset.noChains}
          </li>
        )}
      </ul>
    </section>
  );
}

interface ChainChipProps {
  entry: BookChain;
  rate: number;
  here: boolean;
  onGo: (key: string) => void;
}

function ChainChip({ entry: { chain, table, rules }, rate, here, onGo }: ChainChipProps) {
  return (
    <button
      type="button"
      aria-current={here ? 'true' : undefined}
      onClick={() => onGo(chain.id)}
      title={[
        `${table.family} ${table.name} ${chain.name}`,
        t.ruleset.priority(chain.priority ?? 0),
        t.ruleset.rules(rules.length),
        chain.policy === null ? '' : t.ruleset.policy[chain.policy],
        rate > 0 ? t.ruleset.matchesPerSecond(rate) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      className={classes(
        'flex h-6 w-full items-center gap-1.5 rounded-md px-1.5 text-left transition-colors hover:bg-sunken',
        here && 'bg-accent-fill hover:bg-accent-fill',
      )}
    >
      <span className="truncate font-mono text-[11.5px]">{chipName(table.name, chain.name)}</span>
      <FamilyMark family={table.family} />
      {chain.policy === 'drop' && <span className="text-[11.5px] text-bad-ink">{t.ruleset.actions.drop}</span>}
      <span className="ml-auto flex items-center gap-1.5 font-mono text-[11px] text-ink-2 tabular-nums">
        {rate > 0 && <span className="font-medium text-good-ink">{t.ruleset.perSecond(rate)}</span>}
        {number(rules.length)}
      </span>
    </button>
  );
}

/** Of an nft table that holds chains of every kind, the chain's name tells which this is ("filter-FORWARD"); of iptables the table's. */
function chipName(table: string, chain: string): string {
  if (/^(PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/.test(chain)) return table;
  const own = chain.replace(/[-_]?(PREROUTING|FORWARD|POSTROUTING|INPUT|OUTPUT)$/i, '');
  return own === '' ? table : own;
}
