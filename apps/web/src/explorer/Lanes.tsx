import type { Disposition } from '@vethscope/model';
import { Box, CircleX, Cloud, Component, Server } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../text/text.ts';
import type { Lane } from './lanes.ts';
import { StepCard } from './StepCard.tsx';
import { inkOf } from './tones.ts';

const icons = { host: Server, container: Box, docker: Component, outside: Cloud };

interface LanesProps {
  disposition: Disposition;
  lanes: readonly Lane[];
  /** The step at which the packet is; null: the whole way is shown. */
  at: number | null;
  onGo: (at: number) => void;
}

/** The places that the packet comes through, side by side, and in each what is decided there. */
export function Lanes({ disposition, lanes, at, onGo }: LanesProps) {
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (at !== null) current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  return (
    <ol aria-label={t.explorer.lanes.label} className="flex h-full w-max min-w-full items-stretch">
      {lanes.map((lane) => {
        const Icon = icons[lane.kind];
        const outside = lane.steps.length === 0;
        return (
          <li
            key={lane.key}
            className={`flex min-h-0 flex-col border-line border-r ${outside ? 'w-52' : 'min-w-[20rem] max-w-[40rem] flex-1'}`}
          >
            <header className="flex items-center gap-2 px-3 pt-2 pb-1.5">
              <Icon size={15} aria-hidden className="shrink-0 text-ink-2" />
              <h3 className="truncate font-semibold" title={lane.title}>
                {lane.title}
              </h3>
              <span className="shrink-0 text-ink-2 text-xs">{t.explorer.lanes.kindOf[lane.kind]}</span>
            </header>
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
              tabIndex={0}
              aria-label={lane.title}
              className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-3"
            >
              {lane.begins && (
                <p className="mb-1 wrap-anywhere rounded-lg bg-sunken px-2 py-1 font-mono text-[11px] leading-[1.5]">
                  {lane.begins}
                </p>
              )}
              {lane.note && <p className="px-1 py-1 text-ink-2 text-xs">{lane.note}</p>}
              <ol className="space-y-1">
                {lane.steps.map((step) => (
                  <StepCard
                    key={`${step.leg}/${step.hop}/${step.index}`}
                    ref={step.at === at ? current : undefined}
                    laneStep={step}
                    current={step.at === at}
                    ahead={at !== null && step.at > at}
                    onGo={onGo}
                  />
                ))}
              </ol>
              {lane.steps.at(-1)?.ends && (
                <p className={`mt-1.5 flex items-center gap-2 px-2 text-[12.5px] ${inkOf(disposition)}`}>
                  <CircleX size={14} aria-hidden className="shrink-0" />
                  {t.explorer.lanes.endsHere(t.packages.dispositions[disposition])}
                </p>
              )}
            </section>
          </li>
        );
      })}
    </ol>
  );
}
