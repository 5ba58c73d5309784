import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { docker, emptyHost } from './agentOnHost.ts';
import { canvas, inspector, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* The questions that people bring, each from a cold page to its answer in at most three clicks; then the same by keyboard alone. */

const image = 'vethscope/busybox';
const serve = (port: number, address = '0.0.0.0') => `httpd -f -p ${address}:${port}`;

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create front-net');
  await docker(host, 'network create back-net');
  await docker(host, 'network create --internal inner-net');
  await docker(host, 'network create -o com.docker.network.bridge.enable_icc=false quiet-net');
  await docker(host, `run -d --name my-web --network front-net -p 8080:80 ${image} ${serve(80)}`);
  await docker(host, `run -d --name my-was --network back-net ${image} ${serve(8000)}`);
  await docker(host, `run -d --name deaf -p 8083:80 ${image} ${serve(80, '127.0.0.1')}`);
  await docker(host, `run -d --name q1 --network quiet-net ${image} ${serve(80)}`);
  await docker(host, `run -d --name q2 --network quiet-net ${image} ${serve(80)}`);
  await docker(host, `run -d --name vault --network inner-net ${image} ${serve(80)}`);
});

const path = (page: Page) => page.getByRole('region', { name: 'Path', exact: true });
const entry = (page: Page, name: string | RegExp) => inspector(page).getByRole('button', { name });

async function answers(page: Page, word: string, sentence: string | RegExp): Promise<void> {
  const verdict = path(page).locator('[data-outcome]');
  await expect(verdict).toContainText(word);
  await expect(verdict).toContainText(sentence);
}

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

test.describe('by click', () => {
  test.beforeEach(async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page);
  });

  test('why can’t my-was reach my-web on front-net?', async ({ page, host }) => {
    const { NetworkSettings } = await host.docker.getContainer('my-web').inspect();
    const address = NetworkSettings.Networks['front-net']?.IPAddress ?? 'no address';
    await canvas(page).container('my-was').click();
    await entry(page, 'From here to…').click();
    await canvas(page).endpoint(address).click();
    await answers(page, 'Dropped', /another link than its bridge|keeps its networks apart/);
    await expect(page).toHaveURL(new RegExp(`from=my-was&to=${address}:80`));
    await expect(path(page)).toContainText('my-was');
  });

  test('who reaches port 8080, and how?', async ({ page }) => {
    await canvas(page).port('8080').click();
    await entry(page, 'From the internet').click();
    await answers(page, 'Delivered', 'my-web');
    const lanes = path(page).getByRole('list', { name: 'Steps by place' });
    await expect(lanes).toContainText('The internet');
    await expect(lanes).toContainText('devbox');
    await expect(lanes.locator('ins')).toContainText(':80');
    await expect(page.locator('.vt-edge.is-traced').first()).toBeAttached();
  });

  test('published, but the service listens on 127.0.0.1: the switch shows that this is all', async ({ page }) => {
    await canvas(page).port('8083').click();
    await entry(page, 'From the internet').click();
    await answers(page, 'Refused', 'listens on 127.0.0.1 only');
    await path(page)
      .getByRole('tab', { name: /Blockers/ })
      .click();
    await path(page)
      .getByRole('switch', { name: /deaf listening on tcp 0\.0\.0\.0:80/ })
      .click();
    await answers(page, 'Delivered', 'Now it passes');
    await page.reload();
    await answers(page, 'Delivered', 'Now it passes');
  });

  test('icc=false: the rule that drops it, tried, matched and lifted', async ({ page }) => {
    await canvas(page).container('q1').click();
    await entry(page, 'To q2:80').click();
    await answers(page, 'Dropped', 'icc=false');
    const lanes = path(page).getByRole('list', { name: 'Steps by place' });
    await lanes.getByRole('button', { name: /Rules tried in FORWARD/ }).click();
    await expect(lanes.getByText(/-i (\S+) -o \1 -j DROP/).first()).toBeVisible();
    await lanes.getByRole('button', { name: /What if it were not there.*DROP/ }).click();
    await answers(page, 'Dropped', 'That no longer stops it, and the next thing does.');
    await path(page)
      .getByRole('tab', { name: /Blockers/ })
      .click();
    await path(page).getByRole('switch', { name: 'With policy accept in ip filter FORWARD' }).click();
    await answers(page, 'Delivered', 'Now it passes');
  });

  test('an internal network has no way out', async ({ page }) => {
    await canvas(page).container('vault').click();
    await entry(page, 'To the internet').click();
    await answers(page, 'No route', 'vault');
  });

  test('a container that goes changes the answer by itself', async ({ page, host }) => {
    await canvas(page).port('8080').click();
    await entry(page, 'From the internet').click();
    await answers(page, 'Delivered', 'my-web');
    await docker(host, 'pause my-web');
    await answers(page, 'No reply', 'paused');
    await docker(host, 'unpause my-web');
    await answers(page, 'Delivered', 'my-web');
  });
});

