import { randomInt } from 'node:crypto';
import { type RunReport, sharedHost } from '@loadts/core';
import {
  callReportListeners,
  type Journal,
  type LiveState,
  observeBoth,
  type RunObserver,
  RunRecorder,
  type RunRecorderOptions,
} from '@loadts/master';
import { systemClock } from '@loadts/worker';
import { exitCodeFor } from '../exit-codes.ts';
import type { CommandSearch } from '../find/command-search.ts';
import type { ChosenScenario } from '../script/chosen-scenario.ts';
import { createLoad } from './create-load.ts';
import { createLifecycle, createRunSettings, type RunIdentity } from './create-run-settings.ts';
import { describeRun } from './describe-run.ts';
import { finishRun } from './finish-run.ts';
import { openCsvFiles, openReportFiles } from './open-files.ts';
import { openJournal } from './open-journal.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunHost } from './run-host.ts';
import { RunTelemetry } from './run-telemetry.ts';
import { resolveWaitFor, waitForTarget } from './wait-for-target.ts';

/** Who else wants to know how the run goes. */
export interface RunWatcher {
  readonly observer: RunObserver;
  /** About once a second. */
  update(live: LiveState): void;
}

/** A run that is over. */
export interface FinishedRun {
  readonly report: RunReport;
  readonly exitCode: number;
}

const MAX_SEED = 2 ** 31;

/** One run on a host, from its files to its verdict. */
export class CommandRun {
  readonly recorder: RunRecorder;
  readonly #host: RunHost;
  readonly #prepared: PreparedRun;
  readonly #identity: RunIdentity;
  readonly #facts: RunRecorderOptions['facts'];
  readonly #journal: Journal | undefined;
  readonly #telemetry: RunTelemetry;
  /** Where the load is searched for. */
  readonly #search: CommandSearch | undefined;
  #isLoading = false;

  /** @throws LoadtsError where one of its files cannot be written */
  constructor(host: RunHost, prepared: PreparedRun, search?: CommandSearch) {
    const { config } = prepared;
    const onProblem = (problem: string): void => host.logger.error(problem);
    this.#host = host;
    this.#search = search;
    this.#prepared = prepared;
    this.#identity = { script: host.options.script, seed: config.seed ?? randomInt(MAX_SEED) };
    this.#facts = describeRun(prepared, this.#identity);
    this.#journal = openJournal(config, this.#facts.id, onProblem);
    this.recorder = new RunRecorder({
      facts: this.#facts,
      csv: openCsvFiles(config, onProblem),
      journal: this.#journal,
      files: openReportFiles(config),
      onProblem,
    });
    this.#telemetry = new RunTelemetry(config.otlp, this.#facts, (problem) => host.logger.warn(problem));
  }

  get facts(): RunRecorderOptions['facts'] {
    return this.#facts;
  }

  /** Where the run is recorded, if anywhere. */
  get runFile(): string | undefined {
    return this.#journal?.path;
  }

  /** Whether the load has begun, so that the run can be stopped in order. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Polls what `--wait-for` names until it is ready. @throws LoadtsError `TARGET_NOT_READY` */
  async waitForTarget(): Promise<void> {
    const { config, classes } = this.#prepared;
    const { logger, starting } = this.#host;
    const url = resolveWaitFor(config, config.host ?? sharedHost(classes));
    if (url === undefined) return;
    const { waitForMatch: match, waitForTimeoutMs: timeoutMs, insecure } = config;
    const onAnswer = (answer: string): void => logger.info(`waiting for ${url}: ${answer}`);
    try {
      await waitForTarget({ url, match, timeoutMs, insecure, onAnswer }, starting);
    } catch (error) {
      this.recorder.close();
      throw error;
    }
    logger.info(`${url} is ready`);
  }

  /** Setup, load, teardown, reports. */
  async execute(watcher?: RunWatcher): Promise<FinishedRun> {
    try {
      return await this.#execute(watcher);
    } finally {
      this.recorder.close();
    }
  }

  async #execute(watcher: RunWatcher | undefined): Promise<FinishedRun> {
    const { reporter, logger, options } = this.#host;
    const measured = await this.#runLoad(watcher);
    if (this.#search) return { report: measured, exitCode: this.#search.finish(measured, this.recorder) };
    const report = await finishRun(measured, {
      ...options,
      telemetry: this.#telemetry,
      config: this.#prepared.config,
      recorder: this.recorder,
      reporter,
      logger,
    });
    return { report, exitCode: this.#exitCode(report, await this.#tellListeners(report)) };
  }

  async #runLoad(watcher: RunWatcher | undefined): Promise<RunReport> {
    const { scenarios } = this.#prepared;
    const { master, reporter, feeders, starting, abortion, options } = this.#host;
    this.#warnOfIgnoredOptions();
    const lifecycle = createLifecycle(this.#prepared, { ...this.#identity, workers: options.source.count });
    const data = await lifecycle.setup(starting);
    const settings = createRunSettings(this.#prepared, this.#identity, data);
    this.#announce();
    this.#isLoading = true;
    const observer = watcher ? observeBoth(this.recorder, watcher.observer) : this.recorder;
    // A search decides over the load alone.
    const stopListening = this.#search ? () => {} : this.#host.listenToKeys();
    const report = master.run({
      settings,
      feeders,
      afterDrain: () => lifecycle.teardown(abortion),
      createLoad: (context, index) =>
        this.#search?.load ?? createLoad(this.#prepared, scenarios[index] as ChosenScenario, context),
      observer: this.#search?.steer(observer, master) ?? observer,
      onUpdate: (state) => {
        if (this.#search) this.#search.update(state);
        else reporter.update(state);
        this.#telemetry.update(state);
        watcher?.update(state);
      },
    });
    return await report.finally(stopListening);
  }

  #announce(): void {
    const { argsText } = this.#prepared;
    const { script, seed } = this.#identity;
    const { count } = this.#host.options.source;
    const workers = count === 1 ? '1 worker' : `${count} workers`;
    this.#host.logger.info(
      `starting ${script} on ${workers}, seed ${seed}${argsText === '' ? '' : `, ${argsText}`}`,
    );
  }

  #warnOfIgnoredOptions(): void {
    const { scenarios, given } = this.#prepared;
    const [{ shape } = {}] = scenarios;
    const ignored = (['users', 'spawnRate'] as const).filter((option) => given.has(option));
    if (!shape || shape.takesOptions || ignored.length === 0) return;
    this.#host.logger.warn(`${shape.name} decides over the users: ${ignored.join(' and ')} are ignored`);
  }

  /** @returns whether one of them failed */
  async #tellListeners(report: RunReport): Promise<boolean> {
    const { events } = this.#prepared;
    const { abortion: signal, logger } = this.#host;
    if (signal.aborted) return false;
    const problems = await callReportListeners({ events, report, clock: systemClock, signal });
    for (const problem of problems) logger.error(problem);
    return problems.length > 0;
  }

  #exitCode(report: RunReport, listenerFailed: boolean): number {
    const { exitCodeOnError, allowIncomplete } = this.#prepared.config;
    const hasThresholds = report.thresholds.length > 0;
    return exitCodeFor({
      signal: this.#host.aborted,
      listenerFailed,
      verdict: report.verdict.kind,
      ...(hasThresholds ? undefined : { exitCodeOnError }),
      allowIncomplete,
    });
  }
}
