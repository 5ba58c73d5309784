import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { instance } from '@viz-js/viz';
import { JSDOM } from 'jsdom';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { docker, emptyHost, startAgent } from './agentOnHost.ts';
import { canvas, openPage } from './canvas.ts';
import { expect, test } from './onHost.ts';

/* Pictures for documents, out of the page: each format is saved and read again by a program that knows it. */

const image = 'vethscope/busybox';
const run = promisify(execFile);
const agentScript = fileURLToPath(new URL('../apps/agent/dist/vethscope.js', import.meta.url));
const samplePath = fileURLToPath(
  new URL('../packages/fixtures/recordings/docker-28.5-iptables-nft.json.gz', import.meta.url),
);

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create shop_front --label com.docker.compose.project=shop');
  await docker(
    host,
    `run -d --name gate -p 8080:80 --network shop_front --label com.docker.compose.project=shop ${image} httpd -f -p 80`,
  );
  await docker(host, `run -d --name store --network shop_front ${image} sleep 99999`);
  await docker(host, `run -d --name alone ${image} sleep 99999`);
  // Chromium drops what it loads while a link comes or goes on its host.
  await new Promise((resolve) => setTimeout(resolve, 2500));
});

/** Opens the dialog and waits for its picture. */
async function openExport(page: Page): Promise<Locator> {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('img')).toBeVisible({ timeout: 20_000 });
  return dialog;
}

const saveButton = (dialog: Locator) => dialog.getByRole('button', { name: 'Save', exact: true });

/** Saves what is chosen, as soon as its file is there. */
async function save(page: Page, dialog: Locator): Promise<{ name: string; bytes: Buffer; text: string }> {
  await expect(saveButton(dialog)).toBeEnabled({ timeout: 20_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), saveButton(dialog).click()]);
  const path = test.info().outputPath(download.suggestedFilename());
  await download.saveAs(path);
  const bytes = await readFile(path);
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

const xml = (text: string) => new new JSDOM('').window.DOMParser().parseFromString(text, 'application/xml');

async function textOfPdf(bytes: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
  expect(pdf.numPages).toBe(1);
  const { items } = await (await pdf.getPage(1)).getTextContent();
  await pdf.destroy();
  return items.map((item) => ('str' in item ? item.str : '')).join(' ');
}

/** As the browser decodes it: its size, and how many colours there are in its middle row. */
function decoded(page: Page, png: Buffer) {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(picture, 0, 0);
    const row = new Uint32Array(context?.getImageData(0, Math.floor(height / 2), width, 1).data.buffer ?? []);
    const [corner] = context?.getImageData(0, 0, 1, 1).data.subarray(3) ?? [];
    return { width, height, colours: new Set(row).size, cornerAlpha: corner };
  }, png.toString('base64'));
}

test('SVG, PNG and PDF are saved and opened again, with their words and in their size', async ({ page }) => {
  await openPage(page);
  const dialog = await openExport(page);
  const svg = await save(page, dialog);
  expect(svg.name).toMatch(/^devbox-networks-\d{4}-\d\d-\d\d\.svg$/);
  const root = xml(svg.text).documentElement;
  const words = [...root.querySelectorAll('text')].map(({ textContent }) => textContent);
  for (const word of ['gate', 'store', 'alone', '8080']) expect(words).toContain(word);
  await expect(dialog.getByRole('status').or(dialog.getByText(`Saved as ${svg.name}.`))).toBeVisible();
  const [width, height] = [Number(root.getAttribute('width')), Number(root.getAttribute('height'))];

  await dialog.getByLabel('Format').selectOption('png');
  await dialog.getByLabel('Transparent background').check();
  for (const scale of [1, 2, 4]) {
    await dialog.getByRole('radio', { name: `${scale}×` }).click();
    const png = await save(page, dialog);
    const picture = await decoded(page, png.bytes);
    expect(picture).toMatchObject({ width: width * scale, height: height * scale, cornerAlpha: 0 });
    expect(picture.colours).toBeGreaterThan(3);
  }

  await dialog.getByLabel('Format').selectOption('pdf');
  await dialog.getByLabel('Caption').fill('Of the shop, on Monday');
  const text = await textOfPdf((await save(page, dialog)).bytes);
  for (const word of ['gate', 'store', 'docker0', 'Of the shop, on Monday']) expect(text).toContain(word);
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeDisabled();
});

