import { existsSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const RUNS_KEPT = 20;
/** A run's id: nothing else is ever deleted. */
const RUN_ID = /^\d{8}-\d{6}-[0-9a-f]{6}$/;

/**
 * Makes the folder of run files, makes room for one more, and keeps the folder out of version control.
 * @returns the path for this run's file. @throws Error where the folder cannot be written
 */
export function prepareRunFolder(folder: string, runId: string): string {
  mkdirSync(folder, { recursive: true });
  const ignore = join(dirname(folder), '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  const runs = readdirSync(folder).filter((name) => RUN_ID.test(name));
  for (const name of runs.sort().slice(0, Math.max(0, runs.length - RUNS_KEPT + 1))) {
    removeQuietly(join(folder, name));
  }
  return join(folder, runId);
}

/** The run file of a folder that was begun last. */
export function findNewestRun(folder: string): string | undefined {
  const newest = readdirSync(folder)
    .filter((name) => RUN_ID.test(name))
    .sort()
    .at(-1);
  return newest === undefined ? undefined : join(folder, newest);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Another run has done so, or may.
  }
}
