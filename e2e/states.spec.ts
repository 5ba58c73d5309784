import { rm } from 'node:fs/promises';
import { askAgent, docker, emptyHost, startAgent } from './agentOnHost.ts';
import { canvas, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* What the page says when something is missing: an engine, root, the agent itself. */

const pill = 'button[aria-label^="Connection:"]';

test('without an engine: the sample, why, and live by itself as soon as one answers', async ({ page, host }) => {
  await emptyHost(host);
  const socket = `${host.runPath}/late.sock`;
  await rm(socket, { force: true });
  await using agent = await startAgent(host, ['--port', '7401', '--docker-socket', socket]);
  expect(agent.output()).toMatch(/sample/i);
  await openPage(page, agent.url);
  await expect(page.locator(pill)).toContainText('Sample');
  await expect(canvas(page).container('my-nginx')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sample' })).toContainText(/Docker/);

  await host.exec(['ln', '-s', host.socketPath, socket]);
  await expect(page.locator(pill)).toContainText('Live', { timeout: 20_000 });
  await expect(canvas(page).container('my-nginx')).toHaveCount(0);
  await expect(canvas(page).network('docker0')).toBeVisible();
});

test('the agent dies and comes back: the picture stays, the pill tells the truth, then it is live again', async ({
  page,
  host,
}) => {
  const first = await startAgent(host, ['--port', '7402']);
  await openPage(page, first.url);
  await expect(page.locator(pill)).toContainText('Live');
  await first.kill('SIGKILL');
  await expect(page.locator(pill)).toContainText(/Reconnecting|Stale/);
  await expect(canvas(page).network('docker0')).toBeVisible();
  await docker(host, 'network create while-away');
  await using second = await startAgent(host, ['--port', '7402']);
  expect(second.url).toBe(first.url);
  await expect(page.locator(pill)).toContainText('Live', { timeout: 20_000 });
  await expect(canvas(page).network('while-away')).toBeVisible();
  await docker(host, 'network rm while-away');
});

test('a recording is called one, and nothing in it can be run', async ({ page, host }) => {
  await docker(host, 'run -d --name taped vethscope/busybox sleep 9999');
  const file = `${host.runPath}/host.json.gz`;
  await host.exec([process.execPath, 'apps/agent/dist/vethscope.js', 'record', '-o', file]);
  await docker(host, 'rm -f taped');
  await using agent = await startAgent(host, ['--port', '7403', '--recording', file]);
  await openPage(page, agent.url);
  await expect(page.locator(pill)).toContainText('Recorded');
  await canvas(page).container('taped').click();
  await expect(page.getByText('See it yourself')).toBeVisible();
  const answer = await askAgent(host, `${agent.url}/api/commands/output?record=sandbox:host&command=nothing-like-it`);
  expect([404, 409]).toContain(answer.status);
  expect(JSON.parse(answer.body)).toMatchObject({ code: expect.any(String), message: expect.any(String) });
});

test('without root: what can be read is shown, with the command that shows the rest', async ({ page, host }) => {
  // As where the person is in the group docker: the engine may be asked, the kernel tells about the host's own namespace only.
  await host.exec(['chmod', '0666', '/var/run/docker.sock']);
  await docker(host, 'run -d --name seen vethscope/busybox sleep 9999');
  const child = host.spawn(
    [
      'setpriv',
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      process.execPath,
      'apps/agent/dist/vethscope.js',
      'start',
      '--port',
      '7404',
    ],
    { stdio: 'ignore' },
  );
  try {
    await expect.poll(() => askAgent(host, 'http://127.0.0.1:7404/api/health').then(({ status }) => status)).toBe(200);
    await openPage(page, 'http://127.0.0.1:7404/');
    await expect(canvas(page).container('seen')).toBeVisible();
    await expect(page.getByText(/sudo/).first()).toBeVisible();
  } finally {
    child.kill('SIGKILL');
    await host.tryExec(['pkill', '-9', '-f', 'port 7404']);
    await docker(host, 'rm -f seen');
  }
});

test('another site cannot read the agent: foreign Host and Origin are refused', async ({ agent, host }) => {
  const url = `${agent.url}/api/snapshot`;
  expect((await askAgent(host, url)).status).toBe(200);
  const foreignHost = await askAgent(host, url, { host: 'evil.example' });
  expect(foreignHost.status).toBe(403);
  expect(JSON.parse(foreignHost.body)).toMatchObject({ code: 'hostNotAllowed' });
  const foreignOrigin = await askAgent(host, url, { origin: 'http://evil.example' });
  expect(foreignOrigin.status).toBe(403);
  expect(JSON.parse(foreignOrigin.body)).toMatchObject({ code: 'originNotAllowed' });
});

for (const part of ['index-*.js', 'showPage-*.js', 'Palette-*.js']) {
  test(`a file of the page that is lost on the way is fetched again: ${part}`, async ({ page }) => {
    // What Chromium does with every request under way when a container brings an interface (ERR_NETWORK_CHANGED).
    let lost = 0;
    await page.route(`**/assets/${part}`, (route) => {
      lost += 1;
      return lost <= 2 ? route.abort('internetdisconnected') : route.continue();
    });
    await openPage(page);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(lost).toBeGreaterThan(2);
  });
}

test('a font that is lost on the way is fetched again', async ({ page }) => {
  let lost = 0;
  await page.route('**/assets/inter-latin-wght-normal-*.woff2', (route) => {
    lost += 1;
    return lost <= 2 ? route.abort('internetdisconnected') : route.continue();
  });
  await openPage(page);
  const isThere = () =>
    page.evaluate(() => [...document.fonts].some(({ family, status }) => /Inter/.test(family) && status === 'loaded'));
  await expect.poll(isThere).toBe(true);
  expect(lost).toBe(3);
});
