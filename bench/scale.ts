import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { syntheticRecording } from '@vethscope/fixtures';
import type { TestHost } from '@vethscope/lab';
import { launchBrowser, startAgent } from '../e2e/agentOnHost.ts';
import { benchPage } from './benchPage.ts';
import type { Figure } from './report.ts';

const containers = 1_000;

/** The page with a host of 1,000 containers: from the Snapshot's arrival to the first picture, and frames a second while panning and zooming. */
export async function benchScale(host: TestHost): Promise<Figure[]> {
  const file = join(host.runPath, 'thousand.json.gz');
  const recording = syntheticRecording({ containers, networks: 12, portsPerContainer: 10, seed: 1 });
  writeFileSync(file, gzipSync(JSON.stringify(recording), { level: 1 }));
  await using agent = await startAgent(host, ['--port', '7391', '--recording', file]);
  const browser = await launchBrowser(host);
  try {
    const page = await benchPage(browser);
    await page.addInitScript(() => {
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
    });
    await page.goto(agent.url);
    await page.waitForFunction(() => performance.getEntriesByName('vethscope:picture').length > 0, undefined, {
      timeout: 60_000,
    });
    const marks = await page.evaluate(() => ({
      snapshot: performance.getEntriesByName('vethscope:snapshot')[0]?.startTime ?? Number.NaN,
      picture: performance.getEntriesByName('vethscope:picture')[0]?.startTime ?? Number.NaN,
    }));
    const far = await framesWhile(page, 'pan');
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('+');
    await page.waitForTimeout(500);
    const near = await framesWhile(page, 'pan');
    const zoom = await framesWhile(page, 'zoom');
    const memory = await page.evaluate(
      () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
    );
    return [
      {
        name: `first picture of ${containers} containers`,
        value: marks.picture - marks.snapshot,
        unit: 'ms',
        budget: 1000,
        note: 'after the snapshot is there',
      },
      { name: 'panning far away', value: far, unit: 'fps', budget: 55, note: 'of 60 at the most' },
      { name: 'panning near', value: near, unit: 'fps', budget: 55 },
      { name: 'zooming', value: zoom, unit: 'fps', budget: 55 },
      { name: "the page's heap", value: memory, unit: 'MB' },
    ];
  } finally {
    await browser.close();
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>;

/** Frames a second during two seconds of steady movement by the mouse. */
async function framesWhile(page: Page, movement: 'pan' | 'zoom'): Promise<number> {
  const counting = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let frames = 0;
        const begin = performance.now();
        const count = () => {
          frames += 1;
          const elapsed = performance.now() - begin;
          if (elapsed < 2_000) requestAnimationFrame(count);
          else resolve((frames * 1000) / elapsed);
        };
        requestAnimationFrame(count);
      }),
  );
  const end = Date.now() + 2_000;
  await page.mouse.move(600, 450);
  if (movement === 'pan') {
    await page.mouse.down();
    for (let step = 0; Date.now() < end; step += 1) {
      await page.mouse.move(600 + 200 * Math.sin(step / 12), 450 + 150 * Math.cos(step / 9));
      await page.waitForTimeout(8);
    }
    await page.mouse.up();
  } else {
    for (let step = 0; Date.now() < end; step += 1) {
      await page.mouse.wheel(0, step % 40 < 20 ? 20 : -20);
      await page.waitForTimeout(8);
    }
  }
  return counting;
}