test.describe('by keyboard alone', () => {
  test.beforeEach(async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page);
  });

  const ask = async (page: Page, from: string, to: string) => {
    await page.keyboard.press('p');
    await expect(page.getByRole('combobox', { name: 'From', exact: true })).toBeFocused();
    await page.keyboard.type(from);
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab');
      if (
        await page.getByRole('combobox', { name: 'To', exact: true }).evaluate((box) => box === document.activeElement)
      )
        break;
    }
    await page.keyboard.type(to);
    await page.keyboard.press('Enter');
  };

  for (const { from, to, word, sentence } of [
    { from: 'internet', to: 'host:8080', word: 'Delivered', sentence: 'my-web' },
    {
      from: 'my-was',
      to: 'container:my-web:80',
      word: 'Dropped',
      sentence: /another link than its bridge|keeps its networks apart/,
    },
    { from: 'internet', to: 'host:8083', word: 'Refused', sentence: '127.0.0.1' },
    { from: 'q1', to: 'container:q2:80', word: 'Dropped', sentence: 'icc=false' },
    { from: 'vault', to: '203.0.113.9:443', word: 'No route', sentence: 'vault' },
  ]) {
    test(`from ${from} to ${to}`, async ({ page }) => {
      await ask(page, from, to);
      await answers(page, word, sentence);
    });
  }

  test('the palette asks, arrows step, space plays, Escape closes', async ({ page }) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('path internet 8080');
    await expect(page.locator('[cmdk-item][data-selected="true"]')).toContainText('8080');
    await page.keyboard.press('Enter');
    await answers(page, 'Delivered', 'my-web');
    await expect(path(page).getByText(/^\d+ steps$/)).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(path(page).getByText(/^2 \/ \d+$/)).toBeVisible();
    await expect(path(page).locator('[aria-current="step"]')).toHaveCount(1);
    await expect(page.locator('[data-packet="there 1"]')).toBeAttached();
    await page.keyboard.press('Space');
    await expect(path(page).getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(page).toHaveURL(/step=4/);
    await page.keyboard.press('Escape');
    await expect(path(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/from=/);
  });

  test('a wrong word is named, with the nearest that is right', async ({ page }) => {
    await ask(page, 'my-wbe', 'host:8080');
    await expect(page.getByRole('alert')).toContainText('Did you mean "my-web"?');
    await expect(page.getByRole('combobox', { name: 'From', exact: true })).toHaveAttribute('aria-invalid', 'true');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the explorer, ${colorScheme}`, async ({ page, agent }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openPage(page, `${agent.url}/?from=&to=`);
    await expect(path(page)).toContainText('Which packet?');
    await noViolations(page);
    await openPage(page, `${agent.url}/?from=q1&to=container:q2:80&step=4`);
    await answers(page, 'Dropped', 'icc=false');
    await path(page)
      .getByRole('button', { name: /Rules tried in FORWARD/ })
      .click();
    await noViolations(page);
    for (const tab of [/Reply/, /Blockers/, /Share/, /Send a real one/]) {
      await path(page).getByRole('tab', { name: tab }).click();
      await noViolations(page);
    }
  });
}

test('no question leaves the page, and the policy of the agent lets the worker run', async ({ page, agent }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openPage(page, `${agent.url}/?from=internet&to=host:8080`);
  await answers(page, 'Delivered', 'my-web');
  expect(problems).toEqual([]);
  expect(asked.filter((one) => one.startsWith('/api/') && one !== '/api/stream')).toEqual([]);
});

test('at 1024×700 the question and the verdict are whole', async ({ page, agent }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openPage(page, `${agent.url}/?from=internet&to=host:8080`);
  await answers(page, 'Delivered', 'my-web');
  const boxes = await path(page)
    .locator('button:visible, input:visible, [role=tab]:visible')
    .evaluateAll((elements) => elements.slice(0, 16).map((element) => element.getBoundingClientRect().toJSON()));
  for (const { left, right } of boxes) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(1024);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
});
