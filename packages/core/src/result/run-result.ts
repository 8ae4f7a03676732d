import type { RunEvent } from '../run/run-event.ts';
import type { EntryReport, RunReport } from '../run/run-report.ts';
import type { EntryCounts } from '../stats/outcome.ts';

/** The shape of a result file; a reader refuses a higher version. */
export const RESULT_FORMAT = 'loadts-result';
export const RESULT_VERSION = 1;

/** A latency histogram in JSON, in the layout of `HISTOGRAM`. Times in whole microseconds. */
export interface HistogramJson {
  readonly count: number;
  readonly sumUs: number;
  readonly minUs: number;
  readonly maxUs: number;
  /** Pairs of numbers: how much further the bucket's index is than the one before (the first: than 0), and its count. */
  readonly buckets: readonly number[];
}

/** The machine and the program that a master or worker ran on. */
export interface Machine {
  readonly hostname: string;
  readonly platform: string;
  /** Such as `v22.12.0`. */
  readonly node: string;
  readonly loadts: string;
  readonly cores: number;
}

/** What is known of a run when it starts. */
export interface RunStart {
  /** Unique over runs and machines, sortable by time. */
  readonly id: string;
  /** The script as the user named it. */
  readonly script: string;
  /** SHA-256 of the bundled script, in hexadecimal. */
  readonly scriptHash: string;
  readonly host: string | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seed: number;
  /** Resolved options by name, secrets masked. */
  readonly options: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
  /** Canonical texts of the thresholds. */
  readonly thresholdTexts: readonly string[];
  readonly master: Machine;
  readonly workers: readonly WorkerFacts[];
  readonly classes: readonly ClassFacts[];
}

export interface WorkerFacts {
  readonly id: number;
  readonly hostname: string;
  readonly pid: number;
  readonly cores: number;
  readonly loadts: string;
}

/** A user class with its tasks and their shares, 0 to 1, of its iterations. */
export interface ClassFacts {
  readonly name: string;
  readonly weight: number;
  readonly fixedCount: number | undefined;
  readonly tasks: readonly { readonly name: string; readonly share: number }[];
}

export interface EntryResult extends EntryReport {
  readonly counts: Readonly<EntryCounts>;
  readonly latency: HistogramJson;
  /** In open scenarios only. */
  readonly serviceLatency?: HistogramJson | undefined;
  /** From sending to the first byte, where that was measured. */
  readonly ttfbLatency?: HistogramJson | undefined;
}

/** Columns of equal length, one value for each span; null where nothing was measured. Times in milliseconds. */
export interface EntrySeries {
  /** Where the script names its scenarios. */
  readonly scenario?: string | undefined;
  readonly method: string;
  readonly name: string;
  /** Seconds that one value stands for. */
  readonly spanSeconds: number;
  readonly requests: readonly number[];
  readonly failures: readonly number[];
  readonly p50Ms: readonly (number | null)[];
  readonly p95Ms: readonly (number | null)[];
  readonly p99Ms: readonly (number | null)[];
}

/** All requests together, span by span. */
export interface RunSeries {
  readonly spanSeconds: number;
  /** At the end of the span. */
  readonly users: readonly number[];
  readonly started: readonly number[];
  readonly requests: readonly number[];
  readonly failures: readonly number[];
  /** Arrivals that found no free user; empty where no scenario is an open one. */
  readonly dropped: readonly number[];
  readonly latency: readonly HistogramJson[];
  /** Of the most requested entries. */
  readonly entries: readonly EntrySeries[];
}

/** How one worker was, span by span: the worst second of each, and its last number of users; null where it said nothing. */
export interface WorkerSeries {
  readonly workerId: number;
  readonly spanSeconds: number;
  readonly users: readonly (number | null)[];
  /** 99th percentile of how late its event loop was. */
  readonly loopDelayMs: readonly (number | null)[];
  /** 99th percentile of the time from a call to the sending of its request. */
  readonly sendDelayMs: readonly (number | null)[];
  /** Of its event loop, 0 to 1. */
  readonly utilization: readonly (number | null)[];
  /** CPU time per elapsed time. */
  readonly cpu: readonly (number | null)[];
  readonly collectingMs: readonly (number | null)[];
  readonly memoryMb: readonly (number | null)[];
}

/**
 * Everything that is kept of a run: what `--json` writes, and what every report is made from. Numbers of the whole run
 * are those of `RunReport`, so that all outputs agree.
 */
export interface RunResult extends RunStart, Omit<RunReport, 'total' | 'entries'> {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  readonly total: EntryResult;
  readonly entries: readonly EntryResult[];
  readonly generatorDelay: HistogramJson;
  readonly series: RunSeries;
  readonly workerSeries: readonly WorkerSeries[];
  readonly events: readonly RunEvent[];
}
