import { statSync } from 'node:fs';
import { LoadtsError } from '@loadts/core';
import {
  ConsoleReporter,
  type CreateRecorder,
  findNewestRun,
  mergeRuns,
  RunRecorder,
  replayRun,
} from '@loadts/master';
import { environmentLayer } from '../config/environment-layer.ts';
import { ALL_OPTIONS } from '../config/network-options.ts';
import { longFlag } from '../config/option.ts';
import type { CommandLine } from '../config/parse-command-line.ts';
import { configError } from '../config/problem.ts';
import { REPORT_OPTIONS, type ReportConfig } from '../config/report-options.ts';
import { resolveOptions } from '../config/resolve-options.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { type Terminal, wantsColor } from '../terminal.ts';
import { openCsvFiles, openReportFiles } from './open-files.ts';

/** `loadts report`: the reports of a run again, from what it recorded. @returns the exit code that the run had */
export async function reportCommand(
  commandLine: CommandLine,
  { stdout, stderr, env }: Terminal,
): Promise<number> {
  const config = resolveReportConfig(commandLine, env);
  const paths = [commandLine.argument, ...(commandLine.further ?? [])].map(findRunFile);
  if (paths.length > 1 && !config.merge) {
    throw new LoadtsError('CONFIG_INVALID', `${paths.length} run files make as many reports`, {
      hint: 'add --merge to make one of them, or give one',
    });
  }
  const onProblem = (problem: string): void => void stderr.write(`${problem}\n`);
  const createRecorder: CreateRecorder = (facts) =>
    new RunRecorder({
      facts,
      csv: openCsvFiles(config, onProblem),
      journal: undefined,
      files: openReportFiles(config),
      onProblem,
    });
  const [first] = paths as [string];
  const { recorder, report } =
    paths.length > 1 ? mergeRuns(paths, createRecorder) : replayRun(first, createRecorder);
  const reporter = new ConsoleReporter({
    stream: stdout,
    color: wantsColor(stdout, env),
    progress: false,
    onlySummary: true,
  });
  reporter.finish(report);
  const files = recorder.finish(report);
  if (files.length > 0) reporter.print(`Files: ${files.join(', ')}`);
  const { exitCodeOnError, allowIncomplete } = config;
  return exitCodeFor({
    verdict: report.verdict.kind,
    ...(report.thresholds.length > 0 ? undefined : { exitCodeOnError }),
    allowIncomplete,
  });
}

function resolveReportConfig(commandLine: CommandLine, env: Terminal['env']): ReportConfig {
  const layers = [{ ...commandLine, locate: longFlag }, environmentLayer(env, ALL_OPTIONS)];
  const { values, problems } = resolveOptions(REPORT_OPTIONS, layers);
  if (problems.length > 0) throw configError(problems);
  return values;
}

/** The file itself, or the newest of a folder. */
function findRunFile(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const newest = findNewestRun(path);
  if (newest !== undefined) return newest;
  throw new LoadtsError('RUN_FILE_INVALID', `there is no run file in ${path}`, {
    hint: 'loadts run records runs there, unless --run-file says where',
  });
}
