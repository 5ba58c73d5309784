import type { Locator, Page } from '@playwright/test';

/** The things on the canvas, by the words that a screen reader says for them. */
export const canvas = (page: Page) => ({
  host: () => page.locator('[aria-label^="host "]'),
  network: (name: string) => page.locator(`[aria-label^="network ${name},"]`),
  container: (name: string) => page.locator(`[aria-label^="container ${name},"]`),
  /** Where a line ends at a card, by the address or by the link's name. */
  endpoint: (words: string) => page.locator(`[aria-label^="endpoint "][aria-label*="${words}"]`),
  port: (port: string) => page.locator(`[aria-label^="published port ${port}"]`),
  hostLink: (name: string) => page.locator(`[aria-label^="link ${name},"]`),
  panel: (title: string) => page.locator(`[aria-label^="${title}, "]`),
  chip: (words: string) => page.locator(`.react-flow__node-chip[aria-label*="${words}"]`),
});

export const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Details' });

/** Opens the page and waits for the picture. */
export async function openPage(page: Page, path = '/'): Promise<void> {
  // The tour greets the first visit; these tests are about what is behind it.
  await page.addInitScript(() => {
    if (!localStorage.getItem('vethscope-page'))
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
  });
  await page.goto(path);
  await page.locator('.react-flow__node').first().waitFor();
}
