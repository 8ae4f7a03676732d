// What a second of a run costs the page of the web UI: 50 entries of which all change, an hour of history.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { createPageData } from './page-data.mjs';
import { formatSpread } from './table.mjs';

const ENTRIES = 50;
const HOUR = 3_600;
const SECONDS = 40;
const ADDRESS = 'http://127.0.0.1:1/';
const BROWSER = process.env.LOADTS_CHROMIUM ?? '/usr/bin/chromium';
const FOLDER = new URL('../packages/web/dist/assets/ui/', import.meta.url);
const COSTS = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

if (!existsSync(BROWSER)) {
  console.log('no Chromium here: the page of the web UI is not measured (LOADTS_CHROMIUM says where it is)');
  process.exit(0);
}
const data = createPageData(ENTRIES);
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] });
try {
  console.log(
    `The page, ${ENTRIES} entries, ${HOUR / 60} minutes of history, Chromium ${browser.version()}\n`,
  );
  console.log('| tab | script, style and layout for a second, ms | longest |');
  console.log('|---|---|---|');
  for (const tab of ['statistics', 'charts', 'workers']) {
    const costs = await measure(tab);
    console.log(`| ${tab} | ${formatSpread(costs, 1)} | ${Math.max(...costs).toFixed(1)}, target below 16 |`);
  }
} finally {
  await browser.close();
}

/**
 * Milliseconds of the page's thread for each second.
 * @param {string} tab
 */
async function measure(tab) {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, reducedMotion: 'reduce' });
  // Nothing listens there: all that the page asks for is answered here.
  await page.route('**/*', (route) => answer(route));
  await page.addInitScript(holdEvents);
  await page.goto(`${ADDRESS}#${tab}`);
  await send(page, 'state', data.state);
  await page.locator('#panel').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const costs = [];
  for (let second = HOUR; second < HOUR + SECONDS; second++) {
    const before = await readCost(devtools);
    await send(page, 'second', data.second(second));
    costs.push((await readCost(devtools)) - before);
    // What is out of sight follows later.
    await page.waitForTimeout(500);
  }
  await page.close();
  // The first ones compile the code.
  return costs.slice(SECONDS / 4);
}

/** @param {import('playwright-core').Route} route */
async function answer(route) {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/api/v1/state') return route.fulfill({ json: data.state });
  if (pathname === '/api/v1/run/history') return route.fulfill({ json: data.history(HOUR) });
  if (pathname === '/api/v1/log') return route.fulfill({ json: [] });
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
  const extension = /** @type {keyof typeof type} */ (name.split('.').at(-1));
  return route.fulfill({ contentType: type[extension], body: await readFile(new URL(name, FOLDER)) });
}

/** In the page: events come from the benchmark, and not from a connection. */
function holdEvents() {
  globalThis.EventSource = /** @type {any} */ (
    class extends EventTarget {
      constructor() {
        super();
        Object.assign(globalThis, { events: this });
        setTimeout(() => this.onopen());
      }

      onopen() {}

      close() {}
    }
  );
}

/**
 * Until it is on the screen.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {object} content
 */
async function send(page, name, content) {
  await page.waitForFunction('globalThis.events !== undefined');
  const text = JSON.stringify(JSON.stringify(content));
  await page.evaluate(`new Promise((resolve) => {
    events.dispatchEvent(new MessageEvent(${JSON.stringify(name)}, { data: ${text} }));
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  })`);
}

/** @param {import('playwright-core').CDPSession} devtools */
async function readCost(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const costs = metrics.filter(({ name }) => COSTS.includes(name));
  return 1_000 * costs.reduce((sum, { value }) => sum + value, 0);
}
