import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askAgent, docker, emptyHost, startAgent } from './agentOnHost.ts';
import { openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* A real packet from the page: where the agent allows it, beside what was predicted; never outside unasked. */

const image = 'vethscope/busybox';

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create front-net');
  await docker(host, `run -d --name my-web --network front-net ${image} httpd -f -p 80`);
  await docker(host, `run -d --name my-was --network front-net ${image} sleep 99999`);
});

const path = (page: Page) => page.getByRole('region', { name: 'Path', exact: true });
const probeTab = (from: string, to: string) => `/?from=${from}&to=${to}&path=probe`;

test('a packet is sent, and the kernel did what was predicted, rule by rule', async ({ page, host }) => {
  await using agent = await startAgent(host, ['--port', '7411', '--allow-probe']);
  await openPage(page, `${agent.url}${probeTab('my-was', 'container:my-web:80')}`);
  await path(page).getByRole('button', { name: 'Send it' }).click();
  await expect(path(page).getByText('The kernel did what was predicted.')).toBeVisible();
  await expect(path(page)).toContainText('a connection');
  await expect(path(page).getByText('The probe’s table is gone again.')).toBeVisible();
  expect(await path(page).getByRole('row').count()).toBeGreaterThan(3);
  const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Path"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await host.exec(['nft', 'list', 'tables'])).not.toContain('vethscope_probe');
});

test('a packet that would leave the host is sent after its address was confirmed, and not before', async ({
  page,
  host,
}) => {
  await using agent = await startAgent(host, ['--port', '7412', '--allow-probe']);
  await openPage(page, `${agent.url}${probeTab('host', '198.18.0.254:80')}`);
  await path(page).getByRole('button', { name: 'Send it' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('198.18.0.254');
  await dialog.getByRole('button', { name: 'Do not send' }).click();
  await expect(dialog).toBeHidden();
  await expect(path(page).getByText('The probe’s table is gone again.')).toBeHidden();
  await path(page).getByRole('button', { name: 'Send it' }).click();
  await dialog.getByRole('button', { name: 'Send it to 198.18.0.254' }).click();
  await expect(path(page).getByText('The probe’s table is gone again.')).toBeVisible();
});

test('an agent that was not started for it sends nothing, and says how to change that', async ({
  page,
  agent,
  host,
}) => {
  await openPage(page, probeTab('my-was', 'container:my-web:80'));
  await expect(path(page)).toContainText('--allow-probe');
  await expect(path(page).getByRole('button', { name: 'Send it' })).toHaveCount(0);
  const health = await askAgent(host, `${agent.url}/api/health`);
  expect(JSON.parse(health.body)).toMatchObject({ probe: { allowed: false } });
});
