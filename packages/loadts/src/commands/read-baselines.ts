import { readFile } from 'node:fs/promises';
import { LoadtsError, type RunResult } from '@loadts/core';
import { readResult } from '@loadts/protocol';
import type { RunConfig } from '../config/run-config.ts';

/**
 * Reads the earlier runs that this one is compared with.
 * @throws LoadtsError `CONFIG_INVALID` or `RESULT_INVALID`
 */
export async function readBaselines({
  baselines,
  regressions,
}: Pick<RunConfig, 'baselines' | 'regressions'>): Promise<RunResult[]> {
  if (baselines.length > 0 && regressions.length === 0) {
    throw new LoadtsError('CONFIG_INVALID', '--baseline has nothing to compare', {
      hint: "add --regress with what may not get worse, such as 'p95 < max(1.10x, +20ms)'",
    });
  }
  if (regressions.length > 0 && baselines.length === 0) {
    throw new LoadtsError('CONFIG_INVALID', '--regress has nothing to compare with', {
      hint: 'add --baseline with a file that an earlier run wrote with --json',
    });
  }
  return await Promise.all(baselines.map(readResultFile));
}

/** @throws LoadtsError `RESULT_INVALID` */
export async function readResultFile(path: string): Promise<RunResult> {
  return readResult(await readText(path), path);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): LoadtsError {
  const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(cause);
  return new LoadtsError('RESULT_INVALID', `cannot read ${path}: ${reason}`, {
    hint: 'give a file that loadts run --json wrote',
    cause,
  });
}
