import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/find-browser.ts';
import { findWorkers } from '../support/find-workers.ts';
import { type RunningCommand, startLoadts, writeScript } from '../support/loadts.ts';
import { openBrowser, openPage, type WatchedPage } from '../support/open-browser.ts';
import { type SampleApiProcess, startSampleApi } from '../support/sample-api-process.ts';
import { figure, readAddress, requestsOf } from '../support/ui-page.ts';

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.1);

  @task(3)
  async openHome() {
    await this.client.get('/');
  }

  @task
  async openWhatIsNotThere() {
    await this.client.get('/nowhere');
  }
}
`;
// Numbers change once a second.
const SOON = { timeout: 20_000, interval: 200 };
const OPTIONS = ['--users', '2', '--spawn-rate', 'all', '--processes', '2', '--web-port', '0'];
const WIDE = { viewport: { width: 1280, height: 900 } };

describe.skipIf(findBrowser() === undefined)('the web UI of a real run', () => {
  let browser: Browser;
  let api: SampleApiProcess;
  let script: Awaited<ReturnType<typeof writeScript>>;

  beforeAll(async () => {
    [browser, api, script] = await Promise.all([openBrowser(), startSampleApi(), writeScript(SCRIPT)]);
  });

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await script?.remove();
  });

  it('starts from the form, changes users, keeps its history over a reload, stops, and agrees with the server', async () => {
    const ui = await startUi();
    const { page, problems } = await ui.open();
    await page.getByText('or press Enter').waitFor();
    await page.getByRole('textbox', { name: 'Users' }).fill('4');
    await page.getByLabel('Spawn rate').fill('all');
    await page.keyboard.press('Enter');
    await expect.poll(() => figure(page, 'Users'), SOON).toBe('4');
    await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Change load' }).click();
    await page.getByRole('dialog').getByLabel('Users', { exact: true }).fill('8');
    await page.keyboard.press('Enter');
    await expect.poll(() => figure(page, 'Users'), SOON).toBe('8');
    await page.reload();
    await expect.poll(() => describeUsers(page), SOON).toContain('from 4 to 8');

    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'New run' }).waitFor();
    await expect.poll(() => requestsOf(page), SOON).toBe(await api.count());

    await page.getByRole('tab', { name: 'Download' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Statistics' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    await page.getByRole('tab', { name: 'Statistics' }).click();
    expect(await tableCounts(page)).toEqual(csvCounts(csv));
    expect(problems).toEqual([]);
    await ui.close();
  });

  it('says at its field what is wrong', async () => {
    const ui = await startUi();
    const { page } = await ui.open();
    await page.getByLabel('Run time').fill('soon');
    await page.getByLabel('Thresholds').fill('p95 << 300ms');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Start' }).click();
    await expect
      .poll(() => page.locator('#runTime-says').innerText(), SOON)
      .toContain('"soon" is not a duration');
    await expect.poll(() => page.locator('#thresholds-says').innerText(), SOON).toContain('p95 << 300ms');
    await ui.close();
  });

  it('shows a worker that was killed, and says so when its master is gone', async () => {
    const ui = await startUi();
    const { page } = await ui.open();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('tab', { name: 'Workers' }).click();
    await expect.poll(() => page.getByRole('cell', { name: 'running' }).count(), SOON).toBe(2);
    await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(0);
    const [worker] = await findWorkers(ui.command);
    process.kill(worker ?? 0, 'SIGKILL');
    await page.getByRole('cell', { name: /^(missing|lost)$/ }).waitFor();
    ui.command.process.kill('SIGKILL');
    await page.getByText('The connection to the master is lost.').waitFor();
    await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(0);
    await ui.close();
  });

  async function startUi(): Promise<Ui> {
    const command = startLoadts(['run', script.path, '--host', api.url, ...OPTIONS]);
    const url = await readAddress(command);
    return {
      command,
      open: () => openPage(browser, url, WIDE),
      async close() {
        for (const context of browser.contexts()) await context.close();
        command.process.kill('SIGKILL');
        await command.finished;
      },
    };
  }
});

interface Ui {
  readonly command: RunningCommand;
  open(): Promise<WatchedPage>;
  close(): Promise<void>;
}

async function describeUsers(page: Page): Promise<string | null> {
  return page.getByRole('img', { name: /^Users\./ }).getAttribute('aria-label');
}

/** Requests and failures by method and name, as the table has them. */
async function tableCounts(page: Page): Promise<Record<string, string[]>> {
  const rows = await page.getByRole('region', { name: 'Requests' }).locator('tbody tr, tfoot tr').all();
  const texts = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  return Object.fromEntries(
    texts.map(([name = '', ...counts]) => [
      name.replaceAll(/\s+/g, ' ').replace('All requests', 'Aggregated'),
      counts.slice(0, 2).map((count) => count.replaceAll(',', '')),
    ]),
  );
}

/** The same of the CSV file, whose names have no commas here. */
function csvCounts(csv: string): Record<string, string[]> {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  return Object.fromEntries(
    lines.map((line) => {
      const [method, name, requests = '', failures = ''] = line.split(',');
      return [`${method} ${name}`.trim(), [requests, failures]];
    }),
  );
}
