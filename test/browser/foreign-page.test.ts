import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/find-browser.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';
import { startWebUi, type WebUi } from '../support/web-ui.ts';

describe.skipIf(findBrowser() === undefined)('a page of another site', () => {
  let browser: Browser;
  let ui: WebUi;
  let site: Server;
  let page: Page;

  beforeEach(async () => {
    browser = await openBrowser();
    // Nobody answers there: a run that was started would show.
    ui = await startWebUi(['run', 'first-test.ts', '--processes', '1', '-H', 'http://127.0.0.1:1']);
    site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>');
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    ({ page } = await openPage(browser, `http://localhost:${(site.address() as AddressInfo).port}/`));
  });

  afterEach(async () => {
    await browser?.close();
    site?.close();
    ui?.command.process.kill('SIGKILL');
    await ui?.command.finished;
  });

  it('can start nothing, neither with a form nor with a script', async () => {
    const start = `${ui.url}/api/v1/run/start`;
    const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'];
    for (const mode of ['cors', 'no-cors']) {
      for (const type of types) {
        await page.evaluate(
          ([url, how, contentType]) =>
            fetch(url as string, {
              method: 'POST',
              mode: how as RequestMode,
              headers: { 'content-type': contentType as string },
              body: '{"users":1}',
            }).catch(() => undefined),
          [start, mode, type],
        );
      }
    }
    for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      await page.setContent(
        `<form method="post" target="out" action="${start}" enctype="${enctype}">
          <input name='{"users":1,"x":"' value='"}'></form><iframe name="out"></iframe>`,
      );
      const answered = page.waitForResponse(start);
      await page.locator('form').evaluate((form) => (form as unknown as { submit(): void }).submit());
      expect([403, 415]).toContain((await answered).status());
    }
    expect(await ui.state()).toMatchObject({ phase: 'ready', run: null });
  });

  it('can read nothing, listen to nothing, and show nothing of it in a frame', async () => {
    const read = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'read',
          () => 'refused',
        ),
      `${ui.url}/api/v1/state`,
    );
    const listened = await page.evaluate(
      `new Promise((resolve) => {
        const source = new EventSource('${ui.url}/api/v1/events');
        source.addEventListener('state', () => resolve('listened'));
        source.onerror = () => resolve('refused');
      })`,
    );
    await page.setContent(`<iframe src="${ui.url}/"></iframe>`);
    await page.waitForLoadState('networkidle');
    const frames = page.frames().map((frame) => frame.url());
    expect([read, listened]).toEqual(['refused', 'refused']);
    expect(frames).not.toContain(`${ui.url}/`);
  });
});
