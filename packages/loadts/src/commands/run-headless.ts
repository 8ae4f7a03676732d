import { exitCodeFor } from '../exit-codes.ts';
import { createSearch, type SearchPlan } from '../find/command-search.ts';
import { CommandRun } from './command-run.ts';
import { RunHost, type RunHostOptions } from './run-host.ts';
import { listenToSignals } from './run-signals.ts';

/** `--headless`: one run, its report, and the end; or a search in its place. @returns the exit code */
export async function runHeadless(options: RunHostOptions, plan?: SearchPlan): Promise<number> {
  const host = new RunHost(options);
  const search = createSearch(plan, host.reporter, options.prepared.config);
  const run = new CommandRun(host, options.prepared, search);
  const ignore = listenToSignals({
    stop: (signal) => {
      if (!run.isLoading) return host.abort(signal);
      host.logger.info(`${signal}: stopping; once more to abort`);
      host.master.stop();
    },
    abort: (signal) => host.abort(signal),
  });
  for (const warning of options.prepared.warnings) host.logger.warn(warning);
  try {
    await host.openFeeders();
    await run.waitForTarget();
    await host.gatherWorkers();
    return (await run.execute()).exitCode;
  } catch (error) {
    if (host.aborted) return exitCodeFor({ signal: host.aborted });
    throw error;
  } finally {
    await host.close();
    ignore();
  }
}
