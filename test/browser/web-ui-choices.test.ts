import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyState, runningState, secondAt } from '../support/fake-run-data.ts';
import { startFakeUi } from '../support/fake-ui-server.ts';
import { findBrowser } from '../support/find-browser.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';

describe.skipIf(findBrowser() === undefined)('a table of many requests', () => {
  it('shows the newest second in every row, also out of sight, where nobody scrolls', async () => {
    const browser = await openBrowser();
    const ui = await startFakeUi({ state: runningState(), second: 60, entries: 120 });
    const { page } = await openPage(browser, `${ui.url}#statistics`, {
      viewport: { width: 1280, height: 900 },
    });
    const rows = page.getByRole('region', { name: 'Requests' }).locator('tbody tr');
    const counts = () => rows.locator('td:nth-child(2)').allInnerTexts();
    const countOf = (second: number) => String(secondAt(second, 120).entries[119]?.requests);
    await expect.poll(async () => new Set(await counts())).toEqual(new Set([countOf(60)]));
    for (const second of [61, 62]) {
      const revised = { ...secondAt(second, 120) };
      const entries = revised.entries.map((entry) => ({ ...entry, requests: 1_000 * second }));
      ui.send('second', { ...revised, entries });
      const text = `${second},000`;
      await expect.poll(async () => (await counts()).filter((count) => count === text).length).toBe(120);
    }
    await browser.close();
    await ui.close();
  });
});

describe.skipIf(findBrowser() === undefined)('what there is to choose in the web UI', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser?.close());

  it('is one of several shapes, and users without any', async () => {
    const state = readyState();
    const form = { ...state.form, shapes: ['Wave', 'Day'] };
    const ui = await startFakeUi({ state: { ...state, form } });
    const { page } = await openPage(browser, ui.url);
    await page.getByLabel('Shape', { exact: true }).last().selectOption('Day');
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => ui.posts.length).toBe(1);
    await page.locator('.segment', { hasText: 'Users' }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => ui.posts.length).toBe(2);
    const bodies = ui.posts.map(({ body }) => body);
    expect(bodies).toEqual([
      expect.objectContaining({ shape: 'Day' }),
      expect.objectContaining({ shape: '', users: '60' }),
    ]);
    await ui.close();
  });

  it('is which scenarios take part', async () => {
    const state = readyState();
    const scenarios = [
      { name: 'browse', load: '20 users of Browser, 2/s' },
      { name: 'buy', load: '20 iterations/s on up to 50 users of Buyer, from 10 s' },
    ];
    const form = { ...state.form, scenarios, chosenScenarios: ['browse', 'buy'] };
    const ui = await startFakeUi({ state: { ...state, form } });
    const { page, problems } = await openPage(browser, ui.url);
    await page.getByText('from 10 s').waitFor();
    await page.getByRole('checkbox', { name: 'browse' }).uncheck();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => ui.posts.length).toBe(1);
    expect(ui.posts[0]?.body).toMatchObject({ scenarios: ['buy'] });
    await page.getByRole('checkbox', { name: 'buy' }).uncheck();
    await page.getByText('None is chosen: all take part.').waitFor();
    expect(problems).toEqual([]);
    await ui.close();
  });

  it('is which lines of the log are shown', async () => {
    const ui = await startFakeUi({ state: runningState(), second: 9 });
    const { page, problems } = await openPage(browser, `${ui.url}#log`);
    await page.getByText('Nothing so far').waitFor();
    const lines = [
      ['info', null],
      ['warn', 1],
      ['info', 2],
      ['error', 2],
    ] as const;
    for (const [level, worker] of lines) {
      ui.send('log', { time: new Date(0).toISOString(), level, worker, text: `${level} by ${worker}` });
    }
    const texts = () => page.locator('.log-text').allInnerTexts();
    await expect.poll(texts).toHaveLength(4);
    await page.getByLabel('From').selectOption('Worker 2');
    expect(await texts()).toEqual(['info by 2', 'error by 2']);
    await page.getByLabel('Level').selectOption('Errors only');
    expect(await texts()).toEqual(['error by 2']);
    await page.getByLabel('From').selectOption('Master');
    await page.getByText('No such line').waitFor();
    expect(problems).toEqual([]);
    await ui.close();
  });
});
