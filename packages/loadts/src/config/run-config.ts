import type { HttpEngine, Regression, SpawnRate, Stage, TagFilter, Threshold, WhenBusy } from '@loadts/core';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['pretty', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const WORKER_LOSS_POLICIES = ['rebalance', 'continue', 'stop'] as const;
export type WorkerLossPolicy = (typeof WORKER_LOSS_POLICIES)[number];

/** What `loadts run` was told, validated and complete. */
export interface RunConfig extends TagFilter {
  /** An absolute http or https URL; undefined leaves it to the user classes. */
  readonly host: string | undefined;
  readonly users: number;
  readonly spawnRate: SpawnRate;
  /** Undefined: until stopped. */
  readonly runTimeMs: number | undefined;
  /** Runs of tasks over all workers. Undefined: no limit. */
  readonly iterations: number | undefined;
  /** Iterations to start each second over all workers. Undefined: users go on by themselves, or as the script says. */
  readonly rate: number | undefined;
  /** Users that a rate may have at once. Undefined: as the script says, or 1,000. */
  readonly maxUsers: number | undefined;
  /** What an arrival does that finds no free user. Undefined: as the script says, or drop. */
  readonly whenBusy: WhenBusy | undefined;
  /** Arrivals at random. Undefined: as the script says, or not. */
  readonly poisson: boolean | undefined;
  /** The name of one of the script's shapes; undefined takes the only one, if there is any. */
  readonly shape: string | undefined;
  /** A shape in place of the script's. */
  readonly stages: readonly Stage[] | undefined;
  /** The name of a ready-made load, or of one that the script defines. */
  readonly profile: string | undefined;
  /** Undefined: the warm-up ends when the wanted number of users is first reached. */
  readonly warmupMs: number | undefined;
  /** Whether the report leaves the warm-up out. */
  readonly resetStats: boolean;
  readonly thresholds: readonly Threshold[];
  /** Whether times to the first byte are wanted of all requests; those of streamed ones always are. */
  readonly ttfb: boolean;
  /** A worker that was the limit itself is a warning also where there are thresholds. */
  readonly allowOverload: boolean;
  /** Names of user classes; undefined takes all. */
  readonly classes: readonly string[] | undefined;
  /** Names of the script's scenarios; undefined takes all. */
  readonly scenarios: readonly string[] | undefined;
  /** Undefined: drawn at random. */
  readonly seed: number | undefined;
  /** The script's own arguments as they were given: `name=value`. */
  readonly scriptArgs: readonly string[];
  /** Polled before the load starts: an absolute URL, or a path of the host. */
  readonly waitFor: string | undefined;
  /** What the body of its answer has to hold. */
  readonly waitForMatch: string | undefined;
  readonly waitForTimeoutMs: number;
  readonly headless: boolean;
  /** Begin the first run without waiting for somebody to press Start. */
  readonly autostart: boolean;
  /** End this long after a run, unless the next one has begun. Undefined: wait for Ctrl-C. */
  readonly autoquitMs: number | undefined;
  /** The address of the web UI. */
  readonly webHost: string;
  readonly webPort: number;
  /** Names by which it may be called, beside addresses and localhost. */
  readonly webAllowedHosts: readonly string[];
  /** Local worker processes. */
  readonly processes: number;
  readonly stopTimeoutMs: number;
  readonly onWorkerLoss: WorkerLossPolicy;
  /** Accepts certificates that cannot be verified. */
  readonly insecure: boolean;
  readonly httpEngine: HttpEngine | undefined;
  readonly maxEntries: number;
  readonly allowIncomplete: boolean;
  readonly exitCodeOnError: number;
  /** Begins the names of the CSV files; undefined writes none. */
  readonly csv: string | undefined;
  readonly csvFullHistory: boolean;
  /** Where the whole result goes; undefined writes none. */
  readonly html: string | undefined;
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly hdrLog: string | undefined;
  /** JSON files of earlier runs. */
  readonly baselines: readonly string[];
  /** How much worse than those this run may be. */
  readonly regressions: readonly Regression[];
  /** Of an OpenTelemetry collector. */
  readonly otlp: string | undefined;
  /** Where the files are delivered to. */
  readonly reportUrl: string | undefined;
  /** Where the run is recorded; undefined: in the folder of all runs. */
  readonly runFile: string | undefined;
  /** Whether that folder is left alone. */
  readonly noRunFile: boolean;
  /** Log each request and its response. */
  readonly debug: boolean;
  readonly onlySummary: boolean;
  readonly noProgress: boolean;
  readonly logLevel: LogLevel;
  /** Undefined: standard error. */
  readonly logFile: string | undefined;
  /** Undefined: pretty on a terminal, else JSON. */
  readonly logFormat: LogFormat | undefined;
  /** Show the user classes and stop there. */
  readonly list: boolean;
  /** Show how often each task will run and stop there. */
  readonly showTaskRatio: boolean;
}
