import type { EntryReport } from '@loadts/core';
import * as z from 'zod';
import { FORM_CLASS, type FormClass } from './form-view.ts';
import { HISTORY_POINT, type HistoryPoint } from './history-view.ts';
import { VERDICT_KINDS } from './run-view.ts';

/** One line of the tables, as reports have it; `percentilesMs` go with `REPORT_PERCENTILES` of core. */
export type EntryView = Omit<EntryReport, 'service' | 'ttfb'>;

export interface FailureView {
  readonly scenario?: string | undefined;
  readonly method: string;
  readonly name: string;
  readonly reason: string;
  readonly count: number;
  readonly firstSecond: number;
  readonly lastSecond: number;
}

export interface ExceptionView {
  readonly userClass: string;
  readonly task: string;
  readonly message: string;
  readonly stack: string;
  readonly count: number;
  readonly workers: readonly number[];
}

export interface ThresholdView {
  readonly text: string;
  /** In the metric's unit; null where there was nothing to measure. */
  readonly observed: number | null;
  /** Null: not judged yet. */
  readonly passed: boolean | null;
  readonly reason: string;
}

export interface WorkerView {
  readonly id: number;
  readonly hostname: string;
  readonly state: 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped' | 'missing' | 'lost' | 'left';
  readonly users: number;
  /** Of all users, 0 to 1. */
  readonly share: number;
  /** CPU time per elapsed time; this and the rest are null where it has said nothing yet. */
  readonly cpu: number | null;
  readonly loopDelayMs: number | null;
  /** Of its event loop, 0 to 1. */
  readonly utilization: number | null;
  readonly memoryMb: number | null;
}

/** The event `second`: how the run stands, once a second. */
export interface SecondView {
  readonly runId: string;
  /** The newest second that is counted; -1 before the first one is over. */
  readonly second: number;
  /** Seconds that one point stands for; where it changes, the history is to be read again. */
  readonly spanSeconds: number;
  readonly elapsedSeconds: number;
  /** Users now. */
  readonly users: number;
  readonly targetUsers: number;
  /** Null before the first second is over. */
  readonly point: HistoryPoint | null;
  /** Earlier points since the event before, and those that changed: for charts without holes. */
  readonly revised: readonly HistoryPoint[];
  readonly total: EntryView;
  /** The 500 with the most requests. */
  readonly entries: readonly EntryView[];
  /** Means of the last ten seconds. */
  readonly recent: { readonly requestsPerSecond: number; readonly failuresPerSecond: number };
  /** The 100 most frequent. */
  readonly failures: readonly FailureView[];
  /** The 100 most frequent. */
  readonly exceptions: readonly ExceptionView[];
  readonly thresholds: readonly ThresholdView[];
  readonly workers: readonly WorkerView[];
  /** What it would be if the run ended now. */
  readonly verdict: { readonly kind: (typeof VERDICT_KINDS)[number]; readonly reasons: readonly string[] };
  /** The user classes that take part. */
  readonly ratios: readonly FormClass[];
}

/** The event `log`. */
export interface LogView {
  /** ISO 8601. */
  readonly time: string;
  readonly level: string;
  /** Null: the master. */
  readonly worker: number | null;
  readonly text: string;
}

const ENTRY_VIEW: z.ZodType<EntryView> = z.object({
  scenario: z.string().optional(),
  method: z.string(),
  name: z.string(),
  requests: z.number(),
  failures: z.number(),
  averageMs: z.number(),
  minMs: z.number(),
  maxMs: z.number(),
  medianMs: z.number(),
  percentilesMs: z.array(z.number()),
  measured: z.number(),
  averageBytes: z.number(),
  requestsPerSecond: z.number(),
  failuresPerSecond: z.number(),
});

const FAILURE_VIEW: z.ZodType<FailureView> = z.object({
  scenario: z.string().optional(),
  method: z.string(),
  name: z.string(),
  reason: z.string(),
  count: z.number(),
  firstSecond: z.number(),
  lastSecond: z.number(),
});

const EXCEPTION_VIEW: z.ZodType<ExceptionView> = z.object({
  userClass: z.string(),
  task: z.string(),
  message: z.string(),
  stack: z.string(),
  count: z.number(),
  workers: z.array(z.number()),
});

const THRESHOLD_VIEW: z.ZodType<ThresholdView> = z.object({
  text: z.string(),
  observed: z.number().nullable(),
  passed: z.boolean().nullable(),
  reason: z.string(),
});

const WORKER_VIEW: z.ZodType<WorkerView> = z.object({
  id: z.number(),
  hostname: z.string(),
  state: z.enum(['ready', 'spawning', 'running', 'stopping', 'stopped', 'missing', 'lost', 'left']),
  users: z.number(),
  share: z.number(),
  cpu: z.number().nullable(),
  loopDelayMs: z.number().nullable(),
  utilization: z.number().nullable(),
  memoryMb: z.number().nullable(),
});

export const SECOND_VIEW: z.ZodType<SecondView> = z.object({
  runId: z.string(),
  second: z.number(),
  spanSeconds: z.number(),
  elapsedSeconds: z.number(),
  users: z.number(),
  targetUsers: z.number(),
  point: HISTORY_POINT.nullable(),
  revised: z.array(HISTORY_POINT),
  total: ENTRY_VIEW,
  entries: z.array(ENTRY_VIEW),
  recent: z.object({ requestsPerSecond: z.number(), failuresPerSecond: z.number() }),
  failures: z.array(FAILURE_VIEW),
  exceptions: z.array(EXCEPTION_VIEW),
  thresholds: z.array(THRESHOLD_VIEW),
  workers: z.array(WORKER_VIEW),
  verdict: z.object({ kind: z.enum(VERDICT_KINDS), reasons: z.array(z.string()) }),
  ratios: z.array(FORM_CLASS),
});

export const LOG_VIEW: z.ZodType<LogView> = z.object({
  time: z.string(),
  level: z.string(),
  worker: z.number().nullable(),
  text: z.string(),
});

/** `GET /api/v1/log`: the newest lines, oldest first. */
export const LOGS_VIEW: z.ZodType<readonly LogView[]> = z.array(LOG_VIEW);
