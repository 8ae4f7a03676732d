import { appendFile } from 'node:fs/promises';
import type { RunResult } from '@loadts/core';
import { formatAnnotations, formatStepSummary } from '@loadts/master';
import type { Terminal } from '../terminal.ts';

/**
 * On GitHub Actions, puts the result on the page of the build, and what failed beside it. A file that cannot be
 * written is a warning: the run counts all the same.
 */
export async function tellGitHub(
  result: () => RunResult,
  { stdout, env }: Terminal,
  warn: (problem: string) => void,
): Promise<void> {
  const path = env['GITHUB_STEP_SUMMARY'];
  const isAction = env['GITHUB_ACTIONS'] === 'true';
  if (!path && !isAction) return;
  const told = result();
  if (isAction) for (const line of formatAnnotations(told)) stdout.write(`${line}\n`);
  if (!path) return;
  try {
    await appendFile(path, formatStepSummary(told));
  } catch (error) {
    warn(`cannot write the summary of the build: ${error instanceof Error ? error.message : String(error)}`);
  }
}
