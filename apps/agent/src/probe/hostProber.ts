import type { ProbeAvailability } from '@vethscope/model';
import type { HostReader } from '../collect/hostReader.ts';
import type { ProbingKernel } from '../host/kernel.ts';
import type { Feed } from '../live/feed.ts';
import { createProber, type Prober } from './prober.ts';

/** What sends probes from a host that a feed shows. While it shows the sample instead, nothing is sent. */
export function hostProber(feed: Feed, { kernel, reader }: { kernel: ProbingKernel; reader: HostReader }): Prober {
  return createProber({
    kernel,
    snapshot: async () => (await feed.fresh()).snapshot,
    namespaces: () => reader.namespaces(),
    availability: (): ProbeAvailability => {
      if (feed.store.origin().kind === 'live') return { allowed: true, why: null, fix: null };
      return { allowed: false, why: 'vethscope shows a sample: there is no host to send from.', fix: null };
    },
  });
}
