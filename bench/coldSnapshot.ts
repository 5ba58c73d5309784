import { startLoad, startTestHost } from '@vethscope/lab';
import type { Figure } from './report.ts';

interface Measured {
  containers: number;
  namespaces: number;
  engine: number;
  own: number;
  rest: number;
  shell: number;
  commands: number;
}

/** A cold Snapshot of a host with this many real containers. Median of five. */
export async function benchColdSnapshot(count: number, budget?: number): Promise<Figure[]> {
  await using host = await startTestHost({ engine: '28.5' });
  await startLoad(host, { count });
  const printed = await host.exec([process.execPath, '--import', 'tsx', 'bench/coldSnapshotOnHost.ts'], {
    timeoutMs: 240_000,
  });
  const figures = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Measured;
  return [
    {
      name: `cold snapshot, ${count} containers`,
      value: figures.own,
      unit: 'ms',
      ...(budget === undefined ? {} : { budget }),
      note: "the engine's own answers apart",
    },
    { name: "  the engine's own answers", value: figures.engine, unit: 'ms' },
    { name: "  right after: sandboxes' rules, owners of sockets", value: figures.rest, unit: 'ms' },
    {
      name: `  the same facts by ${figures.commands} × nsenter … ip -j each`,
      value: figures.shell,
      unit: 'ms',
      note: `${figures.namespaces} namespaces, without rules`,
    },
    { name: '  by shell / by vethscope', value: figures.shell / figures.own, unit: '×' },
  ];
}
