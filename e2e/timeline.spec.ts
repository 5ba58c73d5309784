import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { docker, emptyHost, startAgent } from './agentOnHost.ts';
import { canvas, inspector, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* The host as it was: scrubbed, linked to, compared; and never taken for the host as it is. */

const image = 'vethscope/busybox';
const pill = 'button[aria-label^="Connection:"]';

test.describe.configure({ mode: 'serial' });

const strip = (page: Page) => page.getByRole('region', { name: 'History' });
const slider = (page: Page) => page.getByRole('slider', { name: 'Moment that is shown' });
const list = (page: Page) => page.getByRole('complementary', { name: 'What is different' });

/**
 * Steps back until the slider says these words. A moment may come into the line a little after the map shows it, so after some steps it is begun
 * again from now, once.
 */
async function scrubTo(page: Page, words: RegExp): Promise<void> {
  await slider(page).focus();
  let steps = 0;
  await expect(async () => {
    steps += 1;
    await page.keyboard.press(steps === 4 ? 'End' : 'ArrowLeft');
    await expect(slider(page)).toHaveAttribute('aria-valuetext', words, { timeout: 300 });
  }).toPass({ timeout: 20_000, intervals: [50] });
}

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create past_front');
});

test('what is gone is there again at the moment before, in the map, the details and the link', async ({
  page,
  host,
  agent,
}) => {
  await openPage(page);
  await page.keyboard.press('h');
  await expect(strip(page)).toBeVisible();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Now, live');
  await docker(host, `run -d --name visitor --network past_front ${image} sleep 99999`);
  await expect(canvas(page).container('visitor')).toBeVisible();
  await docker(host, 'rm -f visitor');
  await expect(canvas(page).container('visitor')).toHaveCount(0);

  await scrubTo(page, /gone: visitor/);
  await expect(page).toHaveURL(/at=\d+/);
  await expect(page.locator(pill)).toContainText(/Past: .*\d\d:\d\d:\d\d/);
  // It went in this moment: a ghost stands in its place, and the list says so.
  await expect(page.locator('.vt-node.is-ghost[aria-label^="container visitor,"]')).toBeVisible();
  await expect(list(page)).toContainText('visitor');
  // Of the past nobody is told to start a container.
  await expect(page.getByText('No containers at that moment')).toBeVisible();
  await expect(page.getByText('Start a container')).toHaveCount(0);

  await scrubTo(page, /new: visitor/);
  await expect(page.locator('.vt-node:not(.is-ghost)[aria-label^="container visitor,"]')).toBeVisible();
  await expect(page.locator('.vt-node.is-came[aria-label^="container visitor,"]')).toBeVisible();
  await canvas(page).container('visitor').click();
  await expect(inspector(page)).toContainText('visitor');
  await expect(inspector(page)).toContainText('docker container inspect');
  await expect(inspector(page).getByRole('button', { name: /^Run:/ })).toHaveCount(0);

  const url = page.url();
  await page.reload();
  await expect(page).toHaveURL(url);
  await expect(canvas(page).container('visitor')).toBeVisible();
  await expect(page.locator(pill)).toContainText('Past:');
  await expect(inspector(page)).toContainText('visitor');

  // While the past is shown, the host goes on, and the picture does not.
  await docker(host, 'network create meanwhile');
  await expect(slider(page)).toHaveAttribute('aria-valuemax', /\d+/);
  await expect(canvas(page).network('meanwhile')).toHaveCount(0);
  await expect(page.locator(pill)).toContainText('Past:');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/at=/);
  await expect(page.locator(pill)).toContainText('Live');
  await expect(canvas(page).container('visitor')).toHaveCount(0);
  await expect(canvas(page).network('meanwhile')).toBeVisible();
  await docker(host, 'network rm meanwhile');
  expect(agent.process.exitCode).toBeNull();
});

