import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { docker, emptyHost } from './agentOnHost.ts';
import { canvas, inspector, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* Hosts that travel: a recording is saved and opened in the page, stays in the page, and whatever stands in it only stands there. */

const image = 'vethscope/busybox';
const pill = 'button[aria-label^="Connection:"]';
const samplePath = fileURLToPath(
  new URL('../packages/fixtures/recordings/docker-28.5-iptables-nft.json.gz', import.meta.url),
);
// By its label: behind an open dialog it has no role.
const bar = (page: Page) => page.locator('section[aria-label="What is shown"]');

interface DroppedFile {
  name: string;
  bytes: Buffer;
}

/** As a person drops a file from the desktop. */
async function drop(page: Page, { name, bytes }: DroppedFile): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name));
      return data;
    },
    { name, base64: bytes.toString('base64') },
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop a recording to open it')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop a recording to open it')).toHaveCount(0);
}

/** Chromium drops what it loads while a link comes or goes on its host, as with each container that starts or ends. */
const linksRest = () => new Promise((resolve) => setTimeout(resolve, 2500));

const sample = async (): Promise<Record<string, unknown>> =>
  JSON.parse(gunzipSync(await readFile(samplePath)).toString('utf8'));

const asFile = (name: string, json: unknown): DroppedFile => ({ name, bytes: gzipSync(JSON.stringify(json)) });

async function openSave(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('save a rec');
  await page.keyboard.press('Enter');
}

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, `run -d --name taped --label api_token=abc123 ${image} sleep 99999`);
  await linksRest();
});

