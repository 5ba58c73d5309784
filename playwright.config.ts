import { defineConfig } from '@playwright/test';

/**
 * The tests run on the real agent beside a real engine, on a test host of the lab (see e2e/onHost.ts, which also starts the browser there).
 * One worker: each has a host of its own, and the machine that runs this may be small.
 */
export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
  outputDir: 'test-results',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure', viewport: { width: 1440, height: 900 } },
});
