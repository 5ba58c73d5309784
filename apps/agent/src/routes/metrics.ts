import { sourceNames } from '@vethscope/model';
import type { RequestHandler } from 'express';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Feed } from '../live/feed.ts';
import { version } from '../version.ts';

const severity = { ok: 0, absent: 0, partial: 1, failed: 2 } as const;

/** GET /metrics: of the agent's own process and of what it last read. Asking does not start the sources: a scrape is no watcher. */
export function metrics(feed: Feed): RequestHandler {
  const registry = new Registry();
  const registers = [registry];
  ownProcess(registers);
  new Gauge({ name: 'vethscope_build_info', help: 'Always 1.', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  const snapshotVersion = new Gauge({
    name: 'vethscope_snapshot_version',
    help: 'Counts up with each change.',
    registers,
  });
  const readAt = new Gauge({
    name: 'vethscope_snapshot_read_timestamp_seconds',
    help: 'When the latest part was read.',
    registers,
  });
  const watchers = new Gauge({ name: 'vethscope_watchers', help: 'Clients of the stream.', registers });
  const records = new Gauge({ name: 'vethscope_records', help: 'Records by type.', labelNames: ['type'], registers });
  const sources = new Gauge({
    name: 'vethscope_source_status',
    help: 'Worst state of a source in any namespace: 0 read or nothing to read, 1 partly, 2 failed.',
    labelNames: ['source'],
    registers,
  });
  const sourceTime = new Gauge({
    name: 'vethscope_source_read_seconds',
    help: 'Time that the last reading of a source took, all namespaces together.',
    labelNames: ['source'],
    registers,
  });
  const diffs = new Counter({ name: 'vethscope_diffs_total', help: 'Changes sent since the start.', registers });
  feed.store.subscribe((event) => {
    if (event.type === 'diff') diffs.inc();
  });

  return async (_request, response) => {
    watchers.set(feed.watchers());
    const current = feed.store.current();
    if (current) {
      snapshotVersion.set(current.version);
      readAt.set(Date.parse(current.snapshot.readAt) / 1000);
      for (const [type, table] of Object.entries(current.snapshot.records)) {
        records.set({ type }, Object.keys(table).length);
      }
      for (const source of sourceNames) {
        const reports = current.snapshot.sources.filter((report) => report.source === source);
        if (reports.length === 0) continue;
        sources.set({ source }, Math.max(...reports.map((report) => severity[report.status])));
        sourceTime.set({ source }, reports.reduce((sum, report) => sum + (report.tookMs ?? 0), 0) / 1000);
      }
    }
    response.type(registry.contentType).send(await registry.metrics());
  };
}

/**
 * The agent's own process, under the usual names. Not prom-client's default metrics: those watch the event loop by a timer of 10 ms, and an agent
 * that nobody looks at is to sleep.
 */
function ownProcess(registers: Registry[]): void {
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the agent.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({ name: 'process_start_time_seconds', help: 'When the agent started.', registers }).set(
    Math.round(Date.now() / 1000 - process.uptime()),
  );
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the agent.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}