test('Mermaid, DOT, draw.io, Markdown and JSON are read by what reads them', async ({ page }) => {
  await openPage(page);
  const dialog = await openExport(page);
  const saved = async (format: string) => {
    await dialog.getByLabel('Format').selectOption(format);
    return (await save(page, dialog)).text;
  };
  const { window } = new JSDOM('<!doctype html><body></body>');
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  expect(await mermaid.parse(await saved('mermaid'))).toMatchObject({
    diagramType: expect.stringMatching(/^flowchart/),
  });
  const dot = (await instance()).render(await saved('dot'), { format: 'json' });
  expect(dot.status).toBe('success');
  const drawio = xml(await saved('drawio'));
  expect(drawio.querySelectorAll('mxfile mxCell[vertex="1"]').length).toBeGreaterThan(8);
  const markdown = await saved('markdown');
  expect(markdown).toMatch(/\| gate \| vethscope\/busybox\S* \| running \| shop\\_front /);
  expect(markdown).toContain('```mermaid');
  await expect(dialog.getByRole('region', { name: 'Preview: Markdown page' })).toContainText('# The Docker networks');
  const json = JSON.parse(await saved('json'));
  expect(json.nodes.map(({ title }: { title: string }) => title)).toEqual(expect.arrayContaining(['gate', 'store']));
});

test('a part: a network, a project, what is selected, what is in view, the path', async ({ page, agent }) => {
  await openPage(page, `${agent.url}/?from=internet&to=${encodeURIComponent('host:8080')}&path=share`);
  await canvas(page).container('alone').click();
  await page.getByRole('button', { name: 'SVG…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const what = dialog.getByLabel('What', { exact: true });
  await expect(what).toHaveValue('path');
  const path = await save(page, dialog);
  expect(path.name).toMatch(/^devbox-path-internet-host-8080-/);
  expect(path.text).toContain('>Delivered</text>');
  expect(path.text).not.toContain('>alone</text>');
  const words = async (subject: string) => {
    await what.selectOption(subject);
    const { text } = await save(page, dialog);
    return ['gate', 'store', 'alone'].filter((name) => text.includes(`>${name}</text>`));
  };
  expect(await words('network shop_front')).toEqual(['gate', 'store']);
  expect(await words('project shop')).toEqual(['gate', 'store']);
  expect(await words('selection')).toEqual(['alone']);
  expect(await words('view')).toContain('alone');
  expect(await words('whole')).toEqual(['gate', 'store', 'alone']);
});

test('masked, neither names nor addresses are in the file, nor in its name', async ({ page }) => {
  await openPage(page);
  const dialog = await openExport(page);
  await dialog.getByLabel('What', { exact: true }).selectOption('network shop_front');
  await dialog.getByLabel('Names').check();
  await dialog.getByLabel('Addresses').check();
  for (const format of ['svg', 'markdown', 'json']) {
    await dialog.getByLabel('Format').selectOption(format);
    const { name, text } = await save(page, dialog);
    expect(text).not.toMatch(/gate|store|devbox|shop|172\.1[78]\./);
    expect(name).not.toMatch(/devbox|shop/);
  }
});

test('PNG goes to the clipboard as a picture, Mermaid, Markdown and SVG as text', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
  const dialog = await openExport(page);
  const copy = dialog.getByRole('button', { name: 'Copy', exact: true });
  for (const [format, begin] of [
    ['svg', '<svg '],
    ['mermaid', 'flowchart'],
    ['markdown', '# The Docker networks of devbox'],
  ] as const) {
    await dialog.getByLabel('Format').selectOption(format);
    await expect(copy).toBeEnabled({ timeout: 20_000 });
    await copy.click();
    await expect(dialog.getByText('Copied.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`^${begin}`));
  }
  await dialog.getByLabel('Format').selectOption('png');
  await expect(copy).toBeEnabled({ timeout: 20_000 });
  await copy.click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types)).toEqual(['image/png']);
});

test('by keyboard alone: e, choose, name, save, Escape', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByLabel('What', { exact: true })).toBeFocused();
  await page.keyboard.type('shop_front');
  await page.keyboard.press('Tab');
  await page.keyboard.type('DOT');
  await expect(saveButton(dialog)).toBeEnabled({ timeout: 20_000 });
  const name = dialog.getByLabel('File name');
  for (
    let presses = 0;
    presses < 20 && !(await name.evaluate((input) => input === document.activeElement));
    presses += 1
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('../shop: now');
  await page.keyboard.press('Tab');
  await expect(saveButton(dialog)).toBeFocused();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('shop- now.dot');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openPage(page);
    const dialog = await openExport(page);
    for (const format of ['png', 'markdown']) {
      await dialog.getByLabel('Format').selectOption(format);
      await expect(saveButton(dialog)).toBeEnabled({ timeout: 20_000 });
      await dialog.getByLabel('Names').setChecked(format === 'markdown');
      await expect(saveButton(dialog)).toBeEnabled({ timeout: 20_000 });
      const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    }
  });
}

