import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { syntheticRecording } from '@vethscope/fixtures';
import type { TestHost } from '@vethscope/lab';
import { launchBrowser, startAgent } from '../e2e/agentOnHost.ts';
import { benchPage } from './benchPage.ts';
import type { Figure } from './report.ts';

/** Some 200 senders by 200 targets: each container listens on one port and publishes it. */
const containers = 200;
const cellsOfBudget = 40_000;

/** The page's matrix, computed by its worker: until the last cell is there, and the longest task of the main thread meanwhile. */
export async function benchReachPage(host: TestHost): Promise<Figure[]> {
  const file = join(host.runPath, 'matrix.json.gz');
  const recording = syntheticRecording({ containers, networks: 12, portsPerContainer: 1, seed: 1 });
  writeFileSync(file, gzipSync(JSON.stringify(recording), { level: 1 }));
  await using agent = await startAgent(host, ['--port', '7393', '--recording', file]);
  const browser = await launchBrowser(host);
  try {
    const page = await benchPage(browser);
    await page.addInitScript(() => {
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
    });
    await page.goto(agent.url);
    await page.locator('canvas, .react-flow__node').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2_000);
    await page.evaluate(() => {
      const seen = { longest: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }).observe({ entryTypes: ['longtask'] });
    });
    const began = Date.now();
    await page.keyboard.press('w');
    const size = page.getByText(/^\d+ senders × [\d,]+ targets$/);
    await size.waitFor({ timeout: 60_000 });
    await page.locator('[role="progressbar"]').waitFor({ state: 'detached', timeout: 120_000 });
    const took = Date.now() - began;
    const [senders = 0, targets = 0] =
      ((await size.textContent()) ?? '').replaceAll(',', '').match(/\d+/g)?.map(Number) ?? [];
    const longest = await page.evaluate(() => (globalThis as unknown as { seen: { longest: number } }).seen.longest);
    const cells = senders * targets;
    return [
      {
        name: `the matrix of ${senders} × ${targets} in the page`,
        value: took,
        unit: 'ms',
        note: 'from the key to the last cell, its worker’s start included',
      },
      {
        name: '  for each 200 × 200 of it',
        value: (took * cellsOfBudget) / Math.max(cells, 1),
        unit: 'ms',
        budget: 5_000,
      },
      { name: '  the longest task of the main thread meanwhile', value: longest, unit: 'ms', budget: 100 },
    ];
  } finally {
    await browser.close();
  }
}
