import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { docker, emptyHost } from './agentOnHost.ts';
import { inspector } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* The rule book: from a published port's DNAT rule to the container and back, with counters that move. */

const image = 'vethscope/busybox';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, `run -d --name gate -p 8080:80 ${image} httpd -f -p 80`);
});

async function openBook(page: Page, url: string): Promise<void> {
  // The tour greets the first visit; these tests are about what is behind it.
  await page.addInitScript(() => {
    if (!localStorage.getItem('vethscope-page'))
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
  });
  await page.goto(`${url}/?view=rules`);
  await expect(page.getByRole('treegrid')).toBeVisible();
}

const search = (page: Page) => page.getByRole('textbox', { name: 'Search the rules' });
const dnat = (page: Page) => page.getByRole('row', { name: /DNAT .*--dport 8080 / });

async function findDnat(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('port:8080 verdict:dnat table:nat');
  await expect(page.getByRole('main').getByRole('search')).toContainText('1 hit');
  await page.keyboard.press('Enter');
  await expect(dnat(page)).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}: the book, a rule with its details`, async ({ page, agent }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openBook(page, agent.url);
    const noViolations = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
    };
    await noViolations();
    await findDnat(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dnat(page)).toHaveAttribute('aria-expanded', 'true');
    await noViolations();
  });
}

test('the DNAT rule of a published port is found, and says what it does and of whom it speaks', async ({
  page,
  agent,
}) => {
  await openBook(page, agent.url);
  await findDnat(page);
  await expect(dnat(page)).toContainText(/TCP .*to port 8080 .*goes to 172\.17\.0\.\d+:80\./);
  await expect(dnat(page).getByRole('button', { name: 'container gate' })).toBeVisible();
  await expect(dnat(page).getByRole('button', { name: 'published port :8080/tcp' })).toBeVisible();
  await expect(dnat(page)).toContainText('Docker');
});

test('its counters move when traffic flows', async ({ page, agent, host }) => {
  await openBook(page, agent.url);
  await findDnat(page);
  const counted = dnat(page).locator('[data-packets]');
  const before = Number(await counted.getAttribute('data-packets'));
  // Of the host itself: what a container of docker0 sends there is served by docker-proxy, and the rule never sees it.
  await host.tryExec(['busybox', 'wget', '-q', '-T', '5', '-O', '/dev/null', `http://${host.ipv4}:8080/`]);
  // The counters of the host's rules are read again every five seconds.
  await expect
    .poll(async () => Number(await counted.getAttribute('data-packets')), { timeout: 20_000 })
    .toBeGreaterThan(before);
});

test('from the rule to the container, and from there back to the rule', async ({ page, agent }) => {
  await openBook(page, agent.url);
  await findDnat(page);
  await dnat(page).getByRole('button', { name: 'container gate' }).click();
  await expect(inspector(page)).toContainText('gate');
  await inspector(page)
    .getByRole('button', { name: /^nat DOCKER/ })
    .first()
    .click();
  await expect(dnat(page)).toBeFocused();
  await expect(dnat(page)).toHaveAttribute('aria-expanded', 'true');
});

test('a jump leads to its chain, the back button to where one was, and the caller is named there', async ({
  page,
  agent,
}) => {
  await openBook(page, agent.url);
  await page.getByRole('treegrid').getByRole('button', { name: 'DOCKER', exact: true }).first().click();
  await expect(page.locator('[role="row"]:focus')).toContainText('called from');
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect(page.getByRole('row', { name: /PREROUTING/ }).first()).toBeVisible();
});
