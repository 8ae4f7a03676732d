import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareResults, type LevelMeasurement, type SearchResult } from '@loadts/core';
import { comparisonHtml, createSearchFiles } from '@loadts/master';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAccessibility } from '../support/check-accessibility.ts';
import { findBrowser } from '../support/find-browser.ts';
import { openBrowser, openPage } from '../support/open-browser.ts';
import { createRichRun } from '../support/rich-run.ts';
import { HOSTILE_NAME } from '../support/rich-run-facts.ts';

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(findBrowser() === undefined)('the pages without a script in a browser', () => {
  let browser: Browser;
  let folder: string;
  const urlOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'loadts-pages-'));
    await writeFile(join(folder, 'comparison.html'), createComparison());
    for (const file of createSearchFiles({ json: undefined, html: join(folder, 'search.html') })) {
      file.write(SEARCH);
    }
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['comparison.html', 'light', 'wide', WIDE],
    ['comparison.html', 'dark', 'a phone', PHONE],
    ['search.html', 'light', 'wide', WIDE],
    ['search.html', 'dark', 'a phone', PHONE],
  ] as const)('%s is accessible and fits: %s, %s', async (name, colorScheme, _, options) => {
    const { page, problems, requests } = await openPage(browser, urlOf(name), { ...options, colorScheme });
    expect(await checkAccessibility(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
    expect({ problems, requests }).toEqual({ problems: [], requests: [] });
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(12, 14, 19)' : 'rgb(247, 248, 250)');
  });

  it('shows names as text', async () => {
    const { page } = await openPage(browser, urlOf('comparison.html'), WIDE);
    expect(await page.locator('th', { hasText: HOSTILE_NAME }).count()).toBe(1);
    expect(await page.locator('img').count()).toBe(0);
  });
});

function createComparison(): string {
  const [before, after] = [20, 30].map((seconds) => createRichRun({ seconds, entries: 8 }));
  if (!before || !after) throw new Error('there are two runs');
  const sides = {
    baselines: [{ name: 'main.json', result: before }],
    run: { name: 'new.json', result: after },
  };
  return comparisonHtml(compareResults({ ...after, peakUsers: 500 }, [before]), sides);
}

const SEARCH: SearchResult = {
  format: 'loadts-search',
  version: 1,
  script: 'load-tests/a-script-with-a-rather-long-name-that-has-to-break-somewhere.ts',
  host: 'http://127.0.0.1:8000',
  startedAt: '2026-11-21T14:03:22.518Z',
  by: 'users',
  objectives: ['p95 < 300ms', 'errors < 1%'],
  from: 2,
  to: 200,
  end: 'found',
  ceiling: 16,
  failsAt: 32,
  knee: 8,
  levels: [2, 4, 8, 16, 32].map(measure),
  overloads: [],
};

function measure(level: number): LevelMeasurement {
  const isHeld = level < 32;
  return {
    level,
    outcome: isHeld ? 'held' : 'missed',
    reason: isHeld ? undefined : 'p95 was 400 ms instead of < 300ms',
    isClear: false,
    seconds: 10,
    requestsPerSecond: Math.min(160, 20 * level),
    errors: 0,
    p50Ms: 12 * level,
    p95Ms: 12.5 * level,
    p99Ms: 13 * level,
  };
}
