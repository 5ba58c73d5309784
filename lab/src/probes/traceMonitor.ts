import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeTable } from '@vethscope/model';
import { rulePositions, tracesOf } from '../paths/nftTrace.ts';
import type { KernelListener } from '../paths/packetTrace.ts';
import type { TestHost } from '../testHost.ts';

/**
 * `nft monitor trace` on a host, beside the probes and without a table of its own: what vethscope has marked is told to everybody who listens. So the lab hears the
 * same trace by another program.
 */
export async function monitorTrace(host: TestHost): Promise<KernelListener> {
  const positions = await rulePositions(host);
  const monitor = host.spawn(['stdbuf', '-oL', 'nft', '-a', '-nn', 'monitor', 'trace']);
  const chunks: Buffer[] = [];
  monitor.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  // The monitor says nothing when it is ready; it fills its cache first, which takes a moment.
  await sleep(700);
  return {
    stop: async () => {
      await sleep(300);
      const closed = once(monitor, 'close');
      monitor.kill();
      await closed;
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      // The packets' headers are in these lines, too, but they come again with each chain.
      const others = lines.filter((line) => !line.includes(` ${probeTable.family} ${probeTable.name} `));
      return tracesOf(others.join('\n'), positions);
    },
  };
}
