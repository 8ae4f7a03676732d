import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { UI_FOLDER } from '@loadts/web';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkAccessibility } from '../support/check-accessibility.ts';
import {
  FAKE_HOSTILE_NAME,
  FAKE_HOSTILE_REASON,
  readyState,
  runningState,
  secondAt,
} from '../support/fake-run-data.ts';
import { type FakeUi, startFakeUi } from '../support/fake-ui-server.ts';
import { findBrowser } from '../support/find-browser.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const TABS = [
  'charts',
  'statistics',
  'failures',
  'exceptions',
  'ratio',
  'workers',
  'log',
  'download',
  'runs',
];

describe.skipIf(findBrowser() === undefined)('the page of the web UI, with made-up data', () => {
  let browser: Browser;
  let ready: FakeUi;
  let running: FakeUi;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  beforeEach(async () => {
    ready = await startFakeUi({ state: readyState() });
    running = await startFakeUi({ state: runningState(), second: 239 });
    return async () => {
      for (const context of browser.contexts()) await context.close();
      await Promise.all([ready.close(), running.close()]);
    };
  });

  afterAll(() => browser?.close());

  it('weighs less than 100 KB on the wire', async () => {
    const files = await readdir(new URL('assets/', UI_FOLDER));
    const contents = await Promise.all(files.map((file) => readFile(new URL(`assets/${file}`, UI_FOLDER))));
    expect(contents.reduce((sum, content) => sum + gzipSync(content).length, 0)).toBeLessThan(100_000);
  });

  it('says at the fields what the server says of them', async () => {
    const { page } = await openPage(browser, ready.url, WIDE);
    ready.refuse(400, {
      code: 'CONFIG_INVALID',
      message:
        '2 problems with what loadts was told:\n  users: "0" is too small\n  runTime: "x" is not a duration',
      hint: null,
    });
    await page.getByRole('textbox', { name: 'Users' }).fill('0');
    await page.getByLabel('Run time').fill('x');
    await page.keyboard.press('Enter');
    await page.getByText('"0" is too small').waitFor();
    await expect(page.getByRole('textbox', { name: 'Users' }).getAttribute('aria-invalid')).resolves.toBe(
      'true',
    );
    await expect(page.locator('#runTime-says').innerText()).resolves.toBe('"x" is not a duration');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('users');
  });

  it('starts what stands in the form, with the right control for each argument', async () => {
    const { page, problems } = await openPage(browser, ready.url, WIDE);
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('users');
    await page.getByText('Arrival rate').click();
    await page.getByRole('textbox', { name: 'Arrival rate' }).fill('50');
    await page.getByLabel('tier').selectOption('free');
    await page.getByRole('checkbox', { name: 'warmCache' }).uncheck();
    await page.getByLabel('apiKey').fill('s3cret');
    await page.getByRole('checkbox', { name: 'Buyer' }).uncheck();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => ready.posts.length).toBe(1);
    expect(ready.posts[0]).toMatchObject({
      path: '/api/v1/run/start',
      body: {
        rate: '50',
        classes: ['Visitor'],
        thresholds: ['p95 < 300ms', 'errors < 1%'],
        args: { tenant: 'acme', pageSize: 20, tier: 'free', warmCache: false, apiKey: 's3cret' },
      },
    });
    const kept = await page.evaluate('Object.values(sessionStorage).join()');
    expect([kept, problems]).toEqual([expect.not.stringContaining('s3cret'), []]);
  });

  it('does not start before the workers are there, and says why', async () => {
    const { page } = await openPage(browser, ready.url, WIDE);
    const reason = '1 of 2 workers is ready';
    ready.setState({ canStart: { ok: false, reason }, workers: { ready: 1, expected: 2 } });
    await page.getByText(reason).waitFor();
    const start = page.getByRole('button', { name: 'Start' });
    await expect(start.getAttribute('aria-disabled')).resolves.toBe('true');
    await start.focus();
    await page.keyboard.press('Enter');
    ready.setState({ canStart: { ok: true, reason: null } });
    await page.getByText('or press Enter').waitFor();
    expect(ready.posts).toEqual([]);
  });

  it('follows a run second by second, and a reload keeps its history', async () => {
    const { page, problems } = await openPage(browser, running.url, WIDE);
    await clock(page, '4:00');
    running.tick();
    await clock(page, '4:01');
    await page.reload();
    await clock(page, '4:01');
    const chart = page.getByRole('img', { name: /^Users\./ });
    await expect(chart.getAttribute('aria-label')).resolves.toContain('from 5 to 60');
    expect(problems).toEqual([]);
  });

  it('changes users, pauses, stops in order and then by force', async () => {
    const { page } = await openPage(browser, running.url, WIDE);
    await page.getByRole('button', { name: 'Change load' }).click();
    await page.getByRole('dialog').getByLabel('Users', { exact: true }).fill('90');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause' }).click();
    running.setState({ isPaused: true });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    running.setState({ phase: 'stopping' });
    await page.getByRole('button', { name: 'Stop now' }).click();
    await expect.poll(() => running.posts.length).toBe(5);
    expect(running.posts.map(({ path, body }) => [path.replace('/api/v1/run/', ''), body])).toEqual([
      ['users', { users: 90, spawnRate: 5 }],
      ['pause', {}],
      ['resume', {}],
      ['stop', {}],
      ['stop', { force: true }],
    ]);
  });

  it('shows what the server says where it refuses an action', async () => {
    const { page } = await openPage(browser, running.url, WIDE);
    running.refuse(409, { code: 'CONTROL_REFUSED', message: 'the run stops already', hint: null });
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('alert').innerText()).resolves.toContain('the run stops already');
  });

  it('says that the connection is lost, and comes back by itself', async () => {
    const { page } = await openPage(browser, running.url, WIDE);
    await clock(page, '4:00');
    await running.hangUp();
    await page.getByText('The connection to the master is lost.').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await clock(page, '4:00');
    running.tick();
    await running.listen();
    await clock(page, '4:01');
    await expect.poll(() => page.getByText('The connection to the master is lost.').count()).toBe(0);
  });

  it('leads to the login page where the session has ended', async () => {
    const { page } = await openPage(browser, running.url, WIDE);
    await clock(page, '4:00');
    running.logOut();
    await page.waitForURL('**/login');
    expect(new URL(page.url()).pathname).toBe('/login');
  });

  it('says why a run is invalid, and that its workers were the limit', async () => {
    const { page } = await openPage(browser, `${running.url}#workers`, WIDE);
    await clock(page, '4:00');
    const reason = 'worker 1 was late by 40 ms in 12 of 60 s';
    running.send('second', { ...secondAt(240, 3), verdict: { kind: 'invalid', reasons: [reason] } });
    await page.getByText(reason).waitFor();
    await expect(page.getByRole('tabpanel').innerText()).resolves.toContain(
      'The load generator was the limit',
    );
  });

  it('keeps what was typed for the next run', async () => {
    const { page } = await openPage(browser, ready.url, WIDE);
    await page.getByRole('textbox', { name: 'Users' }).fill('123');
    ready.setState({ ...runningState(), phase: 'stopped' });
    await page.getByRole('button', { name: 'New run' }).click();
    await expect(page.getByRole('textbox', { name: 'Users' }).inputValue()).resolves.toBe('123');
  });

  it('shows names and reasons that try to break out as text', async () => {
    const { page, problems } = await openPage(browser, `${running.url}#statistics`, WIDE);
    await page.getByText(FAKE_HOSTILE_NAME, { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Failures' }).click();
    await page.getByText(FAKE_HOSTILE_REASON, { exact: true }).waitFor();
    await expect(page.locator('#ui img').count()).resolves.toBe(0);
    await expect(page.title()).resolves.toBe('running: shop.ts · loadts');
    expect(problems).toEqual([]);
  });

  it('goes through its tabs by keyboard, and a reload comes back to the same one', async () => {
    const { page } = await openPage(browser, running.url, WIDE);
    await page.getByRole('tab', { name: 'Charts' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('tab-runs');
    await page.reload();
    await page.getByRole('tabpanel', { name: 'Runs' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#runs');
  });

  it('compares two earlier runs', async () => {
    const { page } = await openPage(browser, `${running.url}#runs`, WIDE);
    for (const box of await page.locator('.runs input').all()) await box.check();
    const table = page.getByRole('region', { name: 'Comparison of requests' });
    await expect(table.locator('tfoot').innerText()).resolves.toMatch(/All requests[\s\S]+→/);
  });

  it('keeps its layout while the numbers change', async () => {
    const { page } = await openPage(browser, `${running.url}#statistics`, WIDE);
    await page.evaluate(`new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.shifted = (globalThis.shifted ?? 0) + value;
    }).observe({ type: 'layout-shift' })`);
    for (let second = 240; second < 260; second++) {
      running.tick();
      await clock(page, `4:${String(second - 239).padStart(2, '0')}`);
    }
    expect(await page.evaluate<number>('globalThis.shifted ?? 0')).toBeLessThan(0.01);
  });

  it.each([
    ['light', 'wide', WIDE],
    ['dark', 'wide', WIDE],
    ['light', 'a phone', PHONE],
  ] as const)('has nothing that axe-core calls serious: %s, %s', async (colorScheme, _, options) => {
    const form = await openPage(browser, ready.url, { ...options, colorScheme });
    await form.page.getByRole('button', { name: 'Start' }).waitFor();
    expect(await checkAccessibility(form.page)).toEqual([]);
    const { page, problems } = await openPage(browser, running.url, { ...options, colorScheme });
    for (const tab of TABS) {
      await page.locator(`#tab-${tab}`).click();
      expect([tab, await checkAccessibility(page)]).toEqual([tab, []]);
      expect([tab, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
        tab,
        options.viewport.width,
      ]);
    }
    await page.getByRole('button', { name: 'Change load' }).click();
    expect(await checkAccessibility(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('says what to do where there is nothing yet', async () => {
    const empty = await startFakeUi({ state: { ...runningState(), phase: 'starting', runs: [] } });
    const { page, problems } = await openPage(browser, empty.url, WIDE);
    for (const tab of TABS.slice(1)) {
      await page.locator(`#tab-${tab}`).click();
      expect((await page.getByRole('tabpanel').innerText()).length).toBeGreaterThan(40);
    }
    expect(problems).toEqual([]);
    await empty.close();
  });
});

async function clock(page: Page, text: string): Promise<void> {
  await page.locator('.key-figure').last().getByText(text, { exact: true }).waitFor();
}
