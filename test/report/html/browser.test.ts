import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialiseChart } from '../../../scripts/render-fixtures.mjs';
import { reportHtml } from '../../../src/report/html/html.ts';
import { keepFolder, runMain } from '../../cli/main-in-process.ts';
import { HOSTILE, largeResult, resultCalled } from '../hostile.ts';

const executablePath = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file !== '' && existsSync(file));

/** In the browser: what has the focus; `unseen …` when nothing shows that it has. */
const NAME_OF_FOCUS = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return '';
  const { width, height } = element.getBoundingClientRect();
  const edge = element.matches('.row') ? getComputedStyle(element.querySelector('rect')).strokeWidth : '';
  const isSeen = width > 0 && height > 0 && (edge === '2px' || getComputedStyle(element).outlineStyle !== 'none');
  if (!isSeen) return 'unseen ' + element.outerHTML.slice(0, 80);
  return element.matches('.row') ? 'row' : element.id || element.getAttribute('name') || element.tagName;
})()`;

/** The Observer chart with settings that leave the path, a suppressed finding, and a warning. */
async function brokenObserver(folder: string): Promise<string> {
  materialiseChart('one-way-flow--value-also-in-args', join(folder, 'observer'));
  const configMap = join(folder, 'observer/templates/configmap.yaml');
  const text = readFileSync(configMap, 'utf8').replace(/^( +TZ: ).*$/m, '$1"Asia/Seoul"');
  writeFileSync(
    configMap,
    `${text.trimEnd()}\n  OBSERVER_API_TOKEN: abc # chartlint-ignore secret-delegation: Agreed.\n`,
  );
  appendFileSync(join(folder, 'observer/values-prod.yaml'), 'misspelt: 1\n');
  return (await runMain(['observer', '--format', 'html'], folder)).stdout;
}

const reason =
  executablePath === undefined ? ' (skipped: no Chromium; apt-get install chromium, or name it in CHROMIUM)' : '';

