import { allowedCores } from '../config/allowed-cores.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import type { FindConfig } from '../find/find-config.ts';
import { WorkerCrew } from '../local-workers/worker-crew.ts';
import type { Terminal } from '../terminal.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { WorkerSource } from './worker-source.ts';

/** `loadts run`: a master and workers on this machine, from the script to the verdict. These load while the master does. @returns the exit code */
export async function runLocally(
  commandLine: CommandLine,
  terminal: Terminal,
  find?: FindConfig,
): Promise<number> {
  const crew = new WorkerCrew(guessProcesses(commandLine, terminal.env));
  try {
    const [{ executeRun }, { LocalWorkerSource }] = await Promise.all([
      import('./execute-run.ts'),
      import('../local-workers/local-worker-source.ts'),
    ]);
    const createSource = ({ config }: PreparedRun): Promise<WorkerSource> =>
      Promise.resolve(new LocalWorkerSource(config, crew));
    return await executeRun(commandLine, terminal, createSource, find);
  } finally {
    crew.dismiss();
  }
}

/** Before the configuration is read: most do not say, and mean one for each core. */
function guessProcesses({ values, problems }: CommandLine, env: Terminal['env']): number {
  if (problems.length > 0 || values['list'] === true || values['showTaskRatio'] === true) return 0;
  const asked = Number(values['processes'] ?? env['LOADTS_PROCESSES']);
  return Number.isInteger(asked) && asked > 0 ? asked : allowedCores();
}
