import type { Network, Snapshot, Warning } from '@vethscope/model';
import type { ReactNode } from 'react';
import type { Held } from '../api/streamReducer.ts';
import { sourcesSummary } from '../sources/sourcesSummary.ts';
import { number } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { hueLine } from '../theme/hues.ts';
import { Button } from '../ui/Button.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';
import { usePageActions } from '../view/PageActions.tsx';
import { Section } from './Section.tsx';

/** How many warnings are shown in full. */
const firstWarnings = 20;

/** The host in short: what there is, what is not read, what is not understood. */
export function Overview({ held, hues }: { held: Held; hues: ReadonlyMap<string, number> }) {
  const { snapshot } = held;
  const { host, engine } = snapshot;
  return (
    <>
      <header>
        <h2 className="break-words font-semibold text-base leading-snug">{host.hostname}</h2>
        <p className="text-[13px] text-ink-2">{t.overview.hint}</p>
      </header>
      <Counts snapshot={snapshot} />
      <Section title={t.overview.hostFacts}>
        <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <Line label={t.overview.engine}>
            {engine
              ? `${engine.version} · API ${engine.apiVersion}${engine.rootless ? ' · rootless' : ''}`
              : t.header.noEngine}
          </Line>
          {engine && <Line label={t.overview.firewall}>{engine.firewall ?? t.overview.notKnown}</Line>}
          {engine && (
            <Line label={t.overview.proxy}>
              {engine.userlandProxy === null
                ? t.overview.notKnown
                : engine.userlandProxy
                  ? t.overview.on
                  : t.overview.off}
            </Line>
          )}
          {engine && engine.swarm !== 'inactive' && (
            <Line label={t.overview.swarm}>{t.packages.word(engine.swarm)}</Line>
          )}
          <Line label={t.overview.kernel}>{host.kernel ?? t.overview.notKnown}</Line>
          {host.os && <Line label={t.overview.os}>{[host.os, host.architecture].filter(Boolean).join(' · ')}</Line>}
        </dl>
      </Section>
      <Networks snapshot={snapshot} hues={hues} />
      <Sources snapshot={snapshot} />
      <Warnings warnings={Object.values(snapshot.records.warning)} />
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid items-start">
      <dt className="text-[13px] text-ink-2 leading-5">{label}</dt>
      <dd className="min-w-0 wrap-anywhere font-mono text-[11.5px] leading-5">{children}</dd>
    </div>
  );
}

function Counts({ snapshot: { records } }: { snapshot: Snapshot }) {
  const containers = Object.values(records.container);
  const running = containers.filter(({ state }) => state === 'running').length;
  const counts: [string, number][] = [
    [t.overview.counts.running, running],
    [t.overview.counts.stopped, containers.length - running],
    [t.overview.counts.networks, Object.keys(records.network).length],
    [t.overview.counts.published, Object.values(records.publishedPort).filter(({ active }) => active).length],
    [t.overview.counts.links, Object.keys(records.link).length],
    [t.overview.counts.rules, Object.keys(records.rule).length],
  ];
  return (
    <dl className="mt-4 grid grid-cols-3 gap-x-4 gap-y-3 border-line border-y py-3">
      {counts.map(([label, count]) => (
        <div key={label} className="flex flex-col-reverse">
          <dt className="text-ink-2 text-xs leading-tight">{label}</dt>
          <dd className="font-mono text-lg leading-tight">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Networks({ snapshot, hues }: { snapshot: Snapshot; hues: ReadonlyMap<string, number> }) {
  const { select } = usePageActions();
  const joined = new Map<string, number>();
  for (const { network } of Object.values(snapshot.records.endpoint))
    joined.set(network, (joined.get(network) ?? 0) + 1);
  const networks = Object.values(snapshot.records.network).sort(
    (a, b) =>
      (hues.get(a.id) ?? Number.MAX_VALUE) - (hues.get(b.id) ?? Number.MAX_VALUE) || a.name.localeCompare(b.name),
  );
  return (
    <Section title={t.overview.networks}>
      {networks.length === 0 && <p className="text-ink-2">{t.overview.noNetworks}</p>}
      <ul className="-mx-2">
        {networks.map((network) => (
          <li key={network.id}>
            <button
              type="button"
              onClick={() => select(network.id, { reveal: true })}
              className="flex w-full items-center gap-2.5 rounded-md px-2 py-1 text-left hover:bg-sunken"
            >
              <span
                aria-hidden
                className="h-3.5 w-1.5 shrink-0 rounded-full"
                style={{ background: hueLine(hues.get(network.id) ?? null) }}
              />
              <span className="min-w-0 max-w-[45%] shrink-0 truncate font-medium">{network.name}</span>
              <span className="min-w-0 flex-1 truncate font-mono text-[11.5px] text-ink-2">{describe(network)}</span>
              <span
                className="font-mono text-[11.5px] text-ink-2"
                title={t.overview.containers(joined.get(network.id) ?? 0)}
              >
                {joined.get(network.id) ?? 0}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function describe({ driver, subnets }: Network): string {
  if (driver === 'host') return t.overview.hostDriver;
  if (driver === 'null') return t.overview.nullDriver;
  return subnets[0]?.subnet ?? driver;
}

function Sources({ snapshot }: { snapshot: Snapshot }) {
  const { open } = usePageActions();
  const { tone, text } = sourcesSummary(snapshot.sources);
  return (
    <Section
      title={t.overview.sources}
      aside={
        <Button look="ghost" size="small" className="-mr-2 font-normal" onClick={() => open('sources')}>
          {t.connection.showSources}
        </Button>
      }
    >
      <p className="flex items-center gap-2">
        <StatusDot tone={tone} />
        {text}
      </p>
    </Section>
  );
}

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <Section title={t.overview.warnings(warnings.length)}>
      <p className="mb-1.5 text-ink-2 text-xs">{t.overview.warningsWhy}</p>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-sunken">
        {warnings.slice(0, firstWarnings).map((warning) => (
          <li key={warning.id} className="px-2.5 py-2 text-xs">
            <p className="flex justify-between gap-3 text-ink-2">
              <span>{warning.reason}</span>
              <span className="shrink-0 font-mono text-[11px]">{t.sources.names[warning.source]}</span>
            </p>
            <p className="mt-0.5 break-all font-mono text-[11px]">{warning.text}</p>
            <p className="break-all font-mono text-[11px] text-ink-2">{warning.where}</p>
          </li>
        ))}
      </ul>
      {warnings.length > firstWarnings && (
        <p className="mt-1.5 text-ink-2 text-xs">{t.overview.moreWarnings(warnings.length - firstWarnings)}</p>
      )}
    </Section>
  );
}
