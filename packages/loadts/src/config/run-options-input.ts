import type { Duration, HttpEngine, SpawnRate, WhenBusy } from '@loadts/core';
import type { LogFormat, LogLevel, WorkerLossPolicy } from './run-config.ts';

/**
 * Options of a run as a script or `loadts.config.ts` names them; `loadts run --help` explains each:
 * `export const options = { users: 50, runTime: '5m' } satisfies RunOptionsInput;`
 */
export interface RunOptionsInput {
  readonly users?: number;
  /** Users to start each second. */
  readonly spawnRate?: SpawnRate;
  /** Seconds, or a text such as `5m`; so are the other times. */
  readonly runTime?: Duration;
  readonly iterations?: number;
  /** Iterations to start each second; `arrivalRate` in a script says the same. */
  readonly rate?: number;
  readonly maxUsers?: number;
  readonly whenBusy?: WhenBusy;
  readonly poisson?: boolean;
  readonly shape?: string;
  readonly stages?: string;
  readonly profile?: string;
  readonly warmup?: Duration;
  readonly resetStats?: boolean;
  /** Conditions such as `p95 < 300ms` that the run has to meet. */
  readonly threshold?: string | readonly string[];
  readonly ttfb?: boolean;
  readonly allowOverload?: boolean;
  readonly class?: string | readonly string[];
  readonly scenario?: string | readonly string[];
  readonly tags?: string | readonly string[];
  readonly excludeTags?: string | readonly string[];
  readonly seed?: number;
  readonly host?: string;
  readonly insecure?: boolean;
  readonly httpEngine?: HttpEngine;
  readonly waitFor?: string;
  readonly waitForMatch?: string;
  readonly waitForTimeout?: Duration;
  readonly processes?: number | 'auto';
  readonly stopTimeout?: Duration;
  readonly onWorkerLoss?: WorkerLossPolicy;
  readonly maxEntries?: number;
  readonly allowIncomplete?: boolean;
  readonly exitCodeOnError?: number;
  readonly csv?: string;
  readonly csvFullHistory?: boolean;
  readonly html?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly hdrLog?: string;
  /** JSON files of earlier runs. */
  readonly baseline?: string | readonly string[];
  /** Conditions such as `p95 < max(1.10x, +20ms)` on the change since the baseline. */
  readonly regress?: string | readonly string[];
  readonly otlp?: string;
  readonly reportUrl?: string;
  readonly runFile?: string;
  readonly noRunFile?: boolean;
  readonly headless?: boolean;
  readonly autostart?: boolean;
  readonly autoquit?: Duration;
  readonly webHost?: string;
  readonly webPort?: number;
  readonly webAllowedHosts?: string | readonly string[];
  readonly debug?: boolean;
  readonly onlySummary?: boolean;
  readonly noProgress?: boolean;
  readonly loglevel?: LogLevel;
  readonly logfile?: string;
  readonly logFormat?: LogFormat;
}
