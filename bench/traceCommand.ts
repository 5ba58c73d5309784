import { fileURLToPath } from 'node:url';
import { startLoad, startTestHost } from '@vethscope/lab';
import { type Figure, percentile } from './report.ts';

const rounds = 7;
const script = fileURLToPath(new URL('../apps/agent/dist/vethscope.js', import.meta.url));

/** `vethscope trace` from the start of the process to its end, on a host with this many containers. Median. */
export async function benchTraceCommand(count: number): Promise<Figure> {
  await using host = await startTestHost({ engine: '28.5' });
  if (count > 0) await startLoad(host, { count });
  // The first of a load publishes port 20000; on an empty host nobody listens there, which is as much to find out.
  const words = ['--from', 'internet', '--to', 'host:20000'];
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    // It ends with 1 where the packet does not arrive: on neither host does anybody listen behind the port.
    const { stderr } = await host.tryExec([process.execPath, script, 'trace', ...words]);
    samples.push(performance.now() - begin);
    if (stderr !== '') throw new Error(`vethscope trace said: ${stderr}`);
  }
  return {
    name: `vethscope trace, cold, ${count} containers`,
    value: percentile(samples, 0.5),
    unit: 'ms',
    budget: 1000,
    note: `best ${Math.min(...samples).toFixed(0)} ms, with the start of Node and nsenter`,
  };
}
