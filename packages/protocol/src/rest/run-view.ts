import * as z from 'zod';

/** `ready`: nothing runs, Start is possible. `starting`: `setup()` and the workers get ready. The rest: a run's state. */
export const RUN_PHASES = ['ready', 'starting', 'spawning', 'running', 'stopping', 'stopped'] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

export const VERDICT_KINDS = ['pass', 'fail', 'invalid', 'incomplete'] as const;

/** The load that rules now. What does not belong to its model is null. */
export interface LoadView {
  readonly model: 'closed' | 'open' | 'shape' | 'scenarios';
  readonly users: number | null;
  /** Users a second. */
  readonly spawnRate: number | 'all' | null;
  /** Iterations a second. */
  readonly rate: number | null;
  readonly maxUsers: number | null;
  /** Who decides over users or rate, such as `the shape Wave`; null where they can be changed. */
  readonly ruledBy: string | null;
}

/** The run that goes on, or the last one. */
export interface RunView {
  readonly id: string;
  /** ISO 8601; null until time zero. */
  readonly startedAt: string | null;
  readonly elapsedSeconds: number;
  /** Null: until stopped. */
  readonly runTimeSeconds: number | null;
}

/** A run that is over, to be looked at again. */
export interface PastRun {
  readonly id: string;
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly verdict: (typeof VERDICT_KINDS)[number];
  readonly requests: number;
  readonly failures: number;
  readonly p95Ms: number;
}

export const LOAD_VIEW: z.ZodType<LoadView> = z.object({
  model: z.enum(['closed', 'open', 'shape', 'scenarios']),
  users: z.number().nullable(),
  spawnRate: z.union([z.number(), z.literal('all')]).nullable(),
  rate: z.number().nullable(),
  maxUsers: z.number().nullable(),
  ruledBy: z.string().nullable(),
});

export const RUN_VIEW: z.ZodType<RunView> = z.object({
  id: z.string(),
  startedAt: z.string().nullable(),
  elapsedSeconds: z.number(),
  runTimeSeconds: z.number().nullable(),
});

export const PAST_RUN: z.ZodType<PastRun> = z.object({
  id: z.string(),
  startedAt: z.string(),
  durationSeconds: z.number(),
  verdict: z.enum(VERDICT_KINDS),
  requests: z.number(),
  failures: z.number(),
  p95Ms: z.number(),
});
