import { findBrowser, NO_BROWSER } from './find-browser.ts';

/** Says in one line that the browser tests are skipped. Where they must not be, they fail by themselves. */
export function setup(): void {
  if (process.env['LOADTS_REQUIRE_BROWSER'] === undefined && findBrowser() === undefined) {
    process.stderr.write(`browser tests are skipped, ${NO_BROWSER}\n`);
  }
}
