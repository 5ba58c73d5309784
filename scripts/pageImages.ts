/*
 * `npm run docs:pictures`, second half: the page on a recording of the guide, in both themes, for README and docs. (The first half is the tutorial of e2e,
 * on a live engine.) Needs a build and a Chromium.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = 7397;
const views: Record<string, { query: string }> = {
  explorer: { query: '?from=internet&to=host:8080&step=5' },
  refused: { query: '?from=internet&to=host:6379&path=blockers' },
  rules: { query: '?view=rules' },
  reach: { query: '?view=reach' },
};

async function startAgent(): Promise<ChildProcess> {
  const recording = join(root, 'docs/guide/recordings/two-networks.json.gz');
  const command = join(root, 'apps/agent/dist/vethscope.js');
  const agent = spawn(process.execPath, [command, 'view', recording, '--port', String(port)], { stdio: 'pipe' });
  await new Promise<void>((resolve, reject) => {
    agent.stdout?.once('data', () => resolve());
    agent.once('exit', (status) => reject(new Error(`The agent ended with ${status}. Is it built?`)));
  });
  return agent;
}

const agent = await startAgent();
const own = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(own) ? { executablePath: own } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en',
    });
    await page.addInitScript(() => {
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
    });
    for (const [name, { query }] of Object.entries(views)) {
      await page.goto(`http://127.0.0.1:${port}/${query}`);
      await page.locator('.react-flow__node, [role="treegrid"], [role="grid"]').first().waitFor();
      // The last of what is computed beside the page, and of what glides.
      await page.waitForTimeout(2_500);
      await page.screenshot({ path: join(root, `docs/images/${name}-${colorScheme}.png`) });
      console.log(`docs/images/${name}-${colorScheme}.png`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  agent.kill();
}
