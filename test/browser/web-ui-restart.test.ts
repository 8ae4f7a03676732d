import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/find-browser.ts';
import { type RunningCommand, runLoadts, startLoadts, writeScript } from '../support/loadts.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';
import { type SampleApiProcess, startSampleApi } from '../support/sample-api-process.ts';
import { figure, readAddress, requestsOf } from '../support/ui-page.ts';

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.1);

  @task
  async openHome() {
    await this.client.get('/');
  }
}
`;
// Numbers change once a second, and the page waits up to ten before it tries again.
const SOON = { timeout: 30_000, interval: 200 };
const WIDE = { viewport: { width: 1280, height: 900 } };
const LOST = 'The connection to the master is lost.';

describe.skipIf(findBrowser() === undefined)(
  'the web UI of a master that is killed and started again',
  () => {
    let browser: Browser;
    let api: SampleApiProcess;
    let script: Awaited<ReturnType<typeof writeScript>>;
    const commands: RunningCommand[] = [];

    beforeAll(async () => {
      [browser, api, script] = await Promise.all([openBrowser(), startSampleApi(), writeScript(SCRIPT)]);
    });

    afterAll(async () => {
      for (const { process } of commands) process.kill('SIGKILL');
      await browser?.close();
      await api?.close();
      await script?.remove();
    });

    it('says so, shows nothing old as live, comes back by itself, and shows the new one', async () => {
      const first = start('0', '--users', '3');
      const url = await readAddress(first);
      const { page } = await openPage(browser, url, WIDE);
      await page.getByRole('button', { name: 'Start' }).click();
      await expect.poll(() => figure(page, 'Users'), SOON).toBe('3');
      await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(20);

      await kill(first);
      await page.getByText(LOST).waitFor();
      await page.getByText('The numbers are old: those of 0:').waitFor();
      await expect(phaseOf(page)).resolves.toBe('No connection');
      await expect(page.title()).resolves.toMatch(/^no connection: /);
      await expect(page.getByRole('button', { name: /^(Stop|Pause|Change load)$/ }).count()).resolves.toBe(0);
      const served = await api.count();

      const second = start(new URL(url).port, '--users', '5');
      await readAddress(second);
      await page.getByText('The master was started anew.').waitFor(SOON);
      await expect.poll(() => page.getByText(LOST).count(), SOON).toBe(0);
      await page.getByText('or press Enter').waitFor();
      await expect(phaseOf(page)).resolves.toBe('Ready');
      await expect(page.getByRole('textbox', { name: 'Users' }).inputValue()).resolves.toBe('5');
      await expect(page.locator('.key-figure').count()).resolves.toBe(0);

      await page.getByRole('button', { name: 'Start' }).click();
      await expect.poll(() => figure(page, 'Users'), SOON).toBe('5');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'New run' }).waitFor();
      // Nothing of the run before, which would be more than the target served since.
      await expect.poll(() => requestsOf(page), SOON).toBe((await api.count()) - served);
      await expect(usersSince(page)).resolves.toMatch(/to 5\b/);
      await kill(second);
    });

    it('names the run file of the run that was lost, and that file gives its report', async () => {
      const first = start('0', '--users', '2');
      const url = await readAddress(first);
      const { page } = await openPage(browser, url, WIDE);
      await page.getByRole('button', { name: 'Start' }).click();
      await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(20);
      await kill(first);
      await page.getByText(LOST).waitFor();
      const second = start(new URL(url).port);
      const hint = await page.getByText('loadts report .loadts/runs/').innerText();
      const [id = ''] = (await readdir(join(script.folder, '.loadts', 'runs'))).sort().slice(-1);
      expect(hint).toContain(`.loadts/runs/${id} `);
      const made = await runLoadts(['report', join('.loadts', 'runs', id)], { cwd: script.folder });
      expect(made.stdout).toContain('GET');
      await kill(second);
    });

    it('takes a master that hangs for a lost one', async () => {
      const command = start('0', '--users', '1');
      const { page } = await openPage(browser, await readAddress(command), WIDE);
      await page.getByRole('button', { name: 'Start' }).click();
      await expect.poll(() => requestsOf(page), SOON).toBeGreaterThan(5);
      command.process.kill('SIGSTOP');
      await page.getByText(LOST).waitFor();
      command.process.kill('SIGCONT');
      await expect.poll(() => page.getByText(LOST).count(), SOON).toBe(0);
      await kill(command);
    });

    function start(port: string, ...more: readonly string[]): RunningCommand {
      const load = ['--spawn-rate', 'all', '--processes', '1', '--web-port', port, ...more];
      const command = startLoadts(['run', script.path, '--host', api.url, ...load], {
        cwd: script.folder,
        env: { LOADTS_NO_RUN_FILE: 'false' },
      });
      commands.push(command);
      return command;
    }
  },
);

async function kill({ process: child, finished }: RunningCommand): Promise<void> {
  child.kill('SIGKILL');
  await finished;
}

function phaseOf(page: Page): Promise<string> {
  return page.locator('.phase').innerText();
}

function usersSince(page: Page): Promise<string | null> {
  return page.getByRole('img', { name: /^Users\./ }).getAttribute('aria-label');
}
