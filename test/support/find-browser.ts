import { existsSync } from 'node:fs';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is on this machine: `LOADTS_CHROMIUM`, or where distributions put it. */
export function findBrowser(): string | undefined {
  return [process.env['LOADTS_CHROMIUM'], ...PATHS].find((path) => path !== undefined && existsSync(path));
}
