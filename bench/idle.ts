import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad, type TestHost } from '@vethscope/lab';
import { startAgent } from '../e2e/agentOnHost.ts';
import type { Figure } from './report.ts';

const seconds = 30;

/** The agent's cost at 100 containers: with nobody watching, after somebody watched for a while. */
export async function benchIdle(host: TestHost): Promise<Figure[]> {
  await startLoad(host, { count: 100 });
  await using agent = await startAgent(host, ['--port', '7392']);
  const pid = (await host.exec(['pgrep', '-f', 'vethscope.js start --port 7392'])).trim().split('\n').at(-1) ?? '';
  const watch = host.spawn([
    process.execPath,
    '-e',
    `const s = await fetch('${agent.url}/api/stream'); for await (const c of s.body) void c;`,
    '--input-type=module',
  ]);
  // The first full readings, and what a hundred new containers still stir, are over by then.
  await sleep(20_000);
  const watched = await coreShare(host, pid, 10);
  watch.kill('SIGKILL');
  await host.tryExec(['pkill', '-9', '-f', 'api/stream']);
  await sleep(8_000);
  const idle = await coreShare(host, pid, seconds);
  const status = await host.exec(['cat', `/proc/${pid}/status`]);
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  return [
    {
      name: 'agent, 100 containers, nobody watching',
      value: idle,
      unit: '% of a core',
      budget: 0.5,
      note: `over ${seconds} s`,
    },
    { name: 'agent, 100 containers, one page open', value: watched, unit: '% of a core' },
    { name: 'agent, resident memory', value: resident, unit: 'MB', budget: 120 },
  ];
}

/** User and system time of all its threads, from /proc/PID/stat in clock ticks of 10 ms. */
async function coreShare(host: TestHost, pid: string, forSeconds: number): Promise<number> {
  const ticks = async () => {
    const fields = (await host.exec(['cat', `/proc/${pid}/stat`])).split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const before = await ticks();
  await sleep(forSeconds * 1000);
  return (((await ticks()) - before) / 100 / forSeconds) * 100;
}
