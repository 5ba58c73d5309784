import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askAgent, docker, emptyHost } from './agentOnHost.ts';
import { canvas, inspector, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* What a person does with the page: by mouse, by keyboard, by link; on a host with a few containers of several kinds. */

const image = 'vethscope/busybox';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create shop_front --label com.docker.compose.project=shop');
  await docker(
    host,
    `run -d --name gate -p 8080:80 --network shop_front --label com.docker.compose.project=shop ${image} httpd -f -p 80`,
  );
  await docker(host, `run -d --name store --network shop_front --label api_token=abc123 ${image} sleep 99999`);
  await docker(host, `run -d --name alone -p 127.0.0.1:9090:80 ${image} httpd -f -p 127.0.0.1:80`);
  await docker(host, `run --name done ${image} true`);
});

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}: the map, the details, the tree, the palette, the dialogs`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openPage(page);
    await expect(canvas(page).container('gate')).toBeVisible();
    await noViolations(page);
    await canvas(page).container('gate').click();
    await noViolations(page);
    await page.keyboard.press('t');
    await expect(page.getByRole('tree')).toBeVisible();
    await noViolations(page);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await noViolations(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await noViolations(page);
  });
}

test('find lights what matches and dims the rest; an error says where and what would be right', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('/');
  await page.keyboard.type('port:8080');
  await expect(canvas(page).container('gate')).not.toHaveClass(/is-dim/);
  await expect(canvas(page).container('store')).toHaveClass(/is-dim/);
  const box = page.getByRole('combobox', { name: 'Find' });
  await box.fill('nett:shop');
  await expect(page.getByRole('alert')).toContainText(/net:/);
  await box.fill('project:shop');
  await expect(canvas(page).container('gate')).not.toHaveClass(/is-dim/);
  await expect(canvas(page).container('alone')).toHaveClass(/is-dim/);
});

test('hide takes things off the map, and the link keeps it', async ({ page, agent }) => {
  await openPage(page, `${agent.url}/?hide=${encodeURIComponent('is:stopped')}`);
  await expect(canvas(page).container('gate')).toBeVisible();
  await expect(canvas(page).container('done')).toHaveCount(0);
  await openPage(page, agent.url);
  await expect(canvas(page).container('done')).toBeVisible();
});

test('by keyboard alone: the palette goes to a container, the details tell, Escape leaves', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('gate');
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toContainText('gate');
  await expect(page).toHaveURL(/select=container/);
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/lens=linux/);
  await page.goBack();
  await expect(page).not.toHaveURL(/lens=linux/);
  await page.goBack();
  await expect(page).not.toHaveURL(/select=/);
});

test('the tree holds the same facts, and arrow keys walk it', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('t');
  const tree = page.getByRole('tree');
  await expect(tree.getByRole('treeitem', { name: /shop_front/ })).toBeVisible();
  await expect(tree.getByRole('treeitem', { name: /gate/ }).first()).toBeVisible();
  await tree.getByRole('treeitem', { name: /shop_front/ }).click();
  await expect(inspector(page)).toContainText('shop_front');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/select=/);
});

test('a value whose key looks secret never leaves the agent', async ({ page, agent, host }) => {
  await openPage(page);
  await canvas(page).container('store').click();
  await expect(inspector(page)).toContainText('api_token');
  await expect(inspector(page)).not.toContainText('abc123');
  const snapshot = (await askAgent(host, `${agent.url}/api/snapshot`)).body;
  expect(snapshot).toContain('api_token');
  expect(snapshot).not.toContain('abc123');
});

test('a port that is published to this host only, and one that nothing answers on, are told', async ({ page }) => {
  await openPage(page);
  await expect(canvas(page).port('9090')).toHaveAttribute('aria-label', /this host only/);
  await expect(canvas(page).container('alone')).toHaveAttribute('aria-label', /127\.0\.0\.1:80/);
});

test('a link that names what is gone says so, and the page stands', async ({ page, agent }) => {
  await openPage(page, `${agent.url}/?select=container:nosuch`);
  await expect(inspector(page)).toContainText('This is gone');
});

test('pins last over a reload', async ({ page }) => {
  await openPage(page);
  const card = canvas(page).container('store');
  const before = await card.boundingBox();
  if (!before) throw new Error('The card of store is not on the canvas.');
  await page.keyboard.down('Shift');
  await page.mouse.move(before.x + 40, before.y + 40);
  await page.mouse.down();
  await page.mouse.move(before.x + 140, before.y + 120, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(card.getByRole('img', { name: 'pinned' })).toBeVisible();
  await page.reload();
  await expect(card.getByRole('img', { name: 'pinned' })).toBeVisible();
});

test('at 1024×700 nothing of the header is cut or overlaps', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openPage(page);
  const boxes = await page.locator('header button:visible, header a:visible, header h1').evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return { name: element.textContent ?? '', left, right, width };
    }),
  );
  for (const { name, left, right } of boxes) {
    expect(left, name).toBeGreaterThanOrEqual(0);
    expect(right, name).toBeLessThanOrEqual(1024);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
});
