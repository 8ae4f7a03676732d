import { randomInt } from 'node:crypto';
import { dirname } from 'node:path';
import { LoadtsError, type RunReport, type RunResult, sharedHost } from '@loadts/core';
import {
  ConsoleReporter,
  callReportListeners,
  Master,
  type OpenFeeder,
  openFeeders,
  RunRecorder,
} from '@loadts/master';
import { systemClock } from '@loadts/worker';
import type { Logger } from 'pino';
import type { CommandLine } from '../config/parse-command-line.ts';
import { exitCodeFor } from '../exit-codes.ts';
import { type CommandSearch, createSearch, planSearch, type SearchPlan } from '../find/command-search.ts';
import type { FindConfig } from '../find/find-config.ts';
import { prepareSearch } from '../find/prepare-search.ts';
import { isForeground } from '../is-foreground.ts';
import { LocalWorkerSource } from '../local-workers/local-worker-source.ts';
import { createLogger } from '../logging/create-logger.ts';
import type { ChosenScenario } from '../script/chosen-scenario.ts';
import { describeContents, describeTaskRatios } from '../script/describe-scenarios.ts';
import { requireHost } from '../script/script-contents.ts';
import { type KeyInput, type Terminal, wantsColor } from '../terminal.ts';
import { createLoad } from './create-load.ts';
import { createLifecycle, createRunSettings, type RunIdentity } from './create-run-settings.ts';
import { describeRun } from './describe-run.ts';
import { finishRun } from './finish-run.ts';
import { openCsvFiles, openReportFiles } from './open-files.ts';
import { openJournal } from './open-journal.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { readBaselines } from './read-baselines.ts';
import { describeKeys, listenToKeys, takesKeys } from './run-keys.ts';
import { listenToSignals, type StopSignal } from './run-signals.ts';
import { RunTelemetry } from './run-telemetry.ts';
import { resolveWaitFor, waitForTarget } from './wait-for-target.ts';
import type { WorkerSource } from './worker-source.ts';

const MAX_SEED = 2 ** 31;

/** `loadts run`: a master and its local workers, from the script to the verdict. @returns the exit code */
export function runCommand(commandLine: CommandLine, terminal: Terminal): Promise<number> {
  return executeRun(commandLine, terminal, ({ config }) => Promise.resolve(new LocalWorkerSource(config)));
}

/** A run on workers from wherever. @returns the exit code */
export async function executeRun(
  commandLine: CommandLine,
  terminal: Terminal,
  createSource: (prepared: PreparedRun) => Promise<WorkerSource>,
  find?: FindConfig,
): Promise<number> {
  const asked = await prepareRun(commandLine, terminal.env, find !== undefined);
  const prepared = find ? prepareSearch(asked, find) : asked;
  const { config, classes, scenarios } = prepared;
  if (config.list || config.showTaskRatio) {
    const text = config.list ? describeContents(scenarios) : describeTaskRatios(scenarios);
    terminal.stdout.write(`${text}\n`);
    return exitCodeFor({});
  }
  requireHost(classes, config.host);
  resolveWaitFor(config, config.host ?? sharedHost(classes));
  if (!config.headless) {
    throw new LoadtsError('CONFIG_INVALID', 'the web UI is not part of this version yet', {
      hint: 'add --headless to run in the terminal',
    });
  }
  const baselines = await readBaselines(config);
  const source = await createSource(prepared);
  const search = find && planSearch(find, asked.config);
  const script = commandLine.argument;
  return new CommandRun({ prepared, script, source, terminal, baselines, search }).execute();
}

interface CommandRunOptions {
  readonly prepared: PreparedRun;
  readonly script: string;
  readonly source: WorkerSource;
  readonly terminal: Terminal;
  readonly search: SearchPlan | undefined;
  readonly baselines: readonly RunResult[];
}