test('new moments come by themselves; a click on the line shows one, the button leads back', async ({ page, host }) => {
  await openPage(page);
  await page.keyboard.press('h');
  await expect(slider(page)).toBeVisible();
  const count = async () => Number(await slider(page).getAttribute('aria-valuemax'));
  await expect.poll(count).toBeGreaterThan(1);
  const before = await count();
  await docker(host, 'network create fresh_one');
  await expect.poll(count).toBeGreaterThan(before);
  const box = await slider(page).boundingBox();
  if (!box) throw new Error('The line of time is not on the page.');
  await page.mouse.click(box.x + 16, box.y + 21);
  await expect(page.locator(pill)).toContainText('Past:');
  await expect(canvas(page).network('fresh_one')).toHaveCount(0);
  await strip(page).getByRole('button', { name: 'Now', exact: true }).click();
  await expect(page.locator(pill)).toContainText('Live');
  await expect(canvas(page).network('fresh_one')).toBeVisible();
  await docker(host, 'network rm fresh_one');
});

test('two moments are compared in words, each selects its thing, and all of it is copied', async ({ page, host }) => {
  await openPage(page);
  await page.keyboard.press('h');
  const newest = () => slider(page).getAttribute('aria-valuemax');
  // What the test before left is still going: rules and links of a network, one by one.
  await expect(async () => {
    const before = await newest();
    await page.waitForTimeout(1_500);
    expect(await newest()).toBe(before);
  }).toPass({ timeout: 20_000 });
  const first = await newest();
  await docker(host, `run -d --name shop --network past_front -p 8090:80 ${image} httpd -f -p 80`);
  await expect(canvas(page).container('shop')).toBeVisible();
  await expect.poll(newest).not.toBe(first);
  await scrubTo(page, /new: shop(,| …|$)/);
  await page.keyboard.press('ArrowLeft');
  await expect(slider(page)).not.toHaveAttribute('aria-valuetext', /new: shop/);
  const then = new URL(page.url()).searchParams.get('at');
  await page.goto(`/?vs=${then}`);
  await expect(list(page)).toContainText(/shop came, .*past_front 172\./);
  await expect(list(page)).toContainText(/8090\/tcp is published to shop:80/);
  await expect(list(page)).toContainText(/\d+ came · 0 went/);
  await expect(page.locator('.vt-node.is-came[aria-label^="container shop,"]')).toBeVisible();
  await list(page)
    .getByRole('button', { name: /^came: shop came/ })
    .click();
  await expect(inspector(page)).toContainText('shop');
  await list(page).getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(list(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  await list(page).getByRole('button', { name: 'End the comparison' }).click();
  await expect(page).not.toHaveURL(/vs=/);
  await expect(list(page)).toHaveCount(0);
  await docker(host, 'rm -f shop');
});

test('a moment that is not kept says so, and the page shows the host', async ({ page }) => {
  await openPage(page, '/?at=99999');
  await expect(page.getByRole('alert')).toContainText('99999');
  await expect(page.locator(pill)).toContainText('Live');
  await page.getByRole('button', { name: 'Back to the host as it is now' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('by keyboard: Home is where the memory begins, End is now', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('h');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '0');
  await expect(list(page)).toContainText('The memory begins here');
  await page.keyboard.press('ArrowRight');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Now, live');
  await expect(page).not.toHaveURL(/at=/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}: the line of time, a past moment, a comparison`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1024, height: 700 });
    await openPage(page);
    await page.keyboard.press('h');
    await scrubTo(page, /new: shop/);
    await expect(list(page)).toContainText('shop');
    await noViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
  });
}

test('an agent that was started anew knows its own moments only', async ({ page, host }) => {
  await using agent = await startAgent(host, ['--port', '7411']);
  await openPage(page, agent.url);
  await page.keyboard.press('h');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Now, live');
  await expect.poll(async () => Number(await slider(page).getAttribute('aria-valuemax'))).toBeLessThan(5);
});
