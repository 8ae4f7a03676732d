import { addRegressions, judgeRegression, type RunReport, type RunResult } from '@loadts/core';
import { type ConsoleReporter, pushFiles, type RunRecorder } from '@loadts/master';
import { systemClock } from '@loadts/worker';
import type { Logger } from 'pino';
import type { RunConfig } from '../config/run-config.ts';
import type { Terminal } from '../terminal.ts';
import type { RunTelemetry } from './run-telemetry.ts';
import { tellGitHub } from './tell-github.ts';

export interface FinishOptions {
  readonly config: Pick<RunConfig, 'regressions' | 'reportUrl'>;
  readonly baselines: readonly RunResult[];
  readonly recorder: RunRecorder;
  readonly reporter: ConsoleReporter;
  readonly telemetry: RunTelemetry;
  readonly terminal: Terminal;
  readonly logger: Logger;
}

/** Compares a finished run with its baselines, shows it, and writes all that is made of it. @returns the last word */
export async function finishRun(measured: RunReport, options: FinishOptions): Promise<RunReport> {
  const { config, recorder, reporter, terminal, logger } = options;
  const onProblem = (problem: string): void => logger.warn(problem);
  const report = compare(measured, options);
  reporter.finish(report);
  const files = recorder.finish(report);
  if (files.length > 0) reporter.print(`Files: ${files.join(', ')}`);
  await tellGitHub(() => recorder.resultOf(report), terminal, onProblem);
  await options.telemetry.finish(report);
  if (config.reportUrl !== undefined) {
    await pushFiles(files, { url: config.reportUrl, clock: systemClock, onProblem });
  }
  return report;
}

function compare(report: RunReport, { config, baselines, recorder }: FinishOptions): RunReport {
  const { regressions } = config;
  if (regressions.length === 0) return report;
  const result = recorder.resultOf(report);
  return addRegressions(
    report,
    regressions.map((regression) => judgeRegression(regression, result, baselines, report.seed)),
  );
}
