import type { RunReport, SearchResult } from '@loadts/core';
import {
  type ConsoleReporter,
  createSearchFiles,
  formatLevel,
  type LiveState,
  type LoadSource,
  type Master,
  type ReportFile,
  type RunObserver,
  type RunRecorder,
} from '@loadts/master';
import type { RunConfig } from '../config/run-config.ts';
import { exitCodeFor } from '../exit-codes.ts';
import type { FindConfig } from './find-config.ts';
import { SearchRun } from './search-run.ts';

export interface SearchPlan {
  readonly config: FindConfig;
  /** What `--json` and `--html` ask for. */
  readonly files: readonly ReportFile<SearchResult>[];
}

interface CommandSearchOptions extends SearchPlan {
  readonly reporter: ConsoleReporter;
  readonly allowOverload: boolean;
}

/** @throws LoadtsError `FILE_NOT_WRITABLE` */
export function planSearch(config: FindConfig, paths: Pick<RunConfig, 'json' | 'html'>): SearchPlan {
  return { config, files: createSearchFiles(paths) };
}

/** Undefined where nothing is searched for. */
export function createSearch(
  plan: SearchPlan | undefined,
  reporter: ConsoleReporter,
  { allowOverload }: Pick<RunConfig, 'allowOverload'>,
): CommandSearch | undefined {
  return plan && new CommandSearch({ ...plan, reporter, allowOverload });
}

/** The search of `loadts find`: what the run of a command is told, and what becomes of its end. */
export class CommandSearch {
  readonly #options: CommandSearchOptions;
  readonly #search: SearchRun;

  constructor(options: CommandSearchOptions) {
    const { config, reporter, allowOverload } = options;
    this.#options = options;
    this.#search = new SearchRun({
      config,
      allowOverload,
      nowMs: () => performance.now(),
      onMeasured: (measurement) => reporter.print(formatLevel(measurement, config.by)),
      onRepeat: (reason) => reporter.print(`measured in vain, so once more: ${reason}`),
    });
  }

  get load(): LoadSource {
    return this.#search.load;
  }

  /** About once a second: shows what the search is doing. */
  update({ elapsedSeconds, state }: LiveState): void {
    const { config, reporter } = this.#options;
    const { by, from } = config;
    const { progress, isOver } = this.#search;
    reporter.updateSearch({ by, from, elapsedSeconds, isStopping: isOver || state === 'stopping', progress });
  }

  /** @param observer who else is told of the run */
  steer(observer: RunObserver, master: Master): RunObserver {
    return this.#search.steer({
      observer,
      changeRate: (rate) => master.control?.changeRate({ rate }),
      stop: () => master.stop(),
    });
  }

  /** @returns the exit code: 1 where not even the lowest load holds, 3 where loadts itself was the limit */
  finish(report: RunReport, recorder: RunRecorder): number {
    const { reporter, files: own } = this.#options;
    const { script, host, coverage } = report;
    const result = this.#search.result({ script, host });
    reporter.finishSearch(result);
    for (const file of own) file.write(result);
    const files = [...recorder.finish(report), ...own.map(({ path }) => path)];
    if (files.length > 0) reporter.print(`Files: ${files.join(', ')}`);
    if (result.end === 'generator') return exitCodeFor({ verdict: 'invalid' });
    if (result.ceiling === null) return exitCodeFor({ verdict: 'fail' });
    return exitCodeFor({ verdict: coverage.gaps.length > 0 ? 'incomplete' : 'pass' });
  }
}
