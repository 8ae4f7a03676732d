import type { Page } from 'playwright-core';
import type { RunningCommand } from './loadts.ts';

/** Where the command says that its web UI is. */
export function readAddress({ process: child, finished }: RunningCommand): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const look = (part: string): void => {
      text += part;
      const [, url] = /Web UI: (http\S+)\n/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void finished.then(({ stderr }) => reject(new Error(stderr)));
  });
}

/** A key figure as the page shows it. */
export function figure(page: Page, name: string): Promise<string> {
  return page.locator('.key-figure').filter({ hasText: name }).first().locator('dd').first().innerText();
}

/** All requests of the run so far. */
export async function requestsOf(page: Page): Promise<number> {
  const says = await page.locator('.key-figure').nth(1).locator('.key-says').innerText();
  return Number(says.replaceAll(/\D/g, ''));
}
