import { test as base, expect } from '@playwright/test';
import { isEngineGeneration, startTestHost, type TestHost } from '@vethscope/lab';
import { type Agent, launchBrowser, startAgent } from './agentOnHost.ts';

const engine = process.env.VETHSCOPE_E2E_ENGINE ?? '28.5';

interface HostFixtures {
  host: TestHost;
  agent: Agent;
}

/** Playwright's test with a test host of the lab, the built agent on it, and a browser in the host's network namespace. */
export const test = base.extend<object, HostFixtures>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      if (!isEngineGeneration(engine)) throw new Error(`The lab has no engine "${engine}" (VETHSCOPE_E2E_ENGINE).`);
      await using host = await startTestHost({ engine, name: 'devbox' });
      await use(host);
    },
    { scope: 'worker', timeout: 400_000 },
  ],
  agent: [
    async ({ host }, use) => {
      await using agent = await startAgent(host, ['--port', '7373']);
      await use(agent);
    },
    { scope: 'worker' },
  ],
  browser: [
    async ({ host }, use) => {
      const browser = await launchBrowser(host);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ agent }, use) => {
    await use(agent.url);
  },
});

export { expect };
