import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunResult } from '@loadts/core';
import { createHtmlFile } from '@loadts/master';
import { REPORT_TEMPLATE } from '@loadts/web';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { findBrowser } from '../support/find-browser.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';
import { createRichRun } from '../support/rich-run.ts';
import { addRichExtras } from '../support/rich-run-extras.ts';
import { HOSTILE_NAME, HOSTILE_REASON } from '../support/rich-run-facts.ts';

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(findBrowser() === undefined)('the HTML report in a browser', () => {
  let browser: Browser;
  let folder: string;
  let result: RunResult;
  let url: string;
  /** With streams, scenarios and drift. */
  let full: string;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'loadts-report-'));
    result = createRichRun();
    url = write('run.html', result);
    full = write('full.html', addRichExtras(result));
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function write(name: string, run: RunResult): string {
    const path = join(folder, name);
    createHtmlFile(path, REPORT_TEMPLATE).write(run);
    return pathToFileURL(path).href;
  }

  async function open(options: Parameters<typeof openPage>[2] = WIDE, address: string = url) {
    const watched = await openPage(browser, address, options);
    await watched.page.getByRole('heading', { level: 1 }).waitFor();
    return watched;
  }

  it('weighs at most 400 KB for ten minutes of 20 entries', async () => {
    const { byteLength } = await readFile(join(folder, 'run.html'));
    expect(byteLength).toBeLessThan(400_000);
  });

  it('shows without errors, and asks nobody for anything', async () => {
    const { page, problems, requests } = await open();
    await page.locator('.chart-host canvas').first().waitFor();
    await expect.poll(() => page.locator('.chart-host canvas').count()).toBe(8);
    expect({ problems, requests }).toEqual({ problems: [], requests: [] });
  });

  it('has the numbers of the run', async () => {
    const { page } = await open();
    const rows = await tableRows(page);
    const { entries, total } = result;
    const numbers = (entry: RunResult['total']): string[] =>
      [entry.requests, entry.failures].map((count) => count.toLocaleString('en-US'));
    for (const entry of entries) {
      const row = rows.find((cells) => cells[0] === `${entry.method} ${entry.name}`);
      expect(row?.slice(1, 3)).toEqual(numbers(entry));
    }
    expect(rows.at(-1)?.slice(0, 3)).toEqual(['All requests', ...numbers(total)]);
    await expect(page.locator('.verdict').innerText()).resolves.toContain('Failed');
    await expect(page.locator('.threshold').count()).resolves.toBe(result.thresholds.length);
  });

  it('sorts by any column, and back', async () => {
    const { page } = await open();
    const head = page.getByRole('columnheader', { name: 'p95' });
    await head.getByRole('button').click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
    const slowestFirst = await column(page, 8);
    expect(slowestFirst).toEqual(slowestFirst.toSorted((a, b) => b - a));
    await head.getByRole('button').click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
    expect(await column(page, 8)).toEqual(slowestFirst.toReversed());
  });

  it('shows a request over time when it is picked, by keyboard as well', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'POST /checkout' }).focus();
    await page.keyboard.press('Enter');
    const details = page.getByRole('region', { name: 'Details of a request' });
    await expect.poll(() => details.locator('canvas').count()).toBe(3);
    await expect(details.innerText()).resolves.toContain('/checkout');
    await details.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => details.count()).toBe(0);
  });

  it('zooms all charts together, and shows values under the cursor', async () => {
    const { page } = await open();
    const throughput = page.locator('.chart').filter({ hasText: 'Throughput' }).first();
    await throughput.scrollIntoViewIfNeeded();
    const box = await throughput.locator('.u-over').boundingBox();
    if (box === null) throw new Error('the chart is not there');
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 50);
    await expect.poll(() => throughput.locator('.legend-value').innerText()).toMatch(/^\d+$/);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Show the whole run' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Show the whole run' }).count()).toBe(0);
  });

  it('moves the cursor of a chart with the arrow keys', async () => {
    const { page } = await open();
    const chart = page.locator('.chart').filter({ hasText: 'Throughput' }).first();
    await chart.getByRole('img').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => chart.locator('.chart-at').innerText()).toBe('0:01');
  });

  it('shows names that try to break out as text', async () => {
    const { page, problems } = await open();
    await expect(page.getByText(HOSTILE_NAME, { exact: true }).count()).resolves.toBe(1);
    await expect(page.getByText(HOSTILE_REASON, { exact: true }).count()).resolves.toBe(2);
    await expect(page.locator('#report img').count()).resolves.toBe(0);
    await expect(page.title()).resolves.toBe('fail: load-tests/shop.ts · loadts');
    expect(problems).toEqual([]);
  });

  it.each([
    ['light', 'wide', WIDE],
    ['dark', 'wide', WIDE],
    ['light', 'a phone', PHONE],
  ] as const)('has nothing that axe-core calls serious: %s, %s', async (colorScheme, _, options) => {
    const { page } = await open({ ...options, colorScheme }, full);
    await page.getByRole('button', { name: 'GET /products', exact: true }).click();
    await page.getByRole('region', { name: 'Details of a request' }).locator('canvas').last().waitFor();
    await page.locator('details').first().locator('summary').click();
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('has streams, scenarios and the drift where there are any', async () => {
    const { page, problems } = await open(WIDE, full);
    const textOf = (name: string): Promise<string> => page.getByRole('region', { name }).first().innerText();
    expect(await textOf('Streams')).toMatch(/POST\s+browse: \/chat\s+1,200\s+180\s/);
    expect(await textOf('Streams')).toContain('goodput{ttfe < 200ms} > 95%');
    expect(await textOf('Scenarios')).toContain('48.0/s, up to 200 users\t28,600 of 28,800, 200 dropped');
    expect(await textOf('Drift')).toContain('It gets slower with the same load: something grows');
    expect(await textOf('Drift')).toContain('+21.4 %');
    expect(await page.locator('nav li').allInnerTexts()).toEqual(
      expect.arrayContaining(['Drift', 'Scenarios', 'Streams']),
    );
    expect(problems).toEqual([]);
    const without = await open();
    expect(await without.page.locator('nav').innerText()).not.toMatch(/Drift|Scenarios|Streams/);
  });

  it('fits a phone', async () => {
    const { page } = await open(PHONE, full);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  it('goes round the colours, and is light on paper', async () => {
    const { page } = await open({ ...WIDE, colorScheme: 'dark' });
    const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'Colours: Auto' }).click();
    await expect.poll(theme).toBe('light');
    await page.getByRole('button', { name: 'Colours: Light' }).click();
    await expect.poll(theme).toBe('dark');
    await page.emulateMedia({ media: 'print' });
    await expect.poll(theme).toBe('light');
  });

  it('has the key numbers also without scripts', async () => {
    const { page } = await openPage(browser, url, { javaScriptEnabled: false });
    const text = await page.locator('noscript').innerText();
    expect(text).toContain('Verdict: fail');
    expect(text).toContain(String(result.total.requests));
  });

  it('says what to do where a run has nothing in it', async () => {
    const empty = createRichRun({ seconds: 1, entries: 0 });
    const { page, problems } = await open(
      WIDE,
      write('empty.html', { ...empty, failures: [], thresholds: [] }),
    );
    const text = await page.locator('main').innerText();
    for (const says of [
      '--threshold',
      'No request was made',
      'No response time was measured',
      'No request failed',
    ]) {
      expect(text).toContain(says);
    }
    expect(problems).toEqual([]);
  });
});

async function tableRows(page: Page): Promise<string[][]> {
  const rows = await page
    .getByRole('region', { name: 'Requests' })
    .last()
    .locator('tbody tr, tfoot tr')
    .all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts())).then((texts) =>
    texts.map((cells) => cells.map((cell) => cell.replaceAll(/\s+/g, ' '))),
  );
}

/** The numbers of a column of the table of requests. */
async function column(page: Page, index: number): Promise<number[]> {
  const rows = await tableRows(page);
  return rows.slice(0, -1).map((cells) => Number(cells[index]?.replaceAll(/[,*]/g, '')));
}