/** The master, the workers, the reporter and the signals of one run. */
class CommandRun {
  readonly #options: CommandRunOptions;
  readonly #prepared: PreparedRun;
  readonly #identity: RunIdentity;
  readonly #reporter: ConsoleReporter;
  readonly #logger: Logger;
  readonly #master: Master;
  readonly #starting = new AbortController();
  /** Aborts with the second signal, in contrast to a worker that is lost. */
  readonly #abortion = new AbortController();
  readonly #recorder: RunRecorder;
  readonly #telemetry: RunTelemetry;
  readonly #source: WorkerSource;
  /** Where the load is searched for. */
  readonly #search: CommandSearch | undefined;
  #feeders: readonly OpenFeeder[] = [];
  /** Where someone watches the run and can steer it. */
  readonly #keys: KeyInput | undefined;
  #aborted: StopSignal | undefined;
  #running = false;

  constructor(options: CommandRunOptions) {
    const { prepared, script, source, terminal } = options;
    const { config } = prepared;
    const { stdin, stdout, stderr, env } = terminal;
    this.#options = options;
    const isWatched = stdout.isTTY === true && !config.noProgress && !config.onlySummary;
    if (isWatched && takesKeys(stdin) && isForeground()) this.#keys = stdin;
    this.#prepared = prepared;
    this.#source = source;
    this.#identity = { script, seed: config.seed ?? randomInt(MAX_SEED) };
    const reporter = new ConsoleReporter({
      stream: stdout,
      color: wantsColor(stdout, env),
      progress: !config.noProgress,
      onlySummary: config.onlySummary,
      ...(this.#keys && { hint: () => describeKeys(this.#master.control) }),
    });
    this.#reporter = reporter;
    this.#search = createSearch(options.search, reporter, config);
    // On one and the same terminal, log lines go above the live table.
    const isShared = stdout.isTTY === true && stderr.isTTY === true;
    this.#logger = createLogger({
      level: config.logLevel,
      format: config.logFormat ?? (stderr.isTTY === true || config.debug ? 'pretty' : 'json'),
      file: config.logFile,
      color: wantsColor(stderr, env),
      print: (line) => (isShared ? reporter.print(line) : void stderr.write(`${line}\n`)),
    });
    const onProblem = (problem: string): void => this.#logger.error(problem);
    const facts = describeRun(prepared, this.#identity);
    this.#recorder = new RunRecorder({
      facts,
      csv: openCsvFiles(config, onProblem),
      journal: openJournal(config, facts.id, onProblem),
      files: openReportFiles(config),
      onProblem,
    });
    this.#telemetry = new RunTelemetry(config.otlp, facts, (problem) => this.#logger.warn(problem));
    this.#master = new Master({
      clock: systemClock,
      token: source.token,
      host: source.host,
      port: source.port,
      tls: source.tls,
      bundle: prepared.bundle,
      onWorkerLog: (worker, { level, text }) => this.#logger[level]({ worker }, text),
      onWorkerLost: (worker, reason) => this.#logger.error({ worker }, `lost: ${reason}`),
      onRefused: (reason) => this.#logger.warn(`refused a worker: ${reason}`),
    });
  }

  async execute(): Promise<number> {
    for (const warning of this.#prepared.warnings) this.#logger.warn(warning);
    const ignore = listenToSignals({
      stop: (signal) => this.#stop(signal),
      abort: (signal) => this.#abort(signal),
    });
    try {
      await this.#openFeeders();
      await this.#waitForTarget();
      await this.#source.gather({
        master: this.#master,
        logger: this.#logger,
        print: (text) => this.#reporter.print(text),
        starting: this.#starting,
      });
      const measured = await this.#runLoad();
      if (this.#search) return this.#search.finish(measured, this.#recorder);
      const report = await finishRun(measured, {
        ...this.#options,
        telemetry: this.#telemetry,
        config: this.#prepared.config,
        recorder: this.#recorder,
        reporter: this.#reporter,
        logger: this.#logger,
      });
      return this.#exitCode(report, await this.#tellListeners(report));
    } catch (error) {
      if (this.#aborted) return exitCodeFor({ signal: this.#aborted });
      throw error;
    } finally {
      await this.#master.close();
      await this.#source.close();
      for (const { source } of this.#feeders) await source.close();
      ignore();
    }
  }

  /** Before anything else: what is wrong with the data is wrong with the script. */
  async #openFeeders(): Promise<void> {
    const { feeders, bundle } = this.#prepared;
    const definitions = feeders.map(({ definition }) => definition);
    this.#feeders = await openFeeders(definitions, {
      folder: dirname(bundle.path),
      clock: systemClock,
      signal: this.#starting.signal,
      onProgress: (text) => this.#logger.info(text),
    });
  }

  async #waitForTarget(): Promise<void> {
    const { config, classes } = this.#prepared;
    const url = resolveWaitFor(config, config.host ?? sharedHost(classes));
    if (url === undefined) return;
    const { waitForMatch: match, waitForTimeoutMs: timeoutMs, insecure } = config;
    const onAnswer = (answer: string): void => this.#logger.info(`waiting for ${url}: ${answer}`);
    await waitForTarget({ url, match, timeoutMs, insecure, onAnswer }, this.#starting.signal);
    this.#logger.info(`${url} is ready`);
  }

  async #runLoad(): Promise<RunReport> {
    const { argsText, scenarios } = this.#prepared;
    this.#warnOfIgnoredOptions();
    const lifecycle = createLifecycle(this.#prepared, { ...this.#identity, workers: this.#source.count });
    const data = await lifecycle.setup(this.#starting.signal);
    const settings = createRunSettings(this.#prepared, this.#identity, data);
    const workers = this.#source.count === 1 ? '1 worker' : `${this.#source.count} workers`;
    this.#logger.info(
      `starting ${settings.script} on ${workers}, seed ${settings.seed}${argsText === '' ? '' : `, ${argsText}`}`,
    );
    this.#running = true;
    const stopListening = this.#listenToKeys();
    const report = this.#master.run({
      settings,
      feeders: this.#feeders,
      afterDrain: () => lifecycle.teardown(this.#abortion.signal),
      createLoad: (context, index) =>
        this.#search?.load ?? createLoad(this.#prepared, scenarios[index] as ChosenScenario, context),
      observer: this.#search?.steer(this.#recorder, this.#master) ?? this.#recorder,
      onUpdate: (state) => {
        this.#reporter.update(state);
        this.#telemetry.update(state);
      },
    });
    return await report.finally(stopListening);
  }

  #listenToKeys(): () => void {
    if (!this.#keys) return () => {};
    return listenToKeys({
      input: this.#keys,
      control: () => this.#master.control,
      say: (text) => this.#logger.warn(text),
      interrupt: () => process.kill(process.pid, 'SIGINT'),
    });
  }

  #warnOfIgnoredOptions(): void {
    const { scenarios, given } = this.#prepared;
    const [{ shape } = {}] = scenarios;
    const ignored = (['users', 'spawnRate'] as const).filter((option) => given.has(option));
    if (!shape || shape.takesOptions || ignored.length === 0) return;
    this.#logger.warn(`${shape.name} decides over the users: ${ignored.join(' and ')} are ignored`);
  }

  /** @returns whether one of them failed */
  async #tellListeners(report: RunReport): Promise<boolean> {
    const { events } = this.#prepared;
    const { signal } = this.#abortion;
    if (signal.aborted) return false;
    const problems = await callReportListeners({ events, report, clock: systemClock, signal });
    for (const problem of problems) this.#logger.error(problem);
    return problems.length > 0;
  }

  #exitCode(report: RunReport, listenerFailed: boolean): number {
    const { exitCodeOnError, allowIncomplete } = this.#prepared.config;
    const hasThresholds = report.thresholds.length > 0;
    return exitCodeFor({
      signal: this.#aborted,
      listenerFailed,
      verdict: report.verdict.kind,
      ...(hasThresholds ? undefined : { exitCodeOnError }),
      allowIncomplete,
    });
  }

  #stop(signal: StopSignal): void {
    if (!this.#running) return this.#abort(signal);
    this.#logger.info(`${signal}: stopping; once more to abort`);
    this.#master.stop();
  }

  #abort(signal: StopSignal): void {
    this.#aborted = signal;
    const reason = new LoadtsError('WORKERS_MISSING', `aborted by ${signal}`);
    this.#starting.abort(reason);
    this.#abortion.abort(reason);
    this.#source.kill();
  }
}
