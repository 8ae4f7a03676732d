import { findBrowser } from './find-browser.ts';

/** Says in one line that the browser tests are skipped, or fails where they must not be. */
export function setup(): void {
  if (findBrowser() !== undefined) return;
  const text =
    'browser tests are skipped: no Chromium here (install the package chromium, or set LOADTS_CHROMIUM)';
  if (process.env['LOADTS_REQUIRE_BROWSER'] !== undefined) throw new Error(text);
  process.stderr.write(`${text}\n`);
}
