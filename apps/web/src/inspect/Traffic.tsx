import type { Origin, Snapshot } from '@vethscope/model';
import { useSyncExternalStore } from 'react';
import { counters } from '../api/live.ts';
import { bytes, rate } from '../text/amount.ts';
import { t } from '../text/text.ts';
import { Sparkline } from '../ui/Sparkline.tsx';
import { Section } from './Section.tsx';

interface TrafficProps {
  linkId: string;
  snapshot: Snapshot;
  origin: Origin;
}

/**
 * What goes through a link, as a container would say it: `in` is what comes to the container. The host's end of a veth counts the other way
 * round (what it receives, the container sent), so its figures are turned.
 */
export function Traffic({ linkId, snapshot, origin }: TrafficProps) {
  const samples = useSyncExternalStore(
    (listener) => counters.subscribe(linkId, listener),
    () => counters.samples(linkId),
  );
  const link = snapshot.records.link[linkId];
  const totals = snapshot.counters.links[linkId];
  if (!link || (!totals && samples.length === 0)) return null;
  const turned = link.kind === 'veth' && link.sandbox === 'sandbox:host';
  const [inward, outward] = turned ? (['tx', 'rx'] as const) : (['rx', 'tx'] as const);
  const last = samples.at(-1);
  const inRate = last && rate(last[inward]);
  const outRate = last && rate(last[outward]);
  const dropped = totals ? totals.rxDropped + totals.txDropped : 0;
  return (
    <Section title={t.inspect.traffic(link.name)}>
      {inRate && outRate ? (
        <>
          <Sparkline
            upper={samples.map((sample) => sample[inward])}
            lower={samples.map((sample) => sample[outward])}
            capacity={60}
            label={t.inspect.sparkline(inRate, outRate)}
          />
          <p className="mt-1 flex justify-between font-mono text-[11.5px]">
            <span>
              <i aria-hidden className="mr-1.5 inline-block h-[2px] w-3 bg-accent align-middle" />
              {t.inspect.received} {inRate}
            </span>
            <span>
              <i aria-hidden className="mr-1.5 inline-block w-3 border-ink-3 border-t-2 border-dashed align-middle" />
              {t.inspect.sent} {outRate}
            </span>
          </p>
        </>
      ) : (
        <p className="text-ink-2 text-xs">{origin.kind === 'live' ? t.inspect.noRates : t.inspect.noRatesRecorded}</p>
      )}
      {totals && (
        <p className="mt-1 font-mono text-[11.5px] text-ink-2">
          {t.inspect.trafficTotal(
            bytes(turned ? totals.txBytes : totals.rxBytes),
            bytes(turned ? totals.rxBytes : totals.txBytes),
          )}
          {dropped > 0 && <span className="text-warn-ink"> · {t.inspect.dropped(dropped)}</span>}
        </p>
      )}
    </Section>
  );
}
