import AxeBuilder from '@axe-core/playwright';
import { docker, emptyHost } from './agentOnHost.ts';
import { expect, test } from './onHost.ts';

/* The page in Korean: for who reads Korean, as their browser says, and for who chooses it. */

const image = 'vethscope/busybox';

test.describe.configure({ mode: 'serial' });
test.use({ locale: 'ko-KR', viewport: { width: 1024, height: 700 } });

test.beforeAll(async ({ host }) => {
  await emptyHost(host);
  await docker(host, 'network create front');
  await docker(host, `run -d --name gate -p 8080:80 --network front ${image} httpd -f -p 80`);
  await docker(host, `run -d --name alone -p 127.0.0.1:9090:80 ${image} httpd -f -p 127.0.0.1:80`);
});

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    if (!localStorage.getItem('vethscope-page'))
      localStorage.setItem('vethscope-page', JSON.stringify({ state: { tourSeen: true }, version: 1 }));
  });
});

const box = (words: string) => `.react-flow__node[aria-label^="${words}"], [aria-label^="${words}"]`;

test('a browser that asks for Korean gets it, and only its words', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => scripts.push(new URL(response.url()).pathname));
  await page.goto('/');
  await expect(page.locator(box('컨테이너 gate,')).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('complementary', { name: '상세 정보' })).toContainText('실행 중');
  expect(scripts.filter((path) => /\/ko-[^/]+\.js$/.test(path))).toHaveLength(1);
  expect(scripts.filter((path) => /\/en-[^/]+\.js$/.test(path))).toEqual([]);
});

test('what the engines say is in Korean where it is a word, and as it is where it is a name', async ({ page }) => {
  await page.goto('/');
  await page.locator(box('컨테이너 alone,')).first().click();
  const details = page.getByRole('complementary', { name: '상세 정보' });
  await expect(details.getByRole('heading', { name: 'alone' })).toBeVisible();
  await expect(details).toContainText('샌드박스');
  await expect(details).toContainText('이 호스트에서만 닿습니다');
  await expect(details).toContainText('127.0.0.1:9090/tcp');
  await page.goto('/?path=there&from=internet&to=gate:81');
  await expect(page.getByText('버려집니다', { exact: true })).toBeVisible();
  // Which rule of Docker's drops it depends on the engine: the code says it.
  await expect(page.getByText(/^(direct-routing-dropped|port-not-published)$/).first()).toBeVisible();
  await expect(page.locator('[data-outcome]')).toContainText(/에 따라 버려집니다: .+니다\./);
});

/** Two words of English one after the other, outside of what is quoted from a rule or is a command to copy. */
const english = /[a-z]{2,} (is|of|to|by|the|a|an|from|on|in|no|not|are|and|goes|has|for|sends|with) [a-z]/i;

test('a path is told in Korean, step by step and back, and in English to others', async ({ page }) => {
  await page.goto('/?path=there&from=internet&to=host:8080');
  const explorer = page.getByRole('region', { name: '경로' });
  await expect(explorer.locator('[data-outcome]')).toContainText('포트 80에 온 패킷을 받습니다.');
  const told = async () => {
    await expect(explorer.locator('[data-step]').first()).toBeVisible();
    return explorer.locator('[data-outcome], [data-step]').allInnerTexts();
  };
  const there = await told();
  expect(there.join('\n')).toContain('패킷의 주소를 변환합니다. 목적지:');
  expect(there.join('\n')).toContain('conntrack이 연결의 첫 패킷을 봅니다.');
  await explorer.getByRole('tab', { name: '응답' }).click();
  const back = await told();
  expect(back.join('\n')).toContain('응답의 주소를 되돌립니다.');
  expect([...there, ...back].filter((text) => english.test(text))).toEqual([]);
  await explorer.getByRole('tab', { name: '공유' }).click();
  await expect(explorer.locator('pre').first()).toContainText('conntrack sees the first packet of a connection.');
});

test('what does not pass is told in Korean, with what mends it, and so is a question that is wrong', async ({
  page,
}) => {
  await page.goto('/?path=blockers&from=gate&to=container:alone:80');
  const explorer = page.getByRole('region', { name: '경로' });
  await expect(explorer.locator('[data-outcome]')).toContainText(/니다\./);
  const blockers = explorer.getByRole('region', { name: '막고 있는 것' });
  await expect(blockers.getByRole('listitem').first()).toContainText(/십시오\./);
  expect(english.test(((await blockers.textContent()) ?? '').replace(/“[^”]*”/g, ''))).toBe(false);
  await page.goto('/?path=there&from=gaet&to=host:8080');
  await expect(page.getByRole('alert')).toHaveText('이름이 "gaet"인 컨테이너가 없습니다. 혹시 "gate"입니까?');
});

test('rules, and faults of a find expression, are told in Korean', async ({ page }) => {
  await page.goto('/?view=rules');
  await expect(
    page.getByText(/패킷은 DOCKER-USER 체인에서 검사합니다\.|패킷은 버립니다\.|패킷은 허용합니다\./).first(),
  ).toBeVisible();
  await expect(page.getByText(/is (accepted|dropped|looked at by)/)).toHaveCount(0);
  await page.goto('/?find=zzzzz:web');
  await page
    .getByRole('combobox', { name: '찾기' })
    .or(page.getByRole('textbox', { name: '찾기' }))
    .first()
    .click();
  await expect(page.getByText('"zzzzz" 항목은 없습니다.')).toBeVisible();
});

test('the switch changes the language, it lasts, and what was seen is seen again', async ({ page }) => {
  await page.goto('/?lens=linux');
  await page.getByRole('button', { name: /테마와 언어/ }).click();
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: 'Sources', exact: true })).toBeVisible();
  await expect(page).toHaveURL(/lens=linux/);
  await page.reload();
  await expect(page.locator(box('container gate,')).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: /Theme and language/ }).click();
  await page.getByRole('radio', { name: '한국어' }).click();
  await expect(page.getByRole('button', { name: '소스', exact: true })).toBeVisible();
});

test('a link may ask for a language', async ({ page }) => {
  await page.goto('/?lang=en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator(box('container gate,')).first()).toBeVisible();
});

for (const width of [1024, 1280, 1440]) {
  test(`at ${width} pixels nothing of the header is cut or overlaps`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await page.goto('/');
    await expect(page.locator(box('컨테이너 gate,')).first()).toBeVisible();
    const faults = await page.locator('header button:visible, header h1').evaluateAll((elements) => {
      const boxes = elements.map((element) => ({
        name: element.textContent || element.getAttribute('aria-label') || '',
        cut: element.scrollWidth > element.clientWidth + 1,
        ...element.getBoundingClientRect().toJSON(),
      }));
      return boxes.flatMap((one, at) => [
        ...(one.cut ? [`${one.name} is cut`] : []),
        ...(one.left < 0 || one.right > innerWidth ? [`${one.name} is outside`] : []),
        ...boxes
          .slice(at + 1)
          .filter((other) => one.left < other.right - 1 && other.left < one.right - 1)
          .map((other) => `${one.name} overlaps ${other.name}`),
      ]);
    });
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in Korean, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/?path=there&from=internet&to=host:8080');
    await expect(page.locator(box('컨테이너 gate,')).first()).toBeVisible();
    await expect(page.getByText('left-host').or(page.getByText('delivered')).first()).toBeVisible();
    const noViolations = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
    };
    await noViolations();
    await page.getByRole('button', { name: /테마와 언어/ }).click();
    await expect(page.getByRole('radio', { name: '한국어' })).toBeChecked();
    await noViolations();
  });
}
