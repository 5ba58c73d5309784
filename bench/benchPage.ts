import type { Browser, Page } from '@playwright/test';

/** A page of the usual size. tsx wraps named functions in `__name`, which those that are sent to the page must find there. */
export async function benchPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript('globalThis.__name = (named) => named;');
  return page;
}
