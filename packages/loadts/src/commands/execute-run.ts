import type { CommandLine } from '../config/parse-command-line.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { planSearch } from '../find/command-search.ts';
import type { FindConfig } from '../find/find-config.ts';
import { prepareSearch } from '../find/prepare-search.ts';
import { describeContents, describeTaskRatios } from '../script/describe-scenarios.ts';
import type { Terminal } from '../terminal.ts';
import { checkTarget } from './check-target.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { readBaselines } from './read-baselines.ts';
import { runHeadless } from './run-headless.ts';
import type { WorkerSource } from './worker-source.ts';

/** Runs on workers from wherever. @returns the exit code */
export async function executeRun(
  commandLine: CommandLine,
  terminal: Terminal,
  createSource: (prepared: PreparedRun) => Promise<WorkerSource>,
  find?: FindConfig,
): Promise<number> {
  const asked = await prepareRun(commandLine, terminal.env, find !== undefined);
  const prepared = find ? prepareSearch(asked, find) : asked;
  const { config, scenarios } = prepared;
  if (config.list || config.showTaskRatio) {
    const text = config.list ? describeContents(scenarios) : describeTaskRatios(scenarios);
    terminal.stdout.write(`${text}\n`);
    return exitCodeFor({});
  }
  // Without Start, nobody is there to add what is missing.
  if (config.headless || config.autostart) checkTarget(prepared);
  const baselines = await readBaselines(config);
  const source = await createSource(prepared);
  const options = { prepared, script: commandLine.argument, source, terminal, baselines };
  if (!config.headless) {
    const { serveRuns } = await import('../web/serve-runs.ts');
    return await serveRuns(options);
  }
  return await runHeadless(options, find && planSearch(find, asked.config));
}
