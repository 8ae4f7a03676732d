import { dirname } from 'node:path';
import { LoadtsError, type RunResult } from '@loadts/core';
import { ConsoleReporter, Master, type OpenFeeder, openFeeders } from '@loadts/master';
import { systemClock } from '@loadts/worker';
import type { Logger } from 'pino';
import { isForeground } from '../is-foreground.ts';
import { createLogger } from '../logging/create-logger.ts';
import { type KeyInput, type Terminal, wantsColor } from '../terminal.ts';
import type { PreparedRun } from './prepare-run.ts';
import { describeKeys, listenToKeys, takesKeys } from './run-keys.ts';
import type { StopSignal } from './run-signals.ts';
import type { WorkerSource } from './worker-source.ts';

export interface RunHostOptions {
  readonly prepared: PreparedRun;
  /** As the user named it. */
  readonly script: string;
  readonly source: WorkerSource;
  readonly terminal: Terminal;
  readonly baselines: readonly RunResult[];
  /** Gets each line of the log, as JSON. */
  readonly onLogLine?: ((line: string) => void) | undefined;
  /** A worker is ready, or gone. */
  readonly onWorkersChange?: (() => void) | undefined;
}

/** The master, its workers and the terminal: what one run needs, or several one after the other. */
export class RunHost {
  readonly options: RunHostOptions;
  readonly reporter: ConsoleReporter;
  readonly logger: Logger;
  readonly master: Master;
  #starting = new AbortController();
  /** Aborts with the second signal, in contrast to a worker that is lost. */
  readonly #abortion = new AbortController();
  #feeders: readonly OpenFeeder[] = [];
  /** Where someone watches the run and can steer it. */
  readonly #keys: KeyInput | undefined;
  #aborted: StopSignal | undefined;

  constructor(options: RunHostOptions) {
    const { prepared, source, terminal } = options;
    const { config } = prepared;
    const { stdin, stdout, stderr, env } = terminal;
    this.options = options;
    const isWatched = stdout.isTTY === true && !config.noProgress && !config.onlySummary;
    if (isWatched && takesKeys(stdin) && isForeground()) this.#keys = stdin;
    const reporter = new ConsoleReporter({
      stream: stdout,
      color: wantsColor(stdout, env),
      progress: !config.noProgress,
      onlySummary: config.onlySummary,
      ...(this.#keys && { hint: () => describeKeys(this.master.control) }),
    });
    this.reporter = reporter;
    // On one and the same terminal, log lines go above the live table.
    const isShared = stdout.isTTY === true && stderr.isTTY === true;
    this.logger = createLogger({
      level: config.logLevel,
      format: config.logFormat ?? (stderr.isTTY === true || config.debug ? 'pretty' : 'json'),
      file: config.logFile,
      color: wantsColor(stderr, env),
      print: (line) => (isShared ? reporter.print(line) : void stderr.write(`${line}\n`)),
      onLine: options.onLogLine,
    });
    this.master = new Master({
      clock: systemClock,
      token: source.token,
      host: source.host,
      port: source.port,
      tls: source.tls,
      bundle: prepared.bundle,
      onWorkerLog: (worker, { level, text }) => this.logger[level]({ worker }, text),
      onWorkerLost: (worker, reason) => this.logger.error({ worker }, `lost: ${reason}`),
      onRefused: (reason) => this.logger.warn(`refused a worker: ${reason}`),
      ...(options.onWorkersChange && { onReadyChange: options.onWorkersChange }),
    });
  }

  /** In the order in which the script declares them. */
  get feeders(): readonly OpenFeeder[] {
    return this.#feeders;
  }

  /** Aborts whatever comes before the load. */
  get starting(): AbortSignal {
    return this.#starting.signal;
  }

  /** Aborts whatever nobody waits for any more. */
  get abortion(): AbortSignal {
    return this.#abortion.signal;
  }

  /** The second signal, where there was one. */
  get aborted(): StopSignal | undefined {
    return this.#aborted;
  }

  /** Before anything else: what is wrong with the data is wrong with the script. */
  async openFeeders(): Promise<void> {
    const { feeders, bundle } = this.options.prepared;
    const definitions = feeders.map(({ definition }) => definition);
    this.#feeders = await openFeeders(definitions, {
      folder: dirname(bundle.path),
      clock: systemClock,
      signal: this.starting,
      onProgress: (text) => this.logger.info(text),
    });
  }

  /** Resolves when the workers are ready. @throws LoadtsError where they are not in time */
  async gatherWorkers(): Promise<void> {
    await this.options.source.gather({
      master: this.master,
      logger: this.logger,
      print: (text) => this.reporter.print(text),
      starting: this.#starting,
    });
  }

  /** @returns what stops listening */
  listenToKeys(): () => void {
    if (!this.#keys) return () => {};
    return listenToKeys({
      input: this.#keys,
      control: () => this.master.control,
      say: (text) => this.logger.warn(text),
      interrupt: () => process.kill(process.pid, 'SIGINT'),
    });
  }

  /** Ends what comes before a load, for good or until the next one. */
  giveUp(reason: LoadtsError): void {
    this.#starting.abort(reason);
  }

  /** From now on, what happened before does not keep a run from starting: a lost worker process, for one. */
  startAnew(): void {
    if (!this.#abortion.signal.aborted) this.#starting = new AbortController();
  }

  /** Nobody waits for anything any more. */
  abort(signal: StopSignal): void {
    this.#aborted = signal;
    const reason = new LoadtsError('WORKERS_MISSING', `aborted by ${signal}`);
    this.#starting.abort(reason);
    this.#abortion.abort(reason);
    this.options.source.kill();
  }

  async close(): Promise<void> {
    await this.master.close();
    await this.options.source.close();
    for (const { source } of this.#feeders) await source.close();
  }
}
