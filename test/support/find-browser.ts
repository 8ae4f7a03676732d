import { existsSync } from 'node:fs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What is to be done without one. */
export const NO_BROWSER =
  'no Chromium here: install the package chromium, or set LOADTS_CHROMIUM to where it is';

/**
 * Where Chromium is on this machine: `LOADTS_CHROMIUM`, or where distributions put it.
 * @throws Error where there is none and `LOADTS_REQUIRE_BROWSER` is set
 */
export function findBrowser(): string | undefined {
  const found = [process.env['LOADTS_CHROMIUM'], ...PATHS].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined && process.env['LOADTS_REQUIRE_BROWSER'] !== undefined) throw new Error(NO_BROWSER);
  return found;
}
