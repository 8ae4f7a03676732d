import { join } from 'node:path';
import { checkWritable, Journal, prepareRunFolder } from '@loadts/master';
import type { RunConfig } from '../config/run-config.ts';

/** Where runs are recorded that were told nothing else. */
const RUN_FOLDER = join('.loadts', 'runs');

/**
 * The file that records a run; none where it is not wanted, or where nobody asked for it and the folder of all runs
 * cannot be written, which is a problem but no obstacle.
 * @throws LoadtsError `FILE_NOT_WRITABLE` for a file that was asked for
 */
export function openJournal(
  { runFile, noRunFile }: Pick<RunConfig, 'runFile' | 'noRunFile'>,
  runId: string,
  onProblem: (problem: string) => void,
): Journal | undefined {
  if (runFile !== undefined) {
    checkWritable(runFile, '--run-file');
    return new Journal({ path: runFile, onProblem });
  }
  if (noRunFile) return undefined;
  try {
    return new Journal({ path: prepareRunFolder(RUN_FOLDER, runId), onProblem });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onProblem(`there will be no run file: ${reason}; give --run-file a place, or --no-run-file`);
    return undefined;
  }
}
