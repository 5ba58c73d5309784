import type { Browser, Page } from '@playwright/test';
import type { TestHost } from '@vethscope/lab';
import { docker, emptyHost } from './agentOnHost.ts';
import { canvas, inspector, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/*
 * The story that tutorials tell about Docker networking, played on a real engine while the page is open. Every step is seen on the canvas
 * without a reload, with the facts that the kernel has at that moment. The pictures in docs/images are made here: npm run docs:pictures.
 */

const image = 'vethscope/busybox';
const serve = (port: number) => `httpd -f -p ${port} -h /www`;

/** The facts of a container's only cable, asked of the kernel by other means: /sys and ip. */
async function cableOf(host: TestHost, name: string) {
  const inside = Number(await docker(host, `exec ${name} cat /sys/class/net/eth0/ifindex`));
  const outside = Number(await docker(host, `exec ${name} cat /sys/class/net/eth0/iflink`));
  const links = JSON.parse(await host.exec(['ip', '-j', 'link', 'show'])) as { ifindex: number; ifname: string }[];
  const veth = links.find((link) => link.ifindex === outside)?.ifname;
  if (!veth) throw new Error(`No link of the host has the index ${outside}, which ${name}'s eth0 names as its peer.`);
  return { inside, outside, veth };
}

/** `npm run docs:pictures` lets them replace those in the documents; otherwise they are looked at and forgotten. */
const pictures = process.env.VETHSCOPE_DOCS_PICTURES ? 'docs/images' : 'test-results/images';

/** A picture for the documents, light and dark, of the page as somebody sees it who opens this link now. */
async function picture(browser: Browser, name: string, url: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await openPage(page, url);
    // Rates need two readings of the counters.
    await page.waitForTimeout(2_500);
    await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png` });
    await context.close();
  }
}

test.describe.configure({ mode: 'serial' });

test.describe('a tutorial, played on a real engine', () => {
  let page: Page;

  test.beforeAll(async ({ browser, agent, host }) => {
    await emptyHost(host);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await openPage(page, agent.url);
  });
  test.afterAll(async () => {
    await page?.close();
  });

  test('an empty host has docker0 with 172.17.0.1/16 and says what to try', async ({ host }) => {
    await expect(canvas(page).network('docker0')).toBeVisible();
    expect(await host.exec(['ip', '-br', 'addr', 'show', 'docker0'])).toContain('172.17.0.1/16');
    await expect(page.getByText(/docker run/).first()).toBeVisible();
  });

  test('docker run -d --name my-nginx -p 8080:80: the veth pair, both indexes, the address, the route', async ({
    host,
  }) => {
    await docker(host, `run -d --name my-nginx -p 8080:80 ${image} ${serve(80)}`);
    const view = canvas(page);
    await expect(view.container('my-nginx')).toBeVisible();
    await expect(view.port('8080')).toBeVisible();
    await expect(view.chip('172.17.0.2:80')).toBeVisible();
    await expect(view.container('my-nginx')).toHaveAttribute('aria-label', /:80 httpd/);

    const { inside, outside, veth } = await cableOf(host, 'my-nginx');
    await view.container('my-nginx').click();
    const panel = inspector(page);
    await expect(panel).toContainText('172.17.0.2');
    await expect(panel).toContainText('172.17.0.1');
    await expect(panel).toContainText(`eth0 #${inside}`);
    await expect(panel).toContainText(`${veth} #${outside}`);
  });

  test('the Linux lens shows vethX@ifN ↔ eth0@ifM with the indexes that the kernel has', async ({ host }) => {
    const { inside, outside, veth } = await cableOf(host, 'my-nginx');
    const view = canvas(page);
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Linux' }).click();
    await expect(view.network('docker0')).toHaveAttribute('aria-label', /bridge #\d+/);
    await expect(view.endpoint(veth)).toContainText(`#${outside}`);
    await expect(view.endpoint('eth0')).toContainText(`#${inside}`);
    await expect(view.container('my-nginx')).toHaveAttribute('aria-label', /default via 172\.17\.0\.1/);
    await page.getByRole('radio', { name: 'Docker' }).click();
  });

  test('the published port: its DNAT rule, two docker-proxy processes, the MASQUERADE', async ({ host }) => {
    const proxies = (await host.exec(['pgrep', '-c', 'docker-proxy'])).trim();
    expect(proxies).toBe('2');
    await canvas(page).port('8080').click();
    const panel = inspector(page);
    await expect(panel).toContainText('172.17.0.2:80');
    await expect(panel).toContainText(/--dport 8080.*-j DNAT --to-destination 172\.17\.0\.2:80/);
    await expect(panel.getByText(/docker-proxy/).first()).toBeVisible();
    for (const pid of (await host.exec(['pgrep', 'docker-proxy'])).trim().split('\n')) {
      await expect(panel).toContainText(pid);
    }
    await canvas(page).network('docker0').click();
    await panel.getByRole('button', { name: /Show \d+ more/ }).click();
    await expect(panel).toContainText(/-s 172\.17\.0\.0\/16 ! -o docker0 -j MASQUERADE/);
  });

  test('"See it yourself" runs the real command and shows what it prints', async ({ host }) => {
    await canvas(page).container('my-nginx').click();
    const { veth } = await cableOf(host, 'my-nginx');
    const panel = inspector(page);
    const command = panel.getByRole('button', { name: new RegExp(`Run.*ip -d link show.*${veth}`) }).first();
    await command.click();
    await expect(panel.getByText(/master docker0/).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  test('front-net and back-net: my-web stands on both, my-was and my-db on one', async ({ host, browser, agent }) => {
    const view = canvas(page);
    await docker(host, 'network create front-net');
    await expect(view.network('front-net')).toBeVisible();
    await docker(host, 'network create back-net');
    await docker(host, `run -d --name my-web --network front-net -p 8081:80 ${image} ${serve(80)}`);
    await docker(host, `run -d --name my-was --network back-net ${image} ${serve(8000)}`);
    await docker(host, `run -d --name my-db --network back-net ${image} ${serve(5432)}`);
    for (const name of ['my-web', 'my-was', 'my-db']) await expect(view.container(name)).toBeVisible();

    await docker(host, 'network connect back-net my-web');
    const { NetworkSettings } = await host.docker.getContainer('my-web').inspect();
    const address = NetworkSettings.Networks['back-net']?.IPAddress ?? 'no address';
    await expect(view.endpoint(address)).toBeVisible();
    const id = (await host.docker.getContainer('my-web').inspect()).Id;
    await picture(browser, 'docker', agent.url);
    await picture(browser, 'docker-selected', `${agent.url}/?select=container:${id}`);

    const front = NetworkSettings.Networks['front-net']?.IPAddress ?? 'no address';
    await expect(view.endpoint(front)).toBeVisible();
    await docker(host, 'network disconnect front-net my-web');
    await expect(view.endpoint(front)).toHaveCount(0);
    await expect(view.endpoint(address)).toBeVisible();
    await docker(host, 'network connect front-net my-web');
    await expect(view.endpoint(front)).toBeVisible();
  });

  test('a network with subnet, ip-range and gateway, and a container at a fixed address', async ({ host }) => {
    const view = canvas(page);
    await docker(host, 'network create --subnet 172.30.0.0/16 --ip-range 172.30.5.0/24 --gateway 172.30.5.254 planned');
    await expect(view.network('planned')).toHaveAttribute('aria-label', /172\.30\.0\.0\/16/);
    await docker(host, `run -d --name fixed --network planned --ip 172.30.5.10 ${image} ${serve(80)}`);
    await expect(view.endpoint('172.30.5.10')).toBeVisible();
    await view.network('planned').click();
    await expect(inspector(page)).toContainText('172.30.5.254');
    await expect(inspector(page)).toContainText('172.30.5.0/24');
    await page.keyboard.press('Escape');
  });

  test('host, none, container: and macvlan each have a shape of their own', async ({ host, browser, agent }) => {
    const view = canvas(page);
    await docker(host, `run -d --name on-host --network host ${image} ${serve(7000)}`);
    await docker(host, `run -d --name cut-off --network none ${image} ${serve(80)}`);
    await docker(host, `run -d --name sidecar --network container:my-was ${image} ${serve(9000)}`);
    await docker(
      host,
      'network create -d macvlan --subnet 198.18.0.0/24 --gateway 198.18.0.254 -o parent=eth0 mac-net',
    );
    await docker(host, `run -d --name on-lan --network mac-net --ip 198.18.0.200 ${image} ${serve(80)}`);
    await expect(view.container('on-host')).toBeVisible();
    await expect(view.container('cut-off')).toBeVisible();
    await expect(view.container('my-was')).toContainText('sidecar');
    await expect(view.network('mac-net')).toHaveAttribute('aria-label', /macvlan/);
    await expect(view.endpoint('198.18.0.200')).toBeVisible();
    await picture(browser, 'kinds', agent.url);
    await picture(browser, 'linux', `${agent.url}/?lens=linux`);
    await picture(browser, 'cnm', `${agent.url}/?lens=cnm`);
  });

  test('what is stopped and what is removed leaves the canvas', async ({ host }) => {
    const view = canvas(page);
    await docker(host, 'stop -t 0 fixed');
    await expect(view.endpoint('172.30.5.10')).toHaveCount(0);
    await expect(view.container('fixed')).toHaveAttribute('aria-label', /exited/);
    await docker(host, 'rm -f fixed');
    await expect(view.container('fixed')).toHaveCount(0);
    await docker(host, 'network rm planned');
    await expect(view.network('planned')).toHaveCount(0);
  });

  test('the page was never loaded again', async () => {
    const loads = await page.evaluate(() => performance.getEntriesByType('navigation').length);
    expect(loads).toBe(1);
    expect(await page.evaluate(() => performance.now())).toBeGreaterThan(5_000);
  });
});