test('what takes longer than a second says how far it is, and can be cancelled', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  // The work begins when its fonts are there: without them it never ends.
  await page.context().route('**/JetBrainsMono_400Regular-*.ttf', async (route) => {
    await held;
    await route.continue();
  });
  await openPage(page);
  const dialog = await openExport(page);
  await dialog.getByLabel('Format').selectOption('pdf');
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Writing the file (3 of 3)');
  await expect(saveButton(dialog)).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText('Cancelled.')).toBeVisible();
  release();
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(saveButton(dialog)).toBeEnabled({ timeout: 20_000 });
});

test('the page and the command line write the same bytes', async ({ page, host }) => {
  await using agent = await startAgent(host, ['--port', '7374', '--recording', samplePath]);
  await openPage(page, `${agent.url}/?from=internet&to=${encodeURIComponent('host:8080')}`);
  const dialog = await openExport(page);
  const exported = async (...words: string[]) =>
    (await run(process.execPath, [agentScript, 'export', '--recording', samplePath, ...words], { maxBuffer: 2 ** 26 }))
      .stdout;
  for (const [format, words] of [
    ['svg', []],
    ['mermaid', ['--format', 'mermaid']],
    ['dot', ['--format', 'dot']],
    ['drawio', ['--format', 'drawio']],
    ['markdown', ['--format', 'markdown']],
    ['json', ['--format', 'json']],
  ] as const) {
    await dialog.getByLabel('Format').selectOption(format);
    expect((await save(page, dialog)).text).toBe(await exported(...words));
  }
  await dialog.getByLabel('Format').selectOption('svg');
  await dialog.getByLabel('Legend').check();
  await dialog.getByLabel('Caption').fill('The same');
  await dialog.getByRole('radio', { name: 'Dark' }).click();
  await dialog.getByLabel('Names').check();
  await dialog.getByLabel('What', { exact: true }).selectOption('path');
  expect((await save(page, dialog)).text).toBe(
    await exported(
      '--path',
      'internet',
      'host:8080',
      '--theme',
      'dark',
      '--legend',
      '--caption',
      'The same',
      '--mask',
      'names',
    ),
  );
  await expect(dialog.locator('code')).toHaveText(
    / --path internet host:8080 --theme dark --legend --caption 'The same' --mask names$/,
  );
});

test('the difference of two moments is a picture, too', async ({ page, agent, host }) => {
  await openPage(page);
  await docker(host, `run -d --name newcomer --network shop_front ${image} sleep 99999`);
  await expect(canvas(page).container('newcomer')).toBeVisible();
  // The moment before the container came.
  const { moments } = (await page.evaluate(async (url) => (await fetch(url)).json(), `${agent.url}/api/history`)) as {
    moments: { n: number; highlights: { type: string; change: string; name: string }[] }[];
  };
  const came = moments.find(({ highlights }) =>
    highlights.some(({ type, change, name }) => type === 'container' && change === 'added' && name === 'newcomer'),
  );
  await page.goto(`/?vs=${(came?.n ?? 0) - 1}`);
  await expect(page.locator('.vt-node.is-came[aria-label^="container newcomer,"]')).toBeVisible();
  const dialog = await openExport(page);
  await dialog.getByLabel('What').selectOption('difference');
  const svg = await save(page, dialog);
  const words = [...xml(svg.text).documentElement.querySelectorAll('text')].map(({ textContent }) => textContent ?? '');
  expect(words).toContain('newcomer');
  expect(words.some((text) => text.includes('newcomer came'))).toBe(true);
  await docker(host, 'rm -f newcomer');
});