test('saved with a list of what is in it, and opened again: the same host, and secrets are in neither', async ({
  page,
  host,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openSave(page);
  const dialog = page.getByRole('dialog', { name: 'Save a recording' });
  await expect(dialog.getByText('Network namespaces')).toBeVisible({ timeout: 20_000 });
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^vethscope-devbox-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json\.gz$/);
  const path = info.outputPath('saved.json.gz');
  await download.saveAs(path);
  const text = gunzipSync(await readFile(path)).toString('utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'vethscope-recording', masked: true });
  expect(text).toContain('api_token');
  expect(text).not.toContain('abc123');

  await dialog.getByRole('checkbox', { name: 'Names' }).check();
  await dialog.getByRole('checkbox', { name: 'Addresses' }).check();
  await expect(dialog.getByText('Every path ends as on this host.')).toBeVisible();
  const [other] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(other.suggestedFilename()).toMatch(/^vethscope-host-/);
  await other.saveAs(info.outputPath('masked.json.gz'));
  const masked = gunzipSync(await readFile(info.outputPath('masked.json.gz'))).toString('utf8');
  expect(JSON.parse(masked)).toMatchObject({ replaced: ['names', 'addresses'] });
  expect(masked).not.toMatch(/taped|api_token|devbox/);
  await page.keyboard.press('Escape');

  await docker(host, 'rm -f taped');
  await linksRest();
  await expect(canvas(page).container('taped')).toHaveCount(0);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('open a rec');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(path);
  await expect(bar(page)).toContainText('Recorded: saved.json.gz');
  await expect(page.locator(pill)).toContainText('Recorded');
  await expect(canvas(page).container('taped')).toBeVisible();
  await canvas(page).container('taped').click();
  await expect(inspector(page)).toContainText('docker container inspect');
  await expect(inspector(page).getByRole('button', { name: /^Run:/ })).toHaveCount(0);
  // The page's own files are all that it took: nothing was sent.
  expect(requests.filter((request) => !/^GET [^?]*\/(assets\/[^?]*|mark\.svg)$/.test(request))).toEqual([]);

  // Compared with the host as it is now.
  await bar(page).getByRole('button', { name: 'Compare with the live host' }).click();
  await expect(page.getByRole('complementary', { name: 'What is different' })).toContainText('taped came');
  await bar(page)
    .getByRole('button', { name: /^Close saved/ })
    .click();
  await expect(page.locator(pill)).toContainText('Live');
  await expect(canvas(page).container('taped')).toHaveCount(0);
});

test('dropped anywhere; two files are compared', async ({ page }) => {
  await openPage(page);
  await drop(page, { name: 'one.json.gz', bytes: await readFile(samplePath) });
  await expect(bar(page)).toContainText('Recorded: one.json.gz');
  await expect(canvas(page).container('my-nginx')).toBeVisible();
  const other = await sample();
  (other.host as { hostname: string }).hostname = 'twin';
  const { bodies } = other.docker as { bodies: Record<string, { Name?: string }> };
  for (const body of Object.values(bodies)) if (body?.Name === '/my-nginx') body.Name = '/renamed';
  await drop(page, { name: 'two.json', bytes: Buffer.from(JSON.stringify(other)) });
  await expect(bar(page)).toContainText('Recorded: two.json');
  await bar(page).getByRole('button', { name: 'Compare with one.json.gz' }).click();
  const list = page.getByRole('complementary', { name: 'What is different' });
  await expect(list).toContainText(/renamed came/);
  await expect(list).toContainText(/my-nginx went/);
  await list.getByRole('button', { name: /came: renamed came/ }).click();
  await expect(inspector(page)).toContainText('renamed');
});

test('a file that is none says what is wrong, where, and what to do; the page goes on', async ({ page }) => {
  await openPage(page);
  const whole = await sample();
  const { takenAt: _taken, ...untimed } = whole;
  const broken: [DroppedFile, (string | RegExp)[]][] = [
    [
      { name: 'torn.json', bytes: Buffer.from('{\n  "format": "vethscope-recording",\n  "version": }') },
      ['malformedRecording', '3:14', 'not JSON'],
    ],
    [asFile('other.json.gz', { hello: 'world' }), ['malformedRecording', 'format']],
    [asFile('later.json.gz', { ...whole, version: 99 }), ['unsupportedVersion', 'version', '99']],
    [asFile('untimed.json.gz', untimed), ['malformedRecording', 'takenAt']],
    [asFile('odd.json.gz', { ...whole, namespaces: [{ netns: 'x' }] }), ['malformedRecording', 'namespaces.0.netns']],
    [{ name: 'cut.json.gz', bytes: (await readFile(samplePath)).subarray(0, 5000) }, ['malformedRecording', 'cut off']],
    [{ name: 'picture.png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) }, ['malformedRecording', '1:1']],
    [{ name: 'empty.json', bytes: Buffer.alloc(0) }, ['malformedRecording', 'not JSON']],
  ];
  for (const [file, words] of broken) {
    await drop(page, file);
    const dialog = page.getByRole('dialog', { name: 'This file was not opened' });
    await expect(dialog).toContainText(file.name);
    for (const word of words) await expect(dialog).toContainText(word);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.locator(pill)).toContainText('Live');
  }
});

test('a bomb of gzip is stopped before it is unpacked', async ({ page }) => {
  await openPage(page);
  const bytes = gzipSync(Buffer.alloc(450 * 1024 * 1024, 0x20), { level: 1 });
  await drop(page, { name: 'bomb.json.gz', bytes });
  const dialog = page.getByRole('dialog', { name: 'This file was not opened' });
  await expect(dialog).toContainText('larger than', { timeout: 40_000 });
});

const hostile = [
  '<img src=x onerror=window.__ran=1>',
  '<script>window.__ran=1</script>',
  'javascript:window.__ran=1',
  '[link](javascript:window.__ran=1) ![](http://evil.example/x.png)',
  '\u202egnp.exe\u202c',
  'a\u0000b\u0007c\u001b[31mred',
  'x'.repeat(10_000),
  '__proto__',
  '"><svg onload=window.__ran=1>',
  "url('http://evil.example/x')",
];

test('nothing in a recording runs, loads or covers the page', async ({ page }, info) => {
  const recording = await sample();
  const text = JSON.stringify(recording);
  // Every name, label and image that the engine told is another hostile word; so are the comments of rules.
  let next = 0;
  const word = () => hostile[next++ % hostile.length] ?? '';
  const poisoned = JSON.parse(text, (key, value) => {
    if (typeof value !== 'string') return value;
    if (key === 'Name' || key === 'Image' || key === 'Hostname') return value.startsWith('/') ? `/${word()}` : word();
    if (key === 'hostname' || key === 'writtenBy') return word();
    if (key === 'iptables')
      return value.replaceAll(
        '-j DOCKER',
        `-m comment --comment "${word().replaceAll('"', "'").slice(0, 250)}" -j DOCKER`,
      );
    return value;
  });
  for (const [path, body] of Object.entries<Record<string, unknown>>(poisoned.docker.bodies)) {
    const config = body.Config as { Labels?: Record<string, string> } | undefined;
    if (!path.startsWith('/containers/') || !config) continue;
    config.Labels = Object.fromEntries(hostile.map((each, index) => [index % 2 ? each : `label.${index}`, each]));
    Object.defineProperty(config.Labels, '__proto__', { value: hostile[0], enumerable: true });
    Object.defineProperty(config.Labels, 'constructor', { value: hostile[1], enumerable: true });
  }
  const path = info.outputPath('hostile.json.gz');
  await writeFile(path, gzipSync(JSON.stringify(poisoned)));

  await openPage(page);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await drop(page, { name: '<img src=x onerror=window.__ran=1>\u202e.json.gz', bytes: await readFile(path) });
  await expect(bar(page)).toContainText('Recorded:');
  await expect(page.locator('.vt-container').first()).toBeVisible();

  const look = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
    const header = await page.locator('header').first().boundingBox();
    expect(header?.height).toBeLessThan(60);
    expect((await bar(page).boundingBox())?.height).toBeLessThan(80);
  };
  await look();
  // Everything that writes names: each lens, the details, the tree, the palette, the rules, who reaches whom, the comparison.
  for (const lens of ['2', '3', '1']) await page.keyboard.press(lens);
  const cards = page.locator('.vt-container');
  for (let index = 0; index < Math.min(4, await cards.count()); index++) {
    await cards.nth(index).click({ force: true });
    await look();
  }
  await page.keyboard.press('t');
  await expect(page.getByRole('tree')).toBeVisible();
  await look();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('img');
  await look();
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await look();
  await page.keyboard.press('w');
  await look();
  await page.keyboard.press('m');
  await bar(page).getByRole('button', { name: 'Compare with the live host' }).click();
  await expect(page.getByRole('complementary', { name: 'What is different' })).toContainText('came');
  await look();

  expect(await page.evaluate(() => (window as { __ran?: unknown }).__ran)).toBeUndefined();
  expect(await page.evaluate(() => ({}) as { polluted?: unknown } & Record<string, unknown>)).toEqual({});
  expect(await page.locator('img[src="x"], script:not([src]), a[href^="javascript:"], svg[onload]').count()).toBe(0);
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('blob:'))).toEqual([]);
  expect(errors).toEqual([]);
});