describe.skipIf(executablePath === undefined)(`the HTML report in a browser${reason}`, () => {
  const folder = keepFolder();
  const problems: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' });
    writeFileSync(join(folder, 'broken.html'), await brokenObserver(folder));
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(file: string, options: Record<string, unknown> = {}, hash = ''): Promise<Page> {
    const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(5_000);
    page.on('console', (message: { text(): string }) => problems.push(message.text()));
    page.on('pageerror', (error: Error) => problems.push(error.message));
    page.on('request', (request: { url(): string }) => {
      if (!request.url().startsWith('file:')) problems.push(request.url());
    });
    await page.goto(`${pathToFileURL(join(folder, file)).href}${hash}`);
    return page;
  }

  const shownOf = (page: Page): Promise<number> => page.locator('article:visible').count();

  it('filters by severity, principle, environment and text, and shows suppressed findings on demand', async () => {
    const page = await open('broken.html');
    const all = await shownOf(page);
    const said = page.locator('#filters output');
    expect(await said.textContent()).toBe(`${all} findings`);
    await page.getByLabel('Show 1 suppressed').check();
    expect(await shownOf(page)).toBe(all + 1);
    await page.getByLabel('Show 1 suppressed').uncheck();
    await page.locator('select[name=severity]').selectOption('error');
    expect(await page.locator('article.warning:visible').count()).toBe(0);
    await page.locator('select[name=principle]').selectOption('one-way-flow');
    await page.getByLabel('Text').fill('args  LOGLEVEL');
    expect(await shownOf(page)).toBe(1);
    expect(await said.textContent()).toBe(`1 of ${all} findings`);
    expect(await page.locator('section.file:visible').count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    // A form is reset after its event.
    await expect.poll(() => shownOf(page)).toBe(all);
    await page.locator('select[name=environment]').selectOption('dev');
    expect(await shownOf(page)).toBe(all - 1);
    expect(await page.locator('figure:visible').getAttribute('id')).toBe('flow-0');
    await page.close();
  });

  it('leads from a principle to its findings, and from a link to a finding that a filter hides', async () => {
    const page = await open('broken.html');
    await page.locator('a[data-principle="one-way-flow"]').click();
    expect(await page.locator('select[name=principle]').inputValue()).toBe('one-way-flow');
    expect(await shownOf(page)).toBe(3);
    expect(await page.evaluate('document.activeElement.id')).toBe('findings');
    const id = await page.locator('article.suppressed').getAttribute('id');
    await page.close();
    const linked = await open('broken.html', {}, `#${id}`);
    expect(await linked.locator(`[id="${id}"]`).isVisible()).toBe(true);
    expect(await linked.evaluate('document.activeElement.id')).toBe(id);
    expect((await linked.locator(`[id="${id}"]`).boundingBox())?.y).toBeLessThan(600);
    await linked.close();
  });

  it('toggles the theme', async () => {
    const page = await open('broken.html', { colorScheme: 'light' });
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: 'Light theme' }).click();
    expect(await ground()).toBe(light);
    await page.close();
    const night = await open('broken.html', { colorScheme: 'dark' });
    expect(await night.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(dark);
    await night.close();
  });

  it('shows the whole way of a setting, and why it leaves the path', async () => {
    const page = await open('broken.html');
    await page.getByRole('button', { name: 'prod', exact: true }).click();
    const figure = page.locator('figure:visible');
    expect(await figure.getAttribute('id')).toBe('flow-1');
    const row = figure.locator('.row.off', { hasText: 'logLevel' }).first();
    await row.hover();
    expect(await figure.locator('.row.on').count()).toBe(4);
    expect(await figure.locator('path.on').count()).toBe(3);
    const reason = '✗ Its values key also reaches Deployment/observer in args[0] without going through the ConfigMap.';
    expect(await figure.locator('.detail').textContent()).toContain(reason);
    await page.mouse.move(0, 0);
    expect(await figure.locator('.row.on').count()).toBe(0);
    expect(await figure.locator('svg').getAttribute('class')).toBe('');
    await page.close();
  });

  it('keeps the words of a way in sight of a picture that is taller than the window', async () => {
    const page = await open('broken.html', { viewport: { width: 1_400, height: 500 } });
    await page.locator('.row.off').first().focus();
    const box = await page.locator('.detail:visible').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(500);
    const row = await page.locator('.row.off').first().boundingBox();
    expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThan(box?.y ?? 0);
    await page.close();
  });

  it('can be used by keyboard alone', async () => {
    const page = await open('broken.html');
    const reached: string[] = [];
    const pinned: string[] = [];
    for (let step = 0; step < 200; step++) {
      await page.keyboard.press('Tab');
      const name = String(await page.evaluate(NAME_OF_FOCUS));
      if (name === '') break;
      reached.push(name);
      if (name !== 'row') continue;
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
      pinned.push(String(await page.locator('.row[aria-pressed="true"] > title').textContent()));
      await page.keyboard.press('Escape');
    }
    expect(pinned.map((text) => / → Deployment\/observer observer (\w+)/.exec(text)?.[1])).toEqual(['LOG_LEVEL']);
    expect(reached.filter((name) => name.startsWith('unseen'))).toEqual([]);
    expect(reached.filter((name) => name === 'row')).toHaveLength(1);
    for (const name of ['theme', 'severity', 'principle', 'text', 'suppressed', 'SUMMARY'])
      expect(reached).toContain(name);
    await page.close();
  });

  it.each([400, 1_400])('fits into %d pixels', async (width) => {
    writeFileSync(join(folder, 'hostile.html'), await reportHtml(resultCalled(HOSTILE.repeat(20)), '1'));
    for (const file of ['broken.html', 'hostile.html']) {
      const page = await open(file, { viewport: { width, height: 900 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    }
  });

  it('shows every principle beside the findings, without a pane that scrolls', async () => {
    const page = await open('broken.html', { viewport: { width: 1_400, height: 600 } });
    const hidden =
      "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.principles'))";
    expect(await page.evaluate(hidden)).toBe(0);
    await page.close();
  });

  it('prints each picture on one page', async () => {
    const page = await open('broken.html', { viewport: { width: 800, height: 500 } });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const heights = await page.evaluate("[...document.querySelectorAll('.flow')].map((flow) => flow.offsetHeight)");
    expect(heights).toHaveLength(2);
    expect(Math.max(...(heights as number[]))).toBeLessThan(500);
    expect(await page.locator('summary:visible, .choices:visible, #filters:visible').count()).toBe(0);
    await page.close();
  });

  it('can be read without its script', async () => {
    const page = await open('broken.html', { javaScriptEnabled: false });
    expect(await page.locator('article:visible').count()).toBe(await page.locator('article').count());
    expect(await page.locator('figure:visible').count()).toBe(2);
    expect(await page.locator('form:visible, #theme:visible, .choices:visible').count()).toBe(0);
    await page.close();
  });

  it('makes nothing of hostile names but text', async () => {
    const nasty = `${HOSTILE}</script><img src=x onerror="document.title='bad'"><svg onload="document.title='bad'">`;
    writeFileSync(join(folder, 'nasty.html'), await reportHtml(resultCalled(nasty), '1'));
    const page = await open('nasty.html');
    expect(await page.locator('img, [onload], [onerror], h').count()).toBe(0);
    expect(await page.title()).toBe('chartlint: 1 error in 1 file; 1 suppressed; run incomplete (2 errors)');
    await page.locator('a[data-principle]').click();
    expect(await shownOf(page)).toBe(1);
    await page.close();
  });

  it('stays quick with 5,000 findings', async () => {
    writeFileSync(join(folder, 'large.html'), await reportHtml(largeResult(5_000), '1'));
    const page = await open('large.html');
    await page.getByLabel('Text').fill('file-7.yaml');
    expect(await page.locator('#filters output').textContent()).toBe('10 of 5000 findings');
    await page.close();
  });

  it('never warned, and asked for nothing from anywhere', () => {
    expect(problems).toEqual([]);
  });
});
